public import Foundation

/// A conversation without its messages.
public struct WireConversation: Sendable, Hashable, Codable {
    public var id: String
    /// The first words of the first question.
    public var title: String
    public var createdAt: Date
    public var updatedAt: Date
    public var messageCount: Int

    public init(id: String, title: String, createdAt: Date, updatedAt: Date, messageCount: Int) {
        self.id = id
        self.title = title
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.messageCount = messageCount
    }
}
