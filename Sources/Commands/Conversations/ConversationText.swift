import Core
import SquireProtocol

/// How conversations are shown.
enum ConversationText {
    static func list(_ conversations: [Conversation], _ console: Console) -> String {
        guard !conversations.isEmpty else { return "There are no conversations yet. Begin one with: squire ask\n" }
        let rows = conversations.map { conversation in
            [conversation.id, Format.time(conversation.updatedAt), "\(conversation.messageCount)", conversation.title]
        }
        return Table(header: ["ID", "CHANGED", "MESSAGES", "TITLE"], rows: rows, rightAligned: [2])
            .text(width: console.width, style: console.outStyle)
    }

    static func found(_ messages: [FoundMessage], _ console: Console) -> String {
        guard !messages.isEmpty else { return "No message has these words.\n" }
        let style = console.outStyle
        return messages.map { message in
            let name = message.role == .user ? "You" : "Squire"
            return style.strong(PlainText.line(message.title))
                + style.quiet("  \(Format.time(message.createdAt))  \(message.conversation)") + "\n"
                + "\(name): \(PlainText.line(message.text))\n"
        }.joined(separator: "\n")
    }

    static func show(_ result: ConversationResult, _ console: Console) -> String {
        let style = console.outStyle
        var text = style.strong(PlainText.line(result.conversation.title)) + "\n"
        for message in result.messages {
            let name = message.role == .user ? "You" : "Squire"
            text += "\n" + style.strong(name) + style.quiet("  \(Format.time(message.createdAt))") + "\n"
            for step in message.steps { text += StepLine.text(step, style: style) + "\n" }
            text += (message.role == .user ? PlainText.block : PlainText.answer)(message.text) + "\n"
            if message.finishReason == .cancelled { text += style.quiet("(cut)") + "\n" }
        }
        return text
    }
}
