public import Core

/// Deletes conversations with their messages and summaries; none where one of them is not there.
public enum ConversationDelete: RPCMethod {
    public static let name = "conversation/delete"

    /// One of the two.
    public struct Parameters: Sendable, Hashable, Codable {
        public var conversation: String?
        public var conversations: [String]?

        public init(conversation: String? = nil, conversations: [String]? = nil) {
            self.conversation = conversation
            self.conversations = conversations
        }
    }

    public struct Result: Sendable, Hashable, Codable {
        public var deleted: [String]

        public init(deleted: [String]) {
            self.deleted = deleted
        }
    }
}
