import Core
import Synchronization
import Understanding

/// How many tokens texts have for a model. What was counted is remembered: a conversation is counted anew with every
/// question, and only its end is new.
final class TokenCounts: Sendable {
    private struct State {
        var counts: [Prompt.Segment: Int] = [:]
        var bytes = 0
        /// The tokens of a prompt without a text: the one that some models begin every text with.
        var beginning: Int?
    }

    private let model: any TokenModel
    /// Shared by all turns.
    private let state = Mutex(State())

    /// Of the texts that are remembered, together.
    private static let mostBytes = 4 << 20
    /// What is longer is counted as far as this, and the rest in proportion.
    private static let longest = 256 << 10

    init(model: any TokenModel) {
        self.model = model
    }

    func count(_ text: String) async throws -> Int { try await count(.text(text)) }

    /// The tokens of a text that is only to be compared with a share: of a long one, as its beginning has them.
    func estimate(_ text: String) async throws -> Int {
        let size = text.utf8.count
        guard size > Self.sampled else { return try await count(text) }
        return try await count(ResultRecords.beginning(of: text, Self.sampled)) * size / Self.sampled
    }

    private static let sampled = 32 << 10

    func counts(_ texts: [String]) async throws -> [Int] {
        var counts: [Int] = []
        for text in texts { counts.append(try await count(text)) }
        return counts
    }

    /// The tokens of a whole prompt, as the model will read it.
    func count(_ prompt: Prompt) async throws -> Int {
        var total = try await beginning()
        for segment in prompt.segments { total += try await count(segment) }
        return total
    }

    /// As many of the first texts as fit together, where a line's end stands after each.
    func fitting(_ texts: some Collection<String>, within tokens: Int) async throws -> (count: Int, tokens: Int) {
        var (fitting, total) = (0, 0)
        for text in texts {
            let more = try await count(text) + 1
            guard total + more <= tokens else { break }
            total += more
            fitting += 1
        }
        return (fitting, total)
    }

    /// The beginning of a text that fits, as far as a line or a sentence goes, or else a word.
    func beginning(of text: String, within tokens: Int) async throws -> String {
        if try await count(text) <= tokens { return text }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).flatMap {
            Sentences.split(String($0), after: ".!?")
        }
        let fit = try await fitting(lines, within: tokens).count
        if fit > 0 { return lines.prefix(fit).joined(separator: "\n") }
        guard let line = lines.first else { return "" }
        let words = line.split(separator: " ")
        var (fits, fails) = (0, words.count)
        while fails - fits > 1 {
            let middle = (fits + fails) / 2
            if try await count(words[..<middle].joined(separator: " ")) <= tokens {
                fits = middle
            } else {
                fails = middle
            }
        }
        return words[..<fits].joined(separator: " ")
    }

    private func beginning() async throws -> Int {
        if let known = state.withLock({ $0.beginning }) { return known }
        let count = try await model.tokenCount(of: Prompt([.text("")]))
        state.withLock { $0.beginning = count }
        return count
    }

    private func count(_ segment: Prompt.Segment) async throws -> Int {
        if let known = state.withLock({ $0.counts[segment] }) { return known }
        let text = segment.content
        let size = text.utf8.count
        guard size > 0 else { return 0 }
        if size > Self.longest {
            let part = String(decoding: text.utf8.prefix(Self.longest), as: UTF8.self)
            return try await count(.text(part)) * size / Self.longest
        }
        let count = try await model.tokenCount(of: Prompt([segment])) - beginning()
        state.withLock { state in
            if state.bytes + size > Self.mostBytes { (state.counts, state.bytes) = ([:], 0) }
            if state.counts.updateValue(count, forKey: segment) == nil { state.bytes += size }
        }
        return count
    }
}
