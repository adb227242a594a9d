import ArgumentParser
import Core
import SquireClient
import SquireProtocol

struct AskCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ask",
        abstract: "Ask a question.",
        discussion: """
            The answer goes to standard output as it is made; what was done for it, such as calling a \
            plugin, goes to standard error. Text piped in is added to the question: standard input is \
            read to its end unless it is a terminal.

              squire ask When does the sun set in Oslo on 2026-06-21?
              squire ask --continue And on the day after?
              squire ask "Sum this up:" <notes.txt
            """)

    @Argument(help: ArgumentHelp("The question, in one or more words.", valueName: "question"))
    var words: [String] = []

    @OptionGroup
    var answer: AnswerOptions

    @Flag(help: "Also show what was decided and what the model read, on standard error.")
    var trace = false

    @OptionGroup
    var common: CommonOptions

    func run() async throws {
        let question = try Self.question(words, piped: PipedInput.read())
        let result = try await common.withClient { client in
            let conversation = try await answer.conversation(client)
            let parameters = answer.parameters(
                message: question, conversation: conversation, plugins: answer.selection, trace: trace ? true : nil)
            let asker = Asker(client: client, console: common.console, isSilent: common.json)
            return try await Interruption.cancelling { try await asker.ask(parameters) }
        }
        if common.json { try common.report(result) { "" } }
        if !common.json, let entries = result.trace {
            common.console.err(entries.map(TraceText.lines).joined(separator: "\n"))
        }
    }

    /// - Throws: `usage` where nothing was asked.
    static func question(_ words: [String], piped: String?) throws -> String {
        let parts = [words.joined(separator: " "), piped ?? ""].filter { part in !part.allSatisfy(\.isWhitespace) }
        guard !parts.isEmpty else {
            throw CommandError(.usage, "Nothing was asked. Give a question: squire ask What time is it in Tokyo?")
        }
        return parts.joined(separator: "\n\n")
    }
}

extension AnswerOptions {
    /// The conversation to continue; nil begins a new one.
    ///
    /// - Throws: `noConversation` where `--continue` finds none.
    func conversation(_ client: SquireClient) async throws -> String? {
        guard continuesNewest else { return conversation }
        guard let newest = try await client.conversations(limit: 1).first else {
            throw CommandError(.noConversation, "There is no conversation to continue yet. Ask without --continue.")
        }
        return newest.id
    }
}
