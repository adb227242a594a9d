import Confinement
import Dispatch
import Foundation
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
            try await Task.sleep(for: .seconds(3600))
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

        func log(event: LogEvent) {
            kept.lines.withLock { $0.append("\(event.message) \(event.metadata?["held by"] ?? "")") }
        }
    }

    @Test func `names what held the stop, closes the store, and ends the process; also where closing hangs`()
        async throws
    {
        let log = Log()
        let (ended, ending) = AsyncStream.makeStream(of: Int32.self)
        let watch = StopWatch(
            grace: .zero, logger: Logger(label: "test", factory: { _ in Lines(kept: log) }),
            ending: StopWatch.Ending(
                close: {
                    log.lines.withLock { $0.append("closed") }
                    DispatchSemaphore(value: 0).wait()
                },
                // Those of this process are other tests' daemons.
                endChildren: { log.lines.withLock { $0.append("children") } }, exit: { ending.yield($0) }))
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
        #expect(
            log.lines.withLock { $0 } == [
                "not stopped in time; ending all the same the plugins", "closed", "children",
            ])
    }

    @Test func `a confined child's own children end with it, and any other child is killed`() throws {
        let confined = try Confiner.installed().command(
            Confinement(), running: "/bin/sh", ["-c", "setsid sleep 300 & echo $!; exec sleep 300"])
        for (program, arguments) in [confined, ("/bin/sh", ["-c", "trap '' TERM; echo $$; sleep 300"])] {
            let child = Process()
            child.executableURL = URL(fileURLWithPath: program)
            child.arguments = arguments
            let output = Pipe()
            child.standardOutput = output
            try child.run()
            let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
            let pid = try #require(pid_t(line.trimmingCharacters(in: .newlines)))
            StopWatch.end(child: child.processIdentifier)
            child.waitUntilExit()
            #expect(child.terminationReason == .uncaughtSignal)
            #expect(kill(pid, 0) == -1)
        }
    }
}
