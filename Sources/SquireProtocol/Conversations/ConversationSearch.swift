public import Core
public import Foundation

/// Messages that have a text's words, the best first.
public enum ConversationSearch: RPCMethod {
    public static let name = "conversation/search"

    public struct Parameters: Sendable, Hashable, Codable {
        public var query: String
        /// At most this many; 20 where missing.
        public var limit: Int?

        public init(query: String, limit: Int? = nil) {
            self.query = query
            self.limit = limit
        }
    }

    /// A message that has the words that were looked for.
    public struct FoundMessage: Sendable, Hashable, Codable {
        public var conversation: String
        /// The conversation's.
        public var title: String
        /// The message's id.
        public var message: String
        public var role: WireMessage.Role
        public var createdAt: Date
        /// The message, or of a long one what stands around the words.
        public var text: String

        public init(
            conversation: String, title: String, message: String, role: WireMessage.Role, createdAt: Date, text: String
        ) {
            self.conversation = conversation
            self.title = title
            self.message = message
            self.role = role
            self.createdAt = createdAt
            self.text = text
        }
    }

    public struct Result: Sendable, Hashable, Codable {
        public var messages: [FoundMessage]

        public init(messages: [FoundMessage]) {
            self.messages = messages
        }
    }
}
