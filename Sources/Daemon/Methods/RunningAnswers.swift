import Synchronization

/// The answers being made, also those whose asker has gone, so that the database stays open until each is stored.
final class RunningAnswers: Sendable {
    private struct State {
        var count = 0
        var isStopping = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    /// Changed by the tasks of requests and by the one that stops the daemon.
    private let state = Mutex(State())

    /// Whether the daemon has been told to stop: answers that are cut from now on are cut by it.
    var isStopping: Bool { state.withLock { $0.isStopping } }

    func stop() {
        state.withLock { $0.isStopping = true }
    }

    func run<Result: Sendable>(_ body: () async throws -> Result) async rethrows -> Result {
        state.withLock { $0.count += 1 }
        defer {
            let waiting = state.withLock { state -> [CheckedContinuation<Void, Never>] in
                state.count -= 1
                guard state.count == 0 else { return [] }
                defer { state.waiting = [] }
                return state.waiting
            }
            for continuation in waiting { continuation.resume() }
        }
        return try await body()
    }

    /// Returns when no answer is being made.
    func waitUntilNone() async {
        await withCheckedContinuation { continuation in
            let isNone = state.withLock { state in
                if state.count > 0 { state.waiting.append(continuation) }
                return state.count == 0
            }
            if isNone { continuation.resume() }
        }
    }
}
