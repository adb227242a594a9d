public import Core

/// A conversation with all its messages.
public enum ConversationGet: RPCMethod {
    public static let name = "conversation/get"

    public struct Parameters: Sendable, Hashable, Codable {
        public var conversation: String

        public init(conversation: String) {
            self.conversation = conversation
        }
    }

    public struct Result: Sendable, Hashable, Codable {
        public var conversation: WireConversation
        public var messages: [WireMessage]

        public init(conversation: WireConversation, messages: [WireMessage]) {
            self.conversation = conversation
            self.messages = messages
        }
    }
}
