/// Keeps conversations. Whatever a method has returned from is on disk.
///
/// Where a conversation is named, the beginning of its id will do, if no other begins so (`idAmbiguous`).
package protocol ConversationStore: Sendable {
    /// Stores a user's message before work on it begins.
    ///
    /// - Parameters:
    ///   - conversation: the conversation to continue; nil begins a new one.
    ///   - parent: the message this one answers; nil takes the conversation's newest message.
    /// - Throws: `conversationUnknown`, `messageUnknown`.
    func appendQuestion(_ text: String, conversation: String?, parent: String?) async throws -> Message.InConversation

    /// Stores an answer, also one that was cut.
    func append(_ answer: Message, conversation: String) async throws

    /// The messages from the conversation's beginning to `message`, oldest first, along `parent`.
    func path(to message: String, conversation: String) async throws -> [Message]

    /// The newest first.
    func conversations(limit: Int, offset: Int) async throws -> [Conversation]

    /// A conversation and all its messages in the order they were stored.
    func conversation(_ id: String) async throws -> (Conversation, [Message])

    /// Messages that have all of a text's words, or, where none has, any of them; the best first.
    func messages(matching query: String, limit: Int) async throws -> [FoundMessage]

    /// Gives a conversation another title. Its time of change stays: nothing was said.
    ///
    /// - Throws: `conversationUnknown`.
    func rename(conversation id: String, to title: String) async throws -> Conversation

    /// With its messages and its summaries.
    ///
    /// - Returns: its whole id.
    /// - Throws: `conversationUnknown`.
    @discardableResult
    func delete(conversation id: String) async throws -> String

    /// The whole id of a conversation.
    ///
    /// - Throws: `conversationUnknown`.
    func conversationID(_ word: String) async throws -> String

    /// The summaries of a conversation's beginnings, of all its branches.
    func summaries(of conversation: String) async throws -> [ConversationSummary]

    /// Stores a summary, in place of an earlier one that covers as much.
    ///
    /// - Throws: `messageUnknown` where the message it covers is gone.
    func store(_ summary: ConversationSummary, conversation: String) async throws

    /// How many conversations and messages there are.
    func conversationCounts() async throws -> (conversations: Int, messages: Int)
}

extension Message {
    /// A stored message and the conversation it is part of.
    package struct InConversation: Sendable {
        package var conversation: String
        package var message: Message

        package init(conversation: String, message: Message) {
            self.conversation = conversation
            self.message = message
        }
    }
}
