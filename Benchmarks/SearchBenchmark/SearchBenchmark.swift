import Core
import Foundation
import Inference
import Logging
import Retrieval
import Store

/// Measures searches over many passages: real texts in new order, with vectors made up, and real questions.
///
///     search-benchmark COUNT MODEL CORPUS QUESTIONS
///
/// `CORPUS` is a JSON array of `{"title", "extract"}`, `QUESTIONS` has `{"question"}` on each line. Writes one JSON
/// object: passages, seconds to add them, bytes of the database less the texts themselves, and each search's seconds
/// with the query's embedding and, for queries that were embedded before, without.
@main
enum SearchBenchmark {
    private struct Article: Decodable {
        var title: String
        var extract: String
    }

    private struct Asked: Decodable {
        var question: String
    }

    private struct Report: Encodable {
        var passages: Int
        var addingSeconds: Double
        var textBytes: Int
        var databaseBytes: Int
        var withEmbedding: [Double] = []
        var withoutEmbedding: [Double] = []
    }

    /// Records a file: as many as are read and cut at once.
    private static let portion = 1000
    /// Each question is asked so often, every time in other words, so that a few slow searches are not the measure.
    private static let wordings = ["", " Tell me.", " I would like to know.", " Answer briefly."]

    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 5, let count = Int(arguments[1]) else {
            FileHandle.standardError.write(Data("usage: search-benchmark COUNT MODEL CORPUS QUESTIONS\n".utf8))
            exit(64)
        }
        let articles = try JSONDecoder().decode(
            [Article].self, from: Data(contentsOf: URL(fileURLWithPath: arguments[3])))
        let questions = try String(contentsOfFile: arguments[4], encoding: .utf8).split(separator: "\n")
            .map { try JSONDecoder().decode(Asked.self, from: Data($0.utf8)).question }
        let folder = FileManager.default.temporaryDirectory.appending(path: "squire-search-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }

        let store = try Database(path: folder.path + "/squire.db")
        let embedder = BenchmarkEmbedder(model: EmbeddingEngine(modelPath: arguments[2]))
        let library = DocumentLibrary(
            store: store, embedder: embedder, model: EmbeddingModelFile(name: "made up", path: arguments[2]),
            fetcher: NoFetching(),
            logger: Logger(label: "search-benchmark", factory: { _ in SwiftLogNoOpLogHandler() }))
        let running = Task { await library.run() }
        var report = try await add(count, of: articles, to: library, folder: folder)
        while try await library.collections().first.map({ $0.embedded < $0.passages }) ?? true {
            try await Task.sleep(for: .milliseconds(100))
        }
        report.databaseBytes = try size(of: folder.path + "/squire.db") + size(of: folder.path + "/squire.db-wal")
        for text in wordings.flatMap({ ending in questions.map { $0 + ending } }) {
            report.withEmbedding.append(try await seconds { _ = try await library.passages(for: PassageQuery(text)) })
        }
        for text in wordings.flatMap({ ending in questions.map { "Please: " + $0 + ending } }) {
            _ = try await embedder.embed([text])
            let seconds = try await seconds { _ = try await library.passages(for: PassageQuery(text)) }
            report.withoutEmbedding.append(seconds)
        }
        running.cancel()
        print(String(decoding: try JSONEncoder().encode(report), as: UTF8.self))
    }

    private static func add(
        _ count: Int, of articles: [Article], to library: DocumentLibrary, folder: URL
    ) async throws -> Report {
        var report = Report(passages: 0, addingSeconds: 0, textBytes: 0, databaseBytes: 0)
        let sentences = articles.map { $0.extract.components(separatedBy: ". ") }
        while report.passages < count {
            let records = (report.passages..<min(count, report.passages + portion)).map { number in
                let article = number % articles.count
                let round = number / articles.count
                // Each time around an article has another's sentence in its midst, and its own in another order.
                let other = sentences[(article * 7919 + round * 104_729) % articles.count]
                let own = sentences[article]
                let turned = own.indices.map { own[($0 + round) % own.count] }
                let text = round == 0 ? own : turned + [other[round % other.count]]
                return ["title": articles[article].title, "extract": text.joined(separator: ". ")]
            }
            let file = folder.appending(path: "articles-\(report.passages).json")
            let data = try JSONEncoder().encode(records)
            try data.write(to: file)
            let start = ContinuousClock.now
            let added = try await library.add([file.path], collection: "articles", watch: false, progress: { _ in })
            report.addingSeconds += (.now - start) / .seconds(1)
            guard added.failures.isEmpty, added.passages >= records.count else {
                throw CocoaError(.fileReadCorruptFile)
            }
            report.passages += added.passages
            report.textBytes += data.count
        }
        return report
    }

    private static func seconds(_ body: () async throws -> Void) async throws -> Double {
        let start = ContinuousClock.now
        try await body()
        return (.now - start) / .seconds(1)
    }

    private static func size(of path: String) throws -> Int {
        try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
    }
}

/// Passages have vectors made up of their texts' hashes; a query is embedded by the model, once.
private final actor BenchmarkEmbedder: Embedder {
    private let model: EmbeddingEngine
    private var known: [String: [Float]] = [:]

    init(model: EmbeddingEngine) {
        self.model = model
    }

    func embed(_ texts: [String]) async throws -> [[Float]] {
        if texts.count == 1, let vector = known[texts[0]] { return [vector] }
        let vectors = try await model.embed(texts)
        if texts.count == 1 { known[texts[0]] = vectors[0] }
        return vectors
    }

    func embedWhenIdle(_ texts: [String]) async throws -> [[Float]] {
        texts.map { text in
            var state = StableHash.of(text)
            let values = (0..<384).map { _ -> Float in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return Float(Int32(truncatingIfNeeded: state >> 32)) / Float(Int32.max)
            }
            let length = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
            return values.map { $0 / length }
        }
    }

    func tokenCounts(of texts: [String]) async throws -> [Int] {
        try await model.tokenCounts(of: texts)
    }
}

/// Nothing is fetched.
private struct NoFetching: HTTPFetching {
    func fetch(_ request: HTTPRequest) async throws -> HTTPResponse { throw CocoaError(.featureUnsupported) }
}
