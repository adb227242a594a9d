private import Dispatch

/// Runs what reads other people's bytes for long on a thread of its own, so that neither an actor nor one of the few
/// threads that all tasks share waits for it.
package final class ReadingThread: TaskExecutor {
    private let queue: DispatchQueue

    /// - Parameter name: shown by debuggers.
    package init(name: String) {
        queue = DispatchQueue(label: name, qos: .utility)
    }

    /// Runs work after all that was given before. `Task.isCancelled` in it is the caller's.
    package func run<T: Sendable>(_ work: @Sendable @escaping () throws -> T) async throws -> T {
        try await withTaskExecutorPreference(self) { try await Self.perform(work) }
    }

    @concurrent private static func perform<T: Sendable>(_ work: @Sendable () throws -> T) async throws -> T {
        try work()
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { unsafe job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
