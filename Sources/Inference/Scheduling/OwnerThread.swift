import Dispatch
import Foundation
import Synchronization

/// A thread that owns a value nobody else can touch, and works off jobs on it in the order they came.
///
/// Decoding takes a core for seconds: on a thread of its own it never occupies Swift's cooperative pool. The value is a
/// local variable of the thread, so that no lock and no actor hop stands between two tokens.
final class OwnerThread<State: ~Copyable>: Sendable {
    struct Job: Sendable {
        var run: @Sendable (inout State) -> Void
        /// Called in place of `run` when there is no value, or the thread is stopping.
        var fail: @Sendable (InferenceError) -> Void
    }

    private struct Mailbox {
        var jobs: [Job] = []
        var isStopping = false
    }

    private let mailbox = Mutex(Mailbox())
    private let arrivals = DispatchSemaphore(value: 0)
    private let ended = DispatchSemaphore(value: 0)

    /// What the value does between jobs.
    struct Work: Sendable {
        /// Does a piece of work, and says how long there is none unless a job comes; nil is for ever.
        var step: @Sendable (inout State) -> Duration?
        /// Called last, when the thread is stopping.
        var finish: @Sendable (inout State) -> Void
    }

    /// Starts the thread, which first makes its value. What `make` throws, every job is failed with.
    init(name: String, work: Work? = nil, make: @escaping @Sendable () throws(InferenceError) -> State) {
        // The thread keeps the object alive until `stop` has been called.
        let thread = Thread { self.main(work, make) }
        thread.name = name
        thread.stackSize = 8 << 20
        thread.start()
    }

    func submit(_ job: Job) {
        let accepted = mailbox.withLock { mailbox in
            if !mailbox.isStopping { mailbox.jobs.append(job) }
            return !mailbox.isStopping
        }
        if accepted { arrivals.signal() } else { job.fail(Self.stopped) }
    }

    /// Lets the job that runs come to its end, fails the others, and returns when the value is gone.
    func stop() async {
        mailbox.withLock { $0.isStopping = true }
        arrivals.signal()
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { [ended] in
                ended.wait()
                ended.signal()
                continuation.resume()
            }
        }
    }

    private static var stopped: InferenceError {
        InferenceError(.stopped, "the daemon is stopping; ask again when it is back")
    }

    private func main(_ work: Work?, _ make: () throws(InferenceError) -> State) {
        defer { ended.signal() }
        do throws(InferenceError) {
            var state = try make()
            var rest: Duration? = .zero
            while let jobs = next(within: rest) {
                for job in jobs { job.run(&state) }
                rest = work?.step(&state)
            }
            work?.finish(&state)
        } catch {
            while let jobs = next(within: nil) { for job in jobs { job.fail(error) } }
        }
    }

    /// The jobs that came; waits for one, but not longer than `rest`. Nil when the thread is to end, after failing what
    /// is left.
    private func next(within rest: Duration?) -> [Job]? {
        if let rest {
            _ = arrivals.wait(timeout: .now() + rest / .seconds(1))
        } else {
            arrivals.wait()
        }
        let (jobs, isStopping) = mailbox.withLock { mailbox in
            defer { mailbox.jobs = [] }
            return (mailbox.jobs, mailbox.isStopping)
        }
        guard isStopping else { return jobs }
        for job in jobs { job.fail(Self.stopped) }
        return nil
    }
}
