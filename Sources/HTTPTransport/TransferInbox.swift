import Core
import Synchronization

/// What tasks leave for the thread that owns libcurl: requests to make and requests to give up.
///
/// The mutex is held for moments only. `curl_multi_wakeup` may be called from any thread (its manual page) while the
/// handle lives, which calling it under the lock ensures.
final class TransferInbox: Sendable {
    struct Submission: Sendable {
        var ticket: Int
        var request: HTTPRequest
        var continuation: CheckedContinuation<HTTPResponse, any Error>

        func failStopped() {
            continuation.resume(throwing: HTTPError.stopped(request))
        }
    }

    struct Contents: Sendable {
        var submissions: [Submission] = []
        var cancelled: Set<Int> = []
        var isStopping = false
    }

    private struct State {
        var contents = Contents()
        var lastTicket = 0
        /// The tickets of requests that are not over: a cancellation that comes too late leaves nothing behind.
        var live: Set<Int> = []
        var isClosed = false
        /// Wakes the thread; set while its loop runs.
        var wake: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())

    func nextTicket() -> Int {
        state.withLock { state in
            state.lastTicket += 1
            state.live.insert(state.lastTicket)
            return state.lastTicket
        }
    }

    func submit(_ submission: Submission) {
        let accepted = state.withLock { state in
            guard !state.isClosed, !state.contents.isStopping else {
                state.live.remove(submission.ticket)
                return false
            }
            state.contents.submissions.append(submission)
            state.wake?()
            return true
        }
        if !accepted { submission.failStopped() }
    }

    func cancel(_ ticket: Int) {
        state.withLock { state in
            guard state.live.contains(ticket) else { return }
            state.contents.cancelled.insert(ticket)
            state.wake?()
        }
    }

    func stop() {
        state.withLock { state in
            state.contents.isStopping = true
            state.wake?()
        }
    }

    /// Takes what has come since the last time. Cancellations stay until `forget`, since one can overtake its request.
    func take() -> Contents {
        state.withLock { state in
            defer { state.contents.submissions = [] }
            return state.contents
        }
    }

    /// The request is over.
    func forget(_ ticket: Int) {
        state.withLock { state in
            state.live.remove(ticket)
            state.contents.cancelled.remove(ticket)
        }
    }

    /// - Parameter wake: called under the lock, so that it is never called after `close`.
    func open(wake: @escaping @Sendable () -> Void) {
        state.withLock { $0.wake = wake }
    }

    /// Nothing is accepted any more.
    ///
    /// - Returns: what was left.
    func close() -> [Submission] {
        state.withLock { state in
            state.wake = nil
            state.isClosed = true
            defer { state.contents.submissions = [] }
            return state.contents.submissions
        }
    }
}
