import Core
import Foundation
import Logging
import Store
import SystemPackage

@testable import Retrieval

/// A library on a real database, over a folder of files, with vectors of the words that texts share.
struct LibraryFixture {
    let folder: String
    let database: Database
    let library: DocumentLibrary

    init() throws {
        folder = FileManager.default.temporaryDirectory.path + "/squire-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder + "/files", withIntermediateDirectories: true)
        database = try Database(path: folder + "/squire.db")
        library = Self.library(database)
    }

    static func library(
        _ database: Database, model: String = "words 1", embedder: any Embedder = HashedWords(),
        earlier: @escaping @Sendable (EmbeddingModelFile) -> EarlierEmbedder? = { _ in nil },
        reranker: (any Reranker)? = nil
    ) -> DocumentLibrary {
        DocumentLibrary(
            store: database, embedder: embedder, model: EmbeddingModelFile(name: model, path: "/models/\(model)"),
            earlier: earlier, reranker: reranker, fetcher: NoNetwork(),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    static func with(_ body: (LibraryFixture) async throws -> Void) async throws {
        let fixture = try LibraryFixture()
        defer { try? FileManager.default.removeItem(atPath: fixture.folder) }
        try await body(fixture)
        try fixture.database.close()
    }

    var files: String { folder + "/files" }

    func write(_ text: String, to name: String) throws {
        let path = "\(files)/\(name)"
        try FileManager.default.createDirectory(
            atPath: URL(fileURLWithPath: path).deletingLastPathComponent().path, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    }

    @discardableResult
    func add(watch: Bool = false) async throws -> AddOutcome {
        try await library.add([files], collection: "c", watch: watch) { _ in }
    }

    func search(_ text: String, _ method: SearchMethod = .words) async throws -> [Passage] {
        try await library.passages(for: PassageQuery(text, method: method))
    }

    /// Runs the library until all is embedded.
    func embed() async throws {
        let running = Task { await library.run() }
        let end = ContinuousClock.now + .seconds(20)
        while let line = try await library.collections().first, line.embedded < line.passages, .now < end {
            try await Task.sleep(for: .milliseconds(10))
        }
        running.cancel()
        await running.value
    }
}

/// Vectors by the words texts share.
struct HashedWords: Embedder {
    func embed(_ texts: [String]) async throws -> [[Float]] {
        texts.map { text in
            var vector = [Float](repeating: 0, count: 128)
            for word in WordAnalyzer.words(of: text, language: "en") {
                vector[Int(StableHash.of(word) % 128)] += StableHash.of(word) & 1 << 40 == 0 ? 1 : -1
            }
            let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
            return length > 0 ? vector.map { $0 / length } : vector
        }
    }

    func embedWhenIdle(_ texts: [String]) async throws -> [[Float]] { try await embed(texts) }

    func tokenCounts(of texts: [String]) async throws -> [Int] {
        texts.map { $0.split(whereSeparator: \.isWhitespace).count }
    }
}

struct NoNetwork: HTTPFetching {
    func fetch(_ request: HTTPRequest) async throws -> HTTPResponse {
        throw HTTPError(.refused, "nothing answers at \(request.url)")
    }
}
