import Core
import Foundation
import Guided
import Inference
import Logging
import Plugins
import Understanding

/// Says how often the arguments of a call are filled rightly, the tool being known:
///
///     filling-evidence EMBEDDING_MODEL CHAT_MODEL DOCUMENT [QUESTIONS]
///
/// Each example of an operation is asked with that example left out of the document. QUESTIONS are lines of a suite
/// (`question`, `operation`, `arguments`), asked with all examples. What is filled otherwise is printed.
@main
enum FillingEvidence {
    private struct Asked: Decodable {
        var question: String
        var operation: String
        var arguments: JSONValue
    }

    static func main() async throws {
        let paths = CommandLine.arguments.dropFirst()
        guard paths.count >= 3 else {
            FileHandle.standardError.write(
                Data("usage: filling-evidence EMBEDDING_MODEL CHAT_MODEL DOCUMENT [QUESTIONS]\n".utf8))
            exit(64)
        }
        let logger = Logger(label: "filling-evidence", factory: { _ in SwiftLogNoOpLogHandler() })
        let vectors = TextVectors(EmbeddingEngine(modelPath: paths[1]))
        let model = GuidedModel(
            model: InferenceEngine(modelPath: paths[2]), vectors: vectors,
            operations: RegisteredOperations(vectors: vectors, logger: logger), logger: logger)
        let tools = try DocumentTools.read(paths[3])

        // Dates may be written in words, and today's need not be.
        let today = DateMentions.text(.now, in: Asker.zone)
        func meant(_ arguments: JSONValue) -> [String: String] {
            var meant: [String: String] = [:]
            for (name, value) in arguments.object ?? [:] {
                var text = value.string ?? value.text
                let written = text
                let date = QuestionLanguage.english.dates.extract(from: &text, today: today).first
                if date != today { meant[name] = date ?? written.lowercased() }
            }
            return meant
        }

        var right = 0
        var asked = 0
        func ask(_ question: String, _ tool: Tool, _ arguments: JSONValue) async throws {
            let reply = try await model.reply(
                to: ModelRequest(
                    dialog: [.message(ChatMessage(.user, question))], tools: [tool], choice: .named(tool.operation)))
            asked += 1
            if let filled = reply.calls.first?.arguments, meant(filled) == meant(arguments) {
                right += 1
            } else {
                let given = reply.calls.map(\.arguments.text).joined(separator: " ")
                print("\(tool.operation): \(question)\n    wanted \(arguments.text)\n    filled \(given) \(reply.missing?.names ?? [])")
            }
        }

        for tool in tools {
            for (index, example) in tool.examples.enumerated() {
                var others = tool
                others.examples.remove(at: index)
                try await ask(example.question, others, example.arguments)
            }
        }
        print("examples left out: \(right) of \(asked) right")
        guard paths.count > 3 else { return }
        (right, asked) = (0, 0)
        for line in try String(contentsOfFile: paths[4], encoding: .utf8).split(separator: "\n") {
            guard let question = try? JSONDecoder().decode(Asked.self, from: Data(line.utf8)),
                let tool = tools.first(where: { $0.operation == question.operation })
            else { continue }
            try await ask(question.question, tool, question.arguments)
        }
        print("questions: \(right) of \(asked) right")
    }
}
