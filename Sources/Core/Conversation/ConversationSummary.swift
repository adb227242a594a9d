/// What stands for the beginning of a long conversation where its messages no longer fit.
package struct ConversationSummary: Sendable, Hashable {
    /// The last message it covers: it stands for the path from the conversation's beginning to there.
    package var lastMessage: String
    package var text: String

    package init(lastMessage: String, text: String) {
        self.lastMessage = lastMessage
        self.text = text
    }
}
