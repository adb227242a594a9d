import Dispatch
import Logging
import ServiceLifecycle
import Synchronization
import Testing

@testable import Daemon

/// What ends a daemon that does not end by itself.
@Suite(.timeLimit(.minutes(1)))
struct StopWatchTests {
    private struct Endless: Service {
        func run() async throws {
            // Deaf to every request to stop.
            await withCheckedContinuation { (_: CheckedContinuation<Void, Never>) in }
        }
    }

    private struct Short: Service {
        func run() async throws {}
    }

    /// What was logged.
    private final class Log: Sendable {
        let lines = Mutex<[String]>([])
    }

    private struct Lines: LogHandler {
        let kept: Log
        var logLevel = Logger.Level.info
        var metadata: Logger.Metadata = [:]

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(
            level: Logger.Level, message: Logger.Message, metadata: Logger.Metadata?, source: String, file: String,
            function: String, line: UInt
        ) {
            kept.lines.withLock { $0.append("\(message) \(metadata?["held by"] ?? "")") }
        }
    }

    @Test("names what held the stop, closes the store, and ends the process; also where closing hangs")
    func ends() async throws {
        let log = Log()
        let (ended, ending) = AsyncStream.makeStream(of: Int32.self)
        let closed = Atomic(false)
        let watch = StopWatch(
            grace: .zero, logger: Logger(label: "test", factory: { _ in Lines(kept: log) }),
            ending: StopWatch.Ending(
                close: {
                    closed.store(true, ordering: .relaxed)
                    DispatchSemaphore(value: 0).wait()
                }, exit: { ending.yield($0) }))
        let services = [
            watch.watching("the database", Endless()), watch.watching("the plugins", Endless()),
            watch.watching("the socket", Short()),
        ]
        for service in services { Task { try await service.run() } }
        try await Task.sleep(for: .milliseconds(200))
        watch.stopIsDue(within: .milliseconds(100))
        // A second signal does not begin a second time.
        watch.stopIsDue(within: .milliseconds(100))
        for await status in ended {
            #expect(status == StopWatch.status)
            break
        }
        #expect(closed.load(ordering: .relaxed))
        #expect(log.lines.withLock { $0 } == ["not stopped in time; ending all the same the plugins"])
    }
}
