/// What a sentence of an answer rests on.
public struct WireSupport: Sendable, Hashable, Codable {
    public enum Origin: String, Sendable, Hashable, Codable {
        /// What a plugin returned.
        case step
        /// What a document of the user's says.
        case passage
        /// What the question says.
        case question
        /// What is worked out in the answer itself, and shown.
        case arithmetic
        /// What was said before.
        case conversation
        /// The model alone: nobody looked it up.
        case model
    }

    public var text: String
    public var from: Origin
    /// The number of the citation, where there is one.
    public var number: Int?

    public init(text: String, from: Origin, number: Int? = nil) {
        self.text = text
        self.from = from
        self.number = number
    }
}
