import ArgumentParser
import Foundation
import SquireProtocol

struct ChatCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "chat",
        abstract: "Talk, question by question, in one conversation.",
        discussion: """
            Questions can be edited, and earlier ones come back with the arrow keys, also those of earlier \
            chats. Several lines are one question where they are pasted, or end in \\. Control-C or Control-D \
            stops an answer, Control-D leaves, /help says what else there is.

            Questions can be piped in, one a line. With --json their answers are one document, printed when \
            the input has ended.
            """)

    @OptionGroup
    var answer: AnswerOptions

    @OptionGroup
    var common: CommonOptions

    func run() async throws {
        let console = common.console
        let isInteractive = !common.json && isatty(STDIN_FILENO) == 1 && console.isOutTerminal
        let editor =
            isInteractive
            ? LineEditor(historyPath: common.connection.location.home + "/chat_history") : nil
        if editor != nil { console.err(console.errStyle.quiet("Ask a question. /help lists the commands.") + "\n") }
        var chat = Chat(
            launcher: common.connection.launcher(console), console: console, input: editor ?? PipedLines(),
            options: answer, isSilent: common.json)
        try await chat.run()
        guard common.json else { return }
        try common.report(chat.report) { "" }
        if chat.report.hasFailed { throw ExitCode(ExitStatus.failed) }
    }
}
