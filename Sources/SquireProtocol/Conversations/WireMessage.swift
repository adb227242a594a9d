public import Foundation

/// One message of a conversation. Messages form a tree through `parent`, so that a conversation can branch.
public struct WireMessage: Sendable, Hashable, Codable {
    /// Who wrote it.
    public enum Role: String, Sendable, Hashable, Codable {
        case user
        case assistant
    }

    public var id: String
    public var parent: String?
    public var role: Role
    public var text: String
    public var createdAt: Date
    public var citations: [WireCitation]
    public var steps: [WireStep]
    /// Nil on a user's message.
    public var finishReason: WireFinishReason?
    public var usage: WireUsage?
    public var timings: WireTimings?
    /// Nil on a user's message, and on an answer that was cut before its prompt was made.
    public var context: WireContext?
    /// What each sentence of an answer rests on; nil on a user's message, and where nothing is asserted.
    public var support: [WireSupport]?

    public init(
        id: String, parent: String?, role: Role, text: String, createdAt: Date, citations: [WireCitation] = [],
        steps: [WireStep] = [], finishReason: WireFinishReason? = nil, usage: WireUsage? = nil,
        timings: WireTimings? = nil,
        context: WireContext? = nil, support: [WireSupport]? = nil
    ) {
        self.id = id
        self.parent = parent
        self.role = role
        self.text = text
        self.createdAt = createdAt
        self.citations = citations
        self.steps = steps
        self.finishReason = finishReason
        self.usage = usage
        self.timings = timings
        self.context = context
        self.support = support
    }
}
