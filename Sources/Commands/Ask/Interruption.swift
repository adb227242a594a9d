import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Control-C: ends the program, but what runs in `cancelling` it cancels, so that it ends in an orderly way.
enum Interruption {
    /// Cancels what runs; nil where nothing does. Changed by the command, called from the thread that waits.
    private static let cancel = Mutex<(@Sendable () -> Void)?>(nil)

    /// The end of a pipe that the signal's handler writes to, where alone it may do next to nothing.
    private static let bell = Atomic<CInt>(-1)

    /// Takes SIGINT from now on.
    static func watch() {
        let pipe = Pipe()
        bell.store(pipe.fileHandleForWriting.fileDescriptor, ordering: .sequentiallyConsistent)
        Thread.detachNewThread {
            while let byte = try? pipe.fileHandleForReading.read(upToCount: 1), !byte.isEmpty {
                if !interrupt() { exit(ExitStatus.interrupted) }
            }
        }
        signal(SIGINT) { _ in
            let before = errno
            var byte: UInt8 = 0
            unsafe _ = write(Interruption.bell.load(ordering: .sequentiallyConsistent), &byte, 1)
            errno = before
        }
    }

    /// Cancels what runs, as Control-C does.
    ///
    /// - Returns: whether something ran.
    @discardableResult
    static func interrupt() -> Bool {
        guard let cancel = cancel.withLock({ $0.take() }) else { return false }
        cancel()
        return true
    }

    /// Runs `body` in a task that Control-C cancels. A second Control-C ends the program at once.
    static func cancelling<Result: Sendable>(
        _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        let task = Task { try await body() }
        cancel.withLock { $0 = { task.cancel() } }
        defer { cancel.withLock { $0 = nil } }
        return try await withTaskCancellationHandler {
            try await task.value
        } onCancel: {
            task.cancel()
        }
    }
}
