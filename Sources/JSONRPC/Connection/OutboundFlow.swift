import Synchronization

/// Counts the bytes a connection has not sent yet, and lets writers wait while there are too many.
final class OutboundFlow: Sendable {
    private struct State {
        var unsent = 0
        var isClosed = false
        var lastWaiter = 0
        var waiters: [Int: CheckedContinuation<Void, Never>] = [:]
    }

    private let limits: RPCLimits
    /// Written by every task that sends and by the event loop, each for a few instructions.
    private let state = Mutex(State())

    init(limits: RPCLimits) {
        self.limits = limits
    }

    var unsentBytes: Int { state.withLock { $0.unsent } }

    /// Whether the other end is behind, so that its requests should not be read.
    var isCongested: Bool { state.withLock { $0.unsent >= limits.unsentBytes } }

    /// Counts bytes that are about to be written, however many wait.
    ///
    /// - Returns: false when the connection must be closed because too many wait.
    func add(_ bytes: Int) -> Bool {
        state.withLock { state in
            state.unsent += bytes
            return state.unsent < limits.unsentBytesToClose
        }
    }

    /// Counts bytes that are about to be written, once there is room.
    ///
    /// - Throws: `closed`; `CancellationError`.
    func addWhenWritable(_ bytes: Int) async throws {
        while true {
            let added = try state.withLock { state in
                guard !state.isClosed else {
                    throw RPCConnectionError(.closed, "The connection is closed.")
                }
                guard state.unsent < limits.unsentBytes else { return false }
                state.unsent += bytes
                return true
            }
            if added { return }
            try Task.checkCancellation()
            await waitForRoom()
        }
    }

    /// Bytes were written, or never will be.
    func remove(_ bytes: Int) {
        let waiters = state.withLock { state in
            state.unsent -= bytes
            return state.unsent < limits.unsentBytes ? takeWaiters(&state) : []
        }
        for waiter in waiters { waiter.resume() }
    }

    /// No more can be written: everyone who waits is told.
    func close() {
        let waiters = state.withLock { state in
            state.isClosed = true
            return takeWaiters(&state)
        }
        for waiter in waiters { waiter.resume() }
    }

    private func waitForRoom() async {
        let number = state.withLock { state in
            state.lastWaiter += 1
            return state.lastWaiter
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let mayWait = state.withLock { state in
                    guard !Task.isCancelled, !state.isClosed, state.unsent >= limits.unsentBytes else { return false }
                    state.waiters[number] = continuation
                    return true
                }
                if !mayWait { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiters.removeValue(forKey: number) }?.resume()
        }
    }

    private func takeWaiters(_ state: inout State) -> [CheckedContinuation<Void, Never>] {
        defer { state.waiters = [:] }
        return Array(state.waiters.values)
    }
}
