import Core
import NIOCore
import Synchronization

/// A call of this end that waits for its answer. Apart from `cancel` it is used on the event loop only.
final class PendingCall {
    let id: RPCID
    /// Set when the caller no longer waits for the answer as such: what is thrown instead.
    var failure: (any Error)?
    var deadline: Scheduled<Void>?
    private let cancellation: CancellationFlag
    private let continuation: CheckedContinuation<JSONValue, any Error>

    init(id: RPCID, cancellation: CancellationFlag, continuation: CheckedContinuation<JSONValue, any Error>) {
        self.id = id
        self.cancellation = cancellation
        self.continuation = continuation
    }

    var isCancelled: Bool { cancellation.isSet }

    func finish(_ answer: Result<JSONValue, any Error>) {
        continuation.resume(with: answer)
    }
}

/// Set when the calling task is cancelled, which may be before the call has reached the event loop.
final class CancellationFlag: Sendable {
    private let flag = Atomic(false)

    var isSet: Bool { flag.load(ordering: .acquiring) }
    func set() { flag.store(true, ordering: .releasing) }
}
