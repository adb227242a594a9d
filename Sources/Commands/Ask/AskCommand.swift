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
            plugin, goes to standard error.

            Text piped in is added to the question, if it comes within two seconds. With - it is waited for, \
            and a file is read too; without a question standard input is the question. In a loop that reads \
            a pipe itself, give -n.

              squire ask When does the sun set in Oslo on 2026-06-21?
              squire ask --continue And on the day after?
              git diff | squire ask Write a commit message for this
              squire ask "Sum this up:" - <notes.txt
              squire ask "Sum this up:" --input notes.txt
              cut -f1 cities | while read c; do squire ask -n "What time is it in $c?"; done

            Exit status: 0 answered; 1 not, or plugins were called and no call succeeded (it was refused, or \
            failed); 64 wrong usage; 69 no daemon; 130 interrupted.
            """)

    @Argument(
        help: ArgumentHelp("The question, in one or more words; - stands for standard input.", valueName: "question"))
    var words: [String] = []

    @Option(
        name: [.customShort("i"), .long],
        help: ArgumentHelp("Add the text of this file to the question; - is standard input.", valueName: "file"))
    var input: String?

    @Flag(name: [.customShort("n"), .long], help: "Ignore standard input.")
    var noInput = false

    @OptionGroup
    var answer: AnswerOptions

    @Flag(help: "Also show what was decided and what the model read, on standard error.")
    var trace = false

    @OptionGroup
    var common: CommonOptions

    func validate() throws {
        guard !noInput || !readsStandardInput else {
            throw ValidationError("Give either - or --no-input, not both.")
        }
    }

    func run() async throws {
        let question = try Self.question(words.filter { $0 != "-" }, piped: try added())
        let result = try await common.withClient { client in
            let conversation = try await answer.conversation(client)
            let parameters = answer.parameters(
                message: question, conversation: conversation, plugins: answer.selection, trace: trace ? true : nil)
            let asker = Asker(
                client: client, console: common.console, isSilent: common.json, showsSources: answer.sources)
            return try await Interruption.cancelling { try await answered(parameters, asker) }
        }
        if common.json { try common.report(result) { "" } }
        if !common.json, let entries = result.trace {
            common.console.err(entries.map(TraceText.lines).joined(separator: "\n"))
        }
        if !AnswerOutcome.isAnswered(result.message) { throw ExitCode(ExitStatus.failed) }
    }

    /// The answer; where a call needs what was not said and somebody is at the terminal, what is typed goes on with it.
    private func answered(_ parameters: AssistantAsk.Parameters, _ asker: Asker) async throws -> AssistantAsk.Result {
        var result = try await asker.ask(parameters)
        while !common.json, result.message.steps.last?.errorKind == .argumentsMissing, common.console.isErrTerminal,
            let terminal = Terminal()
        {
            TerminalMode.forgetTypedKeys()
            common.console.err("> ")
            guard let line = try await terminal.line(), line.contains(where: { !$0.isWhitespace }) else { break }
            var more = parameters
            more.message = line
            more.conversation = result.conversation
            result = try await asker.ask(more)
        }
        return result
    }

    private var readsStandardInput: Bool { words.contains("-") || input == "-" }

    /// The text that goes with the question.
    private func added() throws -> String? {
        if readsStandardInput { return try PipedInput.read() }
        if let input { return try PipedInput.read(file: input) }
        guard !noInput else { return nil }
        guard !words.isEmpty else { return try PipedInput.read() }
        switch try PipedInput.readIfPiped() {
        case .text(let text): return text
        case .nothing: return nil
        case .silentPipe:
            common.console.err(
                "Nothing came from standard input, so it was ignored; - waits for it, -n does not look.\n")
        case .unreadFile:
            common.console.err("Standard input is a file and was ignored; - reads it, -n does not look.\n")
        }
        return nil
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

/// What a script is told of how a question ended.
enum AnswerOutcome {
    /// Whether there is an answer: a text, and where plugins were called, a call that succeeded.
    static func isAnswered(_ message: WireMessage) -> Bool {
        guard message.finishReason != .cancelled, message.text.contains(where: { !$0.isWhitespace }) else {
            return false
        }
        return message.steps.isEmpty || message.steps.contains { $0.status == .ok }
    }
}

extension AnswerOptions {
    /// The conversation to continue; nil begins a new one.
    ///
    /// - Throws: `noConversation` where `--continue` finds none.
    func conversation(_ client: SquireClient) async throws -> String? {
        guard continuesNewest else { return conversation }
        guard let newest = try await client.call(ConversationList.self, .init(limit: 1)).conversations.first else {
            throw CommandError(.noConversation, "There is no conversation to continue yet. Ask without --continue.")
        }
        return newest.id
    }
}
