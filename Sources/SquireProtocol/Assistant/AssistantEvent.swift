public import Core

/// What happens while the daemon works on a request: `assistant/ask`, and other long work. All events of a request come before its
/// answer.
public enum AssistantEvent: RPCNotificationMethod {
    public static let name = "assistant/event"

    public struct Parameters: Sendable, Hashable, Codable {
        public enum Kind: String, Sendable, Hashable, Codable {
            case token
            case toolCall
            case toolResult
            case passages
            case queued
            /// Long work has come further; `text` says what is done now.
            case progress
            case done
        }

        /// The `id` of the request: a string or a number, as it was sent.
        public var request: JSONValue
        public var type: Kind
        /// With `token`: more of the answer.
        public var text: String?
        /// With `toolCall` and `toolResult`.
        public var step: WireStep?
        /// With `passages`.
        public var citations: [WireCitation]?
        /// With `queued`: how many requests are before this one.
        public var position: Int?
        /// With `progress` of work that is counted: how much of it is done, and how much there is as far as is known.
        public var done: Int?
        public var total: Int?

        public init(
            request: JSONValue, type: Kind, text: String? = nil, step: WireStep? = nil,
            citations: [WireCitation]? = nil,
            position: Int? = nil, done: Int? = nil, total: Int? = nil
        ) {
            self.request = request
            self.type = type
            self.text = text
            self.step = step
            self.citations = citations
            self.position = position
            self.done = done
            self.total = total
        }
    }
}
