import Core
import Languages
import Synchronization
import Understanding

/// What one turn may take.
struct TurnLimits: Sendable {
    /// Tokens that are computed: read anew, or generated.
    let tokens: Int
    /// Without what the user is waited for.
    let seconds: Int
    var language = QuestionLanguage.english

    /// Why the turn ends here; nil where it may go on.
    func reason(after usage: Usage, isLate: Bool) -> String? {
        let phrases = language.words.answers.limits
        if isLate { return phrases.seconds(["seconds": "\(seconds)"]) }
        return left(after: usage) > 0 ? nil : phrases.tokens(["tokens": "\(tokens)"])
    }

    /// The tokens that are left.
    func left(after usage: Usage) -> Int {
        tokens - (usage.promptTokens - usage.cachedTokens) - usage.completionTokens
    }

    /// Runs work in a task that is cancelled when its time is over; the clock tells it why.
    func run<Result: Sendable>(
        _ work: @escaping @Sendable (TurnClock) async throws -> Result
    ) async throws -> Result {
        let clock = TurnClock()
        let task = Task { try await work(clock) }
        let watch = Task {
            try await clock.run(for: .seconds(seconds))
            task.cancel()
        }
        defer { watch.cancel() }
        return try await withTaskCancellationHandler {
            try await task.value
        } onCancel: {
            task.cancel()
        }
    }
}

/// The time a turn takes, without what it waits for the user.
final class TurnClock: Sendable {
    private struct State {
        var isLate = false
        var waiting = 0
    }

    private let state = Mutex(State())

    var isLate: Bool { state.withLock { $0.isLate } }

    /// Waits for somebody who may have to come back to the screen first: the clock stands still.
    func standing<Result>(_ wait: () async throws -> Result) async rethrows -> Result {
        state.withLock { $0.waiting += 1 }
        defer { state.withLock { $0.waiting -= 1 } }
        return try await wait()
    }

    /// Returns when the time is over.
    fileprivate func run(for limit: Duration) async throws {
        var used = Duration.zero
        var last = ContinuousClock.now
        while used < limit {
            // It is not told when the user is waited for; a second more or less is nothing to a turn's time.
            try await Task.sleep(for: min(.seconds(1), limit - used))
            let now = ContinuousClock.now
            if state.withLock({ $0.waiting == 0 }) { used += now - last }
            last = now
        }
        state.withLock { $0.isLate = true }
    }
}
