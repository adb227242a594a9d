/// A model's tokens as bytes, and tries of them. Immutable.
package final class Vocabulary: Sendable {
    /// How many tokens there are.
    package let size: Int
    /// Tokens that end a text.
    package let endTokens: [Int32]
    private let tokens: [[UInt8]]
    /// Of all tokens that stand for text.
    let trie: TokenTrie
    /// Tokens that are whole plain characters of a JSON string: no quote, backslash or control character.
    let plainText: [UInt64]
    /// Of the other ones.
    let otherTrie: TokenTrie
    /// Bytes of the longest token.
    let longest: Int

    /// - Parameters:
    ///   - tokens: what each stands for; an empty one is a control token, and no part of any text.
    ///   - endTokens: those that end a text.
    package init(tokens: [[UInt8]], endTokens: [Int32]) {
        self.tokens = tokens
        self.endTokens = endTokens
        size = tokens.count
        longest = tokens.map(\.count).max() ?? 0
        var plain = [UInt64](repeating: 0, count: (tokens.count + 63) / 64)
        for (token, bytes) in tokens.enumerated() where JSONText.isPlain(bytes) {
            plain[token / 64] |= 1 << UInt64(token % 64)
        }
        plainText = plain
        let sorted = TokenTrie.sorted(tokens)
        trie = TokenTrie(tokens, order: sorted)
        otherTrie = TokenTrie(tokens, order: sorted.filter { plain[$0 / 64] & 1 << UInt64($0 % 64) == 0 })
    }

    package func bytes(of token: Int32) -> [UInt8] { tokens[Int(token)] }
}

/// Tokens by their bytes, in depth-first order: a node's subtree is what follows it up to `ends`.
struct TokenTrie: Sendable {
    private(set) var bytes: [UInt8] = []
    private(set) var depths: [Int32] = []
    private(set) var ends: [Int32] = []
    /// The range of `tokens` that stand for exactly the bytes up to a node.
    private(set) var tokenStarts: [Int32] = []
    private(set) var tokens: [Int32] = []

    /// The tokens that stand for text, by their bytes.
    static func sorted(_ all: [[UInt8]]) -> [Int] {
        // Few tokens share their first eight bytes: nearly all comparisons are of one number.
        let keys = all.map { bytes in
            var key: UInt64 = 0
            for index in 0..<8 { key = key << 8 | (index < bytes.count ? UInt64(bytes[index]) : 0) }
            return key
        }
        return all.indices.filter { !all[$0].isEmpty }.sorted {
            keys[$0] == keys[$1] ? all[$0].lexicographicallyPrecedes(all[$1]) : keys[$0] < keys[$1]
        }
    }

    /// - Parameter order: the tokens that it is to hold, sorted.
    init(_ all: [[UInt8]], order: [Int]) {
        var path: [Int] = []
        var previous: [UInt8] = []
        func close(to depth: Int) {
            while path.count > depth { ends[path.removeLast()] = Int32(bytes.count) }
        }
        for index in order {
            let token = all[index]
            var shared = 0
            while shared < min(previous.count, token.count), previous[shared] == token[shared] { shared += 1 }
            if shared < token.count || previous.isEmpty {
                close(to: shared)
                for depth in shared..<token.count {
                    path.append(bytes.count)
                    bytes.append(token[depth])
                    depths.append(Int32(depth))
                    ends.append(0)
                    tokenStarts.append(Int32(tokens.count))
                }
            }
            tokens.append(Int32(index))
            previous = token
        }
        close(to: 0)
        tokenStarts.append(Int32(tokens.count))
    }
}
