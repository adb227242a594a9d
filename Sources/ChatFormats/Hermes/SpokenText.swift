/// What a model with a tool format says, as far as it can be handed on while it is written: not what may become a call in
/// one of the forms that `HermesText` reads. The tag that opens a call is no part of it: generating stops there.
struct SpokenText: Sendable {
    private enum State {
        /// Nothing but spaces so far.
        case beginning
        case prose
        /// After a code fence, whose first characters tell whether a call is in it.
        case fence
        /// To the end.
        case held
        case free
    }

    private var state = State.beginning
    private var held = ""

    /// Characters after a fence that tell: `json`, a line's end, and what the code begins with.
    private static let telling = 16
    private static let fence = "```"

    /// - Returns: what can be handed on.
    mutating func add(_ more: String) -> String {
        held += more
        if case .beginning = state {
            guard let first = held.first(where: { !$0.isWhitespace }) else { return "" }
            state = first == "{" || first == "[" ? .held : .prose
        }
        if case .prose = state {
            guard let fence = held.firstRange(of: Self.fence) else {
                // A fence may be cut between two pieces.
                return take(through: held.index(held.endIndex, offsetBy: -held.reversed().prefix { $0 == "`" }.count))
            }
            state = .fence
            return take(through: fence.lowerBound) + add("")
        }
        if case .fence = state, held.count >= Self.fence.count + Self.telling {
            state = held.contains { $0 == "{" || $0 == "[" } ? .held : .free
        }
        guard case .free = state else { return "" }
        return take(through: held.endIndex)
    }

    private mutating func take(through end: String.Index) -> String {
        defer { held = String(held[end...]) }
        return String(held[..<end])
    }
}
