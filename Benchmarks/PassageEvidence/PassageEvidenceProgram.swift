import Agent
import Core
import Foundation
import Inference
import Logging
import Retrieval
import Store

/// Writes what speaks for each part of the passages that are found for a question; `fit_passages.py` fits on it whether a
/// passage answers.
///
///     passage-evidence EMBEDDING_MODEL FOLDER <QUESTIONS
///
/// `FOLDER` is added as a collection. A question is a line of JSON with `question`; for each there is a line with the names
/// of the figures and, for each unit, its text, file and figures.
@main
enum PassageEvidenceProgram {
    private struct Asked: Decodable {
        var question: String
    }

    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 3 else {
            FileHandle.standardError.write(Data("usage: passage-evidence EMBEDDING_MODEL FOLDER <QUESTIONS\n".utf8))
            exit(64)
        }
        let home = FileManager.default.temporaryDirectory.appending(path: "squire-passages-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: home) }
        let store = try Database(path: home.path + "/squire.db")
        let embedder = EmbeddingEngine(modelPath: arguments[1])
        let library = DocumentLibrary(
            store: store, embedder: embedder, model: EmbeddingModelFile(name: "embedding", path: arguments[1]),
            fetcher: NoFetching(),
            logger: Logger(label: "passage-evidence", factory: { _ in SwiftLogNoOpLogHandler() }))
        let running = Task { await library.run() }
        defer { running.cancel() }
        let added = try await library.add([arguments[2]], collection: "notes", watch: false, progress: { _ in })
        for failure in added.failures { FileHandle.standardError.write(Data("\(failure)\n".utf8)) }
        while try await library.collections().first.map({ $0.embedded < $0.passages }) ?? true {
            try await Task.sleep(for: .milliseconds(100))
        }
        let finder = DocumentEvidence(source: library, embedder: embedder)
        while let line = readLine() {
            let asked = try JSONDecoder().decode(Asked.self, from: Data(line.utf8))
            let found = try await finder.evidence(for: asked.question)
            let report: JSONValue = [
                "names": .array(DocumentEvidence.names.map(JSONValue.string)),
                "units": .array(
                    found.map { unit in
                        [
                            "text": .string(unit.text), "file": .string(unit.file),
                            "values": .array(unit.values.map(JSONValue.number)),
                        ]
                    }),
            ]
            print(report.text)
        }
    }
}

/// Nothing is fetched here.
private struct NoFetching: HTTPFetching {
    func fetch(_ request: HTTPRequest) async throws -> HTTPResponse { throw CocoaError(.featureUnsupported) }
}
