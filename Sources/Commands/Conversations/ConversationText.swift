import Core
import SquireProtocol

/// How conversations are shown.
enum ConversationText {
    static func list(_ conversations: [WireConversation], _ console: Console) -> String {
        guard !conversations.isEmpty else { return "There are no conversations yet. Begin one with: squire ask\n" }
        let rows = conversations.map { conversation in
            [conversation.id, Format.time(conversation.updatedAt), "\(conversation.messageCount)", conversation.title]
        }
        return Table(header: ["ID", "CHANGED", "MESSAGES", "TITLE"], rows: rows, rightAligned: [2])
            .text(width: console.outWidth, style: console.outStyle)
    }

    static func found(_ messages: [ConversationSearch.FoundMessage], _ console: Console) -> String {
        guard !messages.isEmpty else { return "No message has these words.\n" }
        let style = console.outStyle
        return messages.map { message in
            let name = message.role == .user ? "You" : "Squire"
            return style.strong(PlainText.line(message.title))
                + style.quiet("  \(Format.time(message.createdAt))  \(message.conversation)") + "\n"
                + "\(name): \(PlainText.line(message.text))\n"
        }.joined(separator: "\n")
    }

    static func show(_ result: ConversationGet.Result, _ console: Console) -> String {
        let title = console.outStyle.strong(PlainText.name(result.conversation.title))
        return title + console.outStyle.quiet("  \(result.conversation.id)") + "\n"
            + result.messages.map { "\n" + text($0, console) }.joined()
    }

    /// The last messages, with how many there are before them.
    static func end(of result: ConversationGet.Result, most: Int, _ console: Console) -> String {
        let earlier = result.messages.count - min(most, result.messages.count)
        let heading =
            earlier > 0
            ? console.outStyle.quiet(
                "\(Format.counted(earlier, "earlier message")); squire conversation show \(result.conversation.id)")
                + "\n\n"
            : ""
        return heading + result.messages.suffix(most).map { text($0, console) }.joined(separator: "\n")
    }

    private static func text(_ message: WireMessage, _ console: Console) -> String {
        let style = console.outStyle
        let name = message.role == .user ? "You" : "Squire"
        var text = style.strong(name) + style.quiet("  \(Format.time(message.createdAt))") + "\n"
        for step in message.steps { text += StepLine.text(step, style: style) + "\n" }
        let said = (message.role == .user ? PlainText.block : PlainText.answer)(message.text)
        // A question is shown as it was typed.
        text +=
            message.role == .assistant && console.isOutTerminal
            ? TerminalText.rendered(said, width: console.width, style: style) : said + "\n"
        if message.finishReason == .cancelled { text += style.quiet("(cut)") + "\n" }
        return text
    }
}
