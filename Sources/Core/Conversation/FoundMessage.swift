public import Foundation

/// A message that has the words that were looked for.
public struct FoundMessage: Sendable, Hashable {
    public var conversation: String
    /// The conversation's.
    public var title: String
    /// The message's id.
    public var message: String
    public var role: Role
    public var createdAt: Date
    /// The message, or of a long one what stands around the words.
    public var text: String

    public init(conversation: String, title: String, message: String, role: Role, createdAt: Date, text: String) {
        self.conversation = conversation
        self.title = title
        self.message = message
        self.role = role
        self.createdAt = createdAt
        self.text = text
    }
}
