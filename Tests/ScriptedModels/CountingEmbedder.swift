import Core
import Synchronization
import Understanding

/// Gives vectors by words, and counts the texts it was asked for.
package final class CountingEmbedder: Embedder {
    private struct State {
        var counts: [String: Int] = [:]
        var left: Int
    }

    private let state: Mutex<State>
    private let name: String?
    private let words = WordEmbedder()

    /// - Parameters:
    ///   - name: what it says it is; nil says nothing.
    ///   - most: texts it embeds before it waits until it is cancelled.
    package init(name: String? = "counting", most: Int = .max) {
        self.name = name
        state = Mutex(State(left: most))
    }

    /// How often each text was embedded.
    package var counts: [String: Int] { state.withLock { $0.counts } }
    package var total: Int { counts.values.reduce(0, +) }

    package func maker() async -> String? { name }

    package func embed(_ texts: [String]) async throws -> [[Float]] {
        let isEnough = state.withLock { state in
            state.left -= texts.count
            return state.left < 0
        }
        if isEnough { try await Task.sleep(for: .seconds(600)) }
        state.withLock { state in for text in texts { state.counts[text, default: 0] += 1 } }
        return try await words.embed(texts)
    }

    package func embedWhenIdle(_ texts: [String]) async throws -> [[Float]] { try await embed(texts) }
    package func tokenCounts(of texts: [String]) async throws -> [Int] { try await words.tokenCounts(of: texts) }
}
