import Dispatch

/// A thread beside the pool that everything else waits for, for taking apart what somebody else wrote: one piece of work
/// after another, however many are asked for. Questions, `ping` and `status` go on meanwhile.
///
/// Work stays a part of the task that asks for it, and sees when that is cancelled.
package final class ReadingExecutor: TaskExecutor {
    private let queue = DispatchQueue(label: "squire.reading", qos: .utility)

    package init() {}

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { unsafe job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }

    /// Runs work there.
    ///
    /// - Throws: what it throws; `CancellationError` where the task is cancelled when it ends.
    package func run<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
        let result = try await withTaskExecutorPreference(self) { try await Self.runHere(work) }
        try Task.checkCancellation()
        return result
    }

    @concurrent
    private static func runHere<Result: Sendable>(_ work: @Sendable () throws -> Result) async throws -> Result {
        try work()
    }

    /// Ends the program where this is called from anywhere else.
    package func assertIsHere() { dispatchPrecondition(condition: .onQueue(queue)) }
}
