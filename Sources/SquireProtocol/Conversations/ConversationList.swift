public import Core

/// The conversations, the one that changed last first.
public enum ConversationList: RPCMethod {
    public static let name = "conversation/list"

    public struct Parameters: Sendable, Hashable, Codable {
        /// At most this many; 50 where missing.
        public var limit: Int?
        public var offset: Int?

        public init(limit: Int? = nil, offset: Int? = nil) {
            self.limit = limit
            self.offset = offset
        }
    }

    public struct Result: Sendable, Hashable, Codable {
        public var conversations: [WireConversation]
        /// How many there are in all.
        public var total: Int

        public init(conversations: [WireConversation], total: Int) {
            self.conversations = conversations
            self.total = total
        }
    }
}
