import Synchronization

/// A value that is being made; anyone can wait for it.
final class Loading<Value: Sendable>: Sendable {
    private enum State {
        case pending([Int: CheckedContinuation<Value, any Error>])
        case done(Result<Value, InferenceError>)
    }

    private let state = Mutex(State.pending([:]))
    private let tickets = Atomic(0)

    /// The value, or what making it threw; nil while it is being made.
    var result: Result<Value, InferenceError>? {
        state.withLock { if case .done(let result) = $0 { result } else { nil } }
    }

    /// Ends the waiting. Later calls change nothing.
    func finish(_ result: Result<Value, InferenceError>) {
        let waiting = state.withLock { state -> [CheckedContinuation<Value, any Error>] in
            guard case .pending(let waiting) = state else { return [] }
            state = .done(result)
            return Array(waiting.values)
        }
        for continuation in waiting { continuation.resume(with: result.mapError { $0 }) }
    }

    /// Waits for the value.
    ///
    /// - Throws: what making it threw; `CancellationError`.
    func value() async throws -> Value {
        let ticket = tickets.add(1, ordering: .relaxed).newValue
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let ready = state.withLock { state -> Result<Value, any Error>? in
                    switch state {
                    case .done(let result): return result.mapError { $0 }
                    case .pending(var waiting):
                        // A cancellation that came first found nobody to wake.
                        if Task.isCancelled { return .failure(CancellationError()) }
                        waiting[ticket] = continuation
                        state = .pending(waiting)
                        return nil
                    }
                }
                if let ready { continuation.resume(with: ready) }
            }
        } onCancel: {
            let waiting = state.withLock { state -> CheckedContinuation<Value, any Error>? in
                guard case .pending(var waiting) = state else { return nil }
                defer { state = .pending(waiting) }
                return waiting.removeValue(forKey: ticket)
            }
            waiting?.resume(throwing: CancellationError())
        }
    }
}
