public import Core

/// Gives a conversation another title.
public enum ConversationRename: RPCMethod {
    public static let name = "conversation/rename"

    public struct Parameters: Sendable, Hashable, Codable {
        public var conversation: String
        /// On one line; at most 200 characters.
        public var title: String

        public init(conversation: String, title: String) {
            self.conversation = conversation
            self.title = title
        }
    }

    public struct Result: Sendable, Hashable, Codable {
        public var conversation: WireConversation

        public init(conversation: WireConversation) {
            self.conversation = conversation
        }
    }
}
