import Core
import Foundation
import Guided
import Inference
import Logging
import Plugins
import Understanding

/// Says how often the arguments of a call are filled rightly, the operation being known:
///
///     filling-evidence EMBEDDING_MODEL CHAT_MODEL CHOICES [DOCUMENT [QUESTIONS]]
///
/// CHOICES is the folder of the questions that `fit.py` fits on, whose documents have no examples. Of DOCUMENT, each example
/// of an operation is asked with that example left out. QUESTIONS are lines of a suite (`question`, `operation`,
/// `arguments`), asked with all of DOCUMENT's examples. What is filled otherwise is printed.
@main
struct FillingEvidence {
    private let model: GuidedModel
    private let today = DateMentions.text(.now, in: Asker.zone)

    static func main() async throws {
        let paths = Array(CommandLine.arguments.dropFirst())
        guard (3...5).contains(paths.count) else {
            FileHandle.standardError.write(
                Data("usage: filling-evidence EMBEDDING_MODEL CHAT_MODEL CHOICES [DOCUMENT [QUESTIONS]]\n".utf8))
            exit(64)
        }
        let evidence = FillingEvidence(embedding: paths[0], chat: paths[1])
        try await evidence.askChoices(URL(filePath: paths[2]))
        guard paths.count > 3 else { return }
        let tools = try DocumentTools.read(paths[3])
        try await evidence.askExamples(of: tools)
        if paths.count > 4 { try await evidence.askSuite(paths[4], tools) }
    }

    private init(embedding: String, chat: String) {
        let logger = Logger(label: "filling-evidence", factory: { _ in SwiftLogNoOpLogHandler() })
        let vectors = TextVectors(EmbeddingEngine(modelPath: embedding))
        model = GuidedModel(
            model: InferenceEngine(modelPath: chat), vectors: vectors,
            operations: RegisteredOperations(vectors: vectors, logger: logger), logger: logger)
    }

    // MARK: What is asked

    private struct Choice: Decodable {
        var api: String
        var question: String
        /// Operations that answer it, as `GET /path`; the first is asked.
        var right: [String]
        /// A value, or several that are right as well.
        var args: [String: JSONValue]?
    }

    private func askChoices(_ folder: URL) async throws {
        var documents: [String: [Tool]] = [:]
        var (right, asked) = (0, 0)
        for line in try String(contentsOf: folder.appending(path: "questions.jsonl"), encoding: .utf8)
            .split(separator: "\n")
        {
            let choice = try JSONDecoder().decode(Choice.self, from: Data(line.utf8))
            let document = folder.appending(path: "apis/\(choice.api).yaml").path
            let tools = try documents[choice.api] ?? DocumentTools.read(document)
            documents[choice.api] = tools
            guard let wanted = choice.args, let name = choice.right.first,
                let tool = tools.first(where: { "\($0.origin?.method ?? "") \($0.origin?.path ?? "")" == name })
            else { continue }
            let (filled, note) = try await fill(choice.question, tool)
            asked += 1
            let isRight = wanted.allSatisfy { name, value in
                (value.array ?? [value]).contains { Self.same($0, filled[name]) }
            }
            if isRight { right += 1 } else { report(choice.question, tool, .object(JSONObject(wanted)), note) }
        }
        print("operations without examples: \(right) of \(asked) right")
    }

    /// Whether a value is the wanted one, however it is written. What is wanted as null is left out.
    private static func same(_ wanted: JSONValue, _ filled: JSONValue?) -> Bool {
        guard let filled else { return wanted == .null }
        func plain(_ value: JSONValue) -> String { (value.string ?? value.text).lowercased() }
        if let one = Double(plain(wanted)), let other = Double(plain(filled)) { return abs(one - other) < 1e-9 }
        return plain(wanted) == plain(filled)
    }

    private func askExamples(of tools: [Tool]) async throws {
        var (right, asked) = (0, 0)
        for tool in tools {
            for (index, example) in tool.examples.enumerated() {
                var others = tool
                others.examples.remove(at: index)
                asked += 1
                if try await asks(example.question, others, example.arguments) { right += 1 }
            }
        }
        print("examples left out: \(right) of \(asked) right")
    }

    private struct Asked: Decodable {
        var question: String
        var operation: String
        var arguments: JSONValue
    }

    private func askSuite(_ path: String, _ tools: [Tool]) async throws {
        var (right, asked) = (0, 0)
        for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n") {
            // The first line says what suite it is.
            guard let one = try? JSONDecoder().decode(Asked.self, from: Data(line.utf8)),
                let tool = tools.first(where: { $0.operation == one.operation })
            else { continue }
            asked += 1
            if try await asks(one.question, tool, one.arguments) { right += 1 }
        }
        print("questions: \(right) of \(asked) right")
    }

    // MARK: How it is filled

    private func asks(_ question: String, _ tool: Tool, _ arguments: JSONValue) async throws -> Bool {
        let (filled, note) = try await fill(question, tool)
        guard meant(filled) != meant(arguments) else { return true }
        report(question, tool, arguments, note)
        return false
    }

    private func fill(_ question: String, _ tool: Tool) async throws -> (JSONValue, note: String) {
        let reply = try await model.reply(
            to: ModelRequest(
                dialog: [.message(ChatMessage(.user, question))], tools: [tool], choice: .named(tool.operation)))
        let missing = reply.missing.map { " missing \($0.names.joined(separator: ", ")) of \($0.arguments.text)" } ?? ""
        return (reply.calls.first?.arguments ?? [:], reply.calls.map(\.arguments.text).joined(separator: " ") + missing)
    }

    /// Dates may be written in words, and today's need not be written.
    private func meant(_ arguments: JSONValue) -> [String: String] {
        var meant: [String: String] = [:]
        for (name, value) in arguments.object ?? [:] {
            let written = value.string ?? value.text
            var text = written
            let date = QuestionLanguage.english.dates.extract(from: &text, today: today).first
            if date != today { meant[name] = date ?? written.lowercased() }
        }
        return meant
    }

    private func report(_ question: String, _ tool: Tool, _ wanted: JSONValue, _ note: String) {
        print("\(tool.operation): \(question)\n    wanted \(wanted.text)\n    filled \(note)")
    }
}
