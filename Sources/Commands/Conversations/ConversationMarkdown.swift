import Core
import Foundation
import SquireProtocol

/// A conversation as a page of Markdown.
enum ConversationMarkdown {
    static func text(_ result: ConversationGet.Result) -> String {
        let conversation = result.conversation
        var text = "# \(PlainText.line(conversation.title))\n\n"
        text += "Conversation \(conversation.id), begun \(Format.time(conversation.createdAt)).\n"
        for message in result.messages {
            text += "\n## \(message.role == .user ? "You" : "Squire"), \(Format.time(message.createdAt))\n\n"
            for step in message.steps { text += "> \(StepLine.text(step, style: Style(isOn: false)))\n" }
            if !message.steps.isEmpty { text += "\n" }
            text += PlainText.block(message.text) + "\n"
            if message.finishReason == .cancelled { text += "\n(cut)\n" }
            if !message.citations.isEmpty { text += "\n" }
            for citation in message.citations {
                text += "- [\(citation.number)] \(PlainText.line(citation.title)), \(PlainText.line(citation.location))"
                text += citation.quote.isEmpty ? "\n" : ": “\(PlainText.line(citation.quote))”\n"
            }
        }
        return text
    }
}
