import Dispatch
import Foundation

/// Control-C while something runs that should end in an orderly way.
enum Interruption {
    /// Runs `body` in a task that Control-C cancels. A second Control-C ends the program at once.
    static func cancelling<Result: Sendable>(
        _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        let task = Task { try await body() }
        // The source sees the signal only when its own action is off.
        let before = signal(SIGINT, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
        source.setEventHandler {
            if task.isCancelled { exit(ExitStatus.interrupted) }
            task.cancel()
        }
        source.resume()
        defer {
            source.cancel()
            _ = signal(SIGINT, before)
        }
        return try await withTaskCancellationHandler {
            try await task.value
        } onCancel: {
            task.cancel()
        }
    }
}
