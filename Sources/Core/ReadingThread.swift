private import Dispatch

/// A thread beside the pool that everything else waits for, for taking apart what somebody else wrote: one piece of work
/// after another, however many are asked for. Questions, `ping` and `status` go on meanwhile.
package final class ReadingThread: TaskExecutor {
    private let queue: DispatchQueue

    /// - Parameter name: shown by debuggers.
    package init(name: String) {
        queue = DispatchQueue(label: name, qos: .utility)
    }

    /// Runs work after all that was given before. It stays a part of the task that asks for it: `Task.isCancelled` in it is
    /// the caller's.
    ///
    /// - Throws: what it throws; `CancellationError` where the task is cancelled when it ends.
    package func run<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
        let result = try await withTaskExecutorPreference(self) { try await Self.perform(work) }
        try Task.checkCancellation()
        return result
    }

    @concurrent
    private static func perform<Result: Sendable>(_ work: @Sendable () throws -> Result) async throws -> Result {
        try work()
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { unsafe job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }

    /// Ends the program where this is called from anywhere else.
    package func assertIsHere() { dispatchPrecondition(condition: .onQueue(queue)) }
}
