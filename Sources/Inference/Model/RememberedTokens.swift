import Core
import Synchronization

/// The tokens of texts that were read lately. A system prompt, a tool's description and each message of a conversation
/// come again with every request, and to take apart the 1,500 tokens of a long one costs as much as half a token's
/// decoding.
final class RememberedTokens: Sendable {
    /// What is taken apart: the same text has other tokens where control tokens in it are read as such.
    private struct Reading: Hashable {
        var text: String
        var isTemplate: Bool
    }

    /// Shorter texts are as soon read as found; longer ones are documents that hardly come again.
    private static let worthwhile = 256...65_536

    private let known = Mutex(RecentValues<Reading, [Token]>(most: 64))

    /// The tokens of a text, from `read` where they are not known.
    func tokens(of text: String, isTemplate: Bool, read: (String) -> [Token]) -> [Token] {
        guard Self.worthwhile.contains(text.utf8.count) else { return read(text) }
        let reading = Reading(text: text, isTemplate: isTemplate)
        let found = known.withLock { $0[reading] }
        let tokens = found ?? read(text)
        known.withLock { $0.use(tokens, for: reading) }
        return tokens
    }
}
