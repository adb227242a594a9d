import Core
import Foundation
import Guided
import Inference
import Logging
import Plugins
import Understanding

/// Writes what speaks for each tool that a question may be meant for; `fit.py` fits the weights of choosing on it.
///
///     choice-evidence EMBEDDING_MODEL CHAT_MODEL <CASES
///
/// A case is a line: `question`, and the tools there are, as `documents` (paths of OpenAPI documents) or `tools` (objects
/// with `name`, `description` and `parameters`). For each there is a line with the names of the figures and, for each tool
/// that was looked at, its plugin, name, method, path and figures.
@main
enum ChoiceEvidence {
    private struct Asked: Decodable {
        var question: String
        var documents: [String]?
        var tools: [Offered]?
    }

    private struct Offered: Decodable {
        var name: String
        var description: String?
        var parameters: JSONValue
        var order: [String]?
    }

    static func main() async throws {
        guard CommandLine.arguments.count == 3 else {
            FileHandle.standardError.write(Data("usage: choice-evidence EMBEDDING_MODEL CHAT_MODEL <CASES\n".utf8))
            exit(64)
        }
        let embedder = EmbeddingEngine(modelPath: CommandLine.arguments[1])
        let logger = Logger(label: "choice-evidence", factory: { _ in SwiftLogNoOpLogHandler() })
        let model = InferenceEngine(modelPath: CommandLine.arguments[2])
        let vectors = TextVectors(embedder)
        let ofPlugins = GuidedModel(
            model: model, vectors: vectors, operations: RegisteredOperations(vectors: vectors, logger: logger),
            logger: logger)
        let ofClients = GuidedModel(model: model, vectors: vectors, logger: logger)
        var read: [String: [Tool]] = [:]
        while let line = readLine() {
            let asked = try JSONDecoder().decode(Asked.self, from: Data(line.utf8))
            var tools = (asked.tools ?? []).map { offered in
                Tool(
                    plugin: "client", operation: offered.name, description: offered.description ?? "",
                    parameters: offered.parameters, parameterOrder: offered.order ?? [], isReadOnly: true)
            }
            for path in asked.documents ?? [] {
                if read[path] == nil { read[path] = try DocumentTools.read(path) }
                tools += read[path] ?? []
            }
            let caller = asked.documents == nil ? ofClients : ofPlugins
            let found = try await caller.evidence(for: asked.question, tools: tools)
            let report: JSONValue = [
                "names": .array(GuidedModel.evidenceNames.map(JSONValue.string)),
                "tools": .array(
                    found.map { tool, values in
                        [
                            "plugin": .string(tool.plugin), "name": .string(tool.operation),
                            "method": .string(tool.origin?.method ?? ""), "path": .string(tool.origin?.path ?? ""),
                            "values": .array(values.map(JSONValue.number)),
                        ]
                    }),
            ]
            print(report.text)
        }
    }
}
