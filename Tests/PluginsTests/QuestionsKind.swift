import Core
import Foundation
import Plugins
import Synchronization

/// A toy kind, made of what the module shows and nothing else: a text of questions with fixed answers, as tools without
/// HTTP. A line `NAME? QUESTION = ANSWER` is a tool that reads, `NAME! ORDER = ANSWER` one that changes something; and
/// `from PATH` names a file with more such lines, which only its server reads.
///
///     questions facts
///     capital? What is the capital of France? = Paris
///     forget! Forgets everything. = Forgotten
struct QuestionsKind: PluginKind {
    /// What the servers of this kind were told to do, in order.
    let log = QuestionsLog()

    var folderFile: String { "plugin.questions" }
    var fileEndings: [String] { ["questions"] }
    var sitePaths: [String] { ["/questions.txt"] }

    func recognizes(_ text: String) -> Bool { text.hasPrefix("questions ") }

    func read(_ found: FoundText, on reading: ReadingThread) async throws -> PluginReading { .whole(found.whole()) }

    func plugin(of texts: PluginTexts) throws -> MadePlugin {
        let lines = (texts.manifest ?? texts.document).split(separator: "\n").map(String.init)
        let name = String(lines[0].dropFirst("questions ".count))
        var elsewhere: String?
        var questions: [Question] = []
        // What its server got at another time is its document.
        let answered = texts.manifest == nil ? [] : texts.document.split(separator: "\n").map(String.init)
        for line in lines.dropFirst() + answered {
            if line.hasPrefix("from ") {
                elsewhere = String(line.dropFirst("from ".count))
            } else if let question = Question(line) {
                questions.append(question)
            } else {
                throw PluginError(.manifestInvalid, "\"\(line)\" is no question")
            }
        }
        return MadePlugin(
            name: name, title: "The \(name)", description: "Answers.", address: "answers of \(name)",
            server: QuestionsServer(
                plugin: name, source: texts.source.text, questions: questions, elsewhere: elsewhere, log: log))
    }
}

final class QuestionsLog: Sendable {
    // Locked since servers write from any task.
    private let written = Mutex<[String]>([])

    var lines: [String] { written.withLock { $0 } }

    func add(_ line: String) { written.withLock { $0.append(line) } }
}

struct Question: Sendable {
    var name: String
    var text: String
    var answer: String
    var isReadOnly: Bool

    init?(_ line: String) {
        guard let mark = line.firstIndex(where: { $0 == "?" || $0 == "!" }), let equals = line.range(of: " = ") else {
            return nil
        }
        name = String(line[..<mark])
        isReadOnly = line[mark] == "?"
        text = line[line.index(after: mark)..<equals.lowerBound].trimmingCharacters(in: .whitespaces)
        answer = String(line[equals.upperBound...])
    }
}

actor QuestionsServer: ToolServer {
    private let plugin: String
    private let source: String
    private var questions: [Question]
    private let elsewhere: String?
    private let log: QuestionsLog

    init(plugin: String, source: String, questions: [Question], elsewhere: String?, log: QuestionsLog) {
        self.plugin = plugin
        self.source = source
        self.questions = questions
        self.elsewhere = elsewhere
        self.log = log
    }

    func tools() -> [Tool] {
        questions.map { question in
            Tool(
                plugin: plugin, operation: question.name, description: question.text,
                parameters: [
                    "type": "object", "properties": ["loud": ["type": "boolean"]], "additionalProperties": false,
                ], parameterOrder: ["loud"], isReadOnly: question.isReadOnly,
                origin: Tool.Origin(
                    title: "The \(plugin)", source: source, server: "answers of \(plugin)",
                    method: question.isReadOnly ? "ASK" : "TELL", path: "/\(question.name)",
                    binding: [question.answer]))
        }
    }

    func call(_ tool: Tool, arguments: JSONValue) throws -> ToolOutcome {
        log.add("call \(tool.operation)")
        guard let question = questions.first(where: { $0.name == tool.operation }) else {
            return .failed("nobody knows", kind: .rejected)
        }
        guard question.answer != "?" else { return .failed("nobody knows", kind: .serverFailed) }
        return .ok(.string(arguments["loud"]?.bool == true ? question.answer.uppercased() : question.answer))
    }

    func refresh() throws -> String? {
        log.add("refresh")
        guard let elsewhere else { return nil }
        guard let text = try? String(contentsOfFile: elsewhere, encoding: .utf8) else {
            throw PluginError(.manifestUnreachable, "there are no answers at \(elsewhere)")
        }
        questions = text.split(separator: "\n").compactMap { Question(String($0)) }
        return text
    }

    func stop() { log.add("stop") }
}
