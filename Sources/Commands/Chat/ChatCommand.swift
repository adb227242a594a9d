import ArgumentParser
import Foundation
import SquireProtocol

struct ChatCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "chat",
        abstract: "Talk, question by question, in one conversation.",
        discussion: """
            Lines can be edited, and earlier ones come back with the arrow keys, also those of earlier \
            chats. Control-C stops an answer, Control-D leaves, /help says what else there is.
            """)

    @OptionGroup
    var answer: AnswerOptions

    @OptionGroup(title: "Daemon options")
    var connection: ConnectionOptions

    func run() async throws {
        let console = Console.standard
        let isInteractive = isatty(STDIN_FILENO) == 1 && console.isOutTerminal
        let editor =
            isInteractive
            ? LineEditor(prompt: "> ", historyPath: connection.location.home + "/chat_history") : nil
        if editor != nil { console.err(console.errStyle.quiet("Ask away. /help says what else there is.") + "\n") }
        var chat = Chat(
            launcher: connection.launcher(console), console: console, input: editor ?? PipedLines(), options: answer)
        try await chat.run()
    }
}
