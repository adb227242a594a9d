import Synchronization

/// Bytes that several may hold at once, of which there is only so much: who wants more waits a moment.
package final class ByteBudget: Sendable {
    private struct Waiter {
        var bytes: Int
        var continuation: CheckedContinuation<Bool, Never>
    }

    private struct State {
        var used = 0
        var lastNumber = 0
        /// In the order they came.
        var waiters: [(number: Int, waiter: Waiter)] = []
        /// Those who ask, and whether they have given up before they came to wait.
        var asking: [Int: Bool] = [:]
    }

    package let limit: Int
    /// Written by every task that reads a body, for a few instructions.
    private let state = Mutex(State())

    package init(limit: Int) {
        self.limit = limit
    }

    package var used: Int { state.withLock { $0.used } }

    /// Takes bytes where there are as many.
    ///
    /// - Returns: whether there were.
    package func takeNow(_ bytes: Int) -> Bool {
        state.withLock { state in
            guard state.waiters.isEmpty, state.used + bytes <= limit else { return false }
            state.used += bytes
            return true
        }
    }

    /// Takes bytes, and waits for them if need be.
    ///
    /// - Returns: whether there were as many within the time, and the task was not cancelled.
    package func take(_ bytes: Int, within time: Duration) async -> Bool {
        if takeNow(bytes) { return true }
        guard bytes <= limit else { return false }
        let number = state.withLock { state in
            state.lastNumber += 1
            state.asking[state.lastNumber] = false
            return state.lastNumber
        }
        defer { state.withLock { _ = $0.asking.removeValue(forKey: number) } }
        let timer = Task {
            try await Task.sleep(for: time)
            self.expire(number)
        }
        defer { timer.cancel() }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let now = state.withLock { state -> Bool? in
                    if state.asking[number] == true { return false }
                    if state.waiters.isEmpty, state.used + bytes <= limit {
                        state.used += bytes
                        return true
                    }
                    state.waiters.append((number, Waiter(bytes: bytes, continuation: continuation)))
                    return nil
                }
                if let now { continuation.resume(returning: now) }
            }
        } onCancel: {
            expire(number)
        }
    }

    /// Gives bytes back.
    package func give(_ bytes: Int) {
        guard bytes > 0 else { return }
        let served = state.withLock { state -> [Waiter] in
            state.used -= bytes
            var served: [Waiter] = []
            while let first = state.waiters.first, state.used + first.waiter.bytes <= limit {
                state.used += first.waiter.bytes
                served.append(first.waiter)
                state.waiters.removeFirst()
            }
            return served
        }
        for waiter in served { waiter.continuation.resume(returning: true) }
    }

    private func expire(_ number: Int) {
        let waiter = state.withLock { state -> Waiter? in
            guard let index = state.waiters.firstIndex(where: { $0.number == number }) else {
                // It has been served, or does not wait yet.
                if state.asking[number] != nil { state.asking[number] = true }
                return nil
            }
            return state.waiters.remove(at: index).waiter
        }
        waiter?.continuation.resume(returning: false)
    }
}
