import Dispatch
import Foundation
import Logging
import ServiceLifecycle
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Ends the process where it was told to stop and does not: whatever hangs, a stop takes no longer than it may.
///
/// It has a thread of its own and hears of the signal by itself, since what hangs may hold every thread of Swift's pool.
final class StopWatch: Sendable {
    /// What is done at the end, in place of waiting any longer.
    struct Ending: Sendable {
        /// Closes what is better closed; given a second.
        var close: @Sendable () -> Void
        /// Ends the programs that this process started: nobody is there to end them later.
        var endChildren: @Sendable () -> Void = { StopWatch.endChildren() }
        /// Ends the process.
        var exit: @Sendable (Int32) -> Void = { _exit($0) }
    }

    /// The exit status of a daemon that did not stop by itself (`EX_SOFTWARE`).
    static let status: Int32 = 70

    private struct State {
        var names: [String] = []
        var ended: Set<String> = []
        var isOver = false
    }

    private let limit: Duration
    private let logger: Logger
    private let ending: Ending
    /// Changed by the services' tasks; read by the watch's thread.
    private let state = Mutex(State())
    /// A serial queue gets a thread whatever others have.
    private let queue = DispatchQueue(label: "squire.stop", qos: .userInitiated)

    /// Time for closing beside what running answers may take.
    private static let closing = Duration.seconds(6)

    /// - Parameter grace: how long running answers may go on.
    init(grace: Duration, logger: Logger, ending: Ending) {
        limit = grace + Self.closing
        self.logger = logger
        self.ending = ending
    }

    /// Begins to wait for a signal to stop. It counts from the first.
    ///
    /// - Returns: what keeps it waiting; to be kept as long.
    func begin(_ signals: [Int32] = [SIGTERM, SIGINT]) -> [any DispatchSourceSignal] {
        signals.map { number in
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler { [self] in stopIsDue(within: limit) }
            source.resume()
            return source
        }
    }

    /// Ends the process when it has not ended by itself until then.
    func stopIsDue(within limit: Duration) {
        let isFirst = state.withLock { state in
            defer { state.isOver = true }
            return !state.isOver
        }
        guard isFirst else { return }
        let thread = Thread { [self] in
            Thread.sleep(forTimeInterval: limit / .seconds(1))
            end(after: limit)
        }
        thread.name = "stop"
        thread.start()
    }

    private func end(after limit: Duration) {
        let held = state.withLock { state in state.names.filter { !state.ended.contains($0) } }
        // Stopped in the opposite order: what comes last and has not ended is what the others wait for.
        let holder = held.last ?? "the end of the process"
        Self.within(.seconds(1)) { [logger] in
            logger.error(
                "not stopped in time; ending all the same",
                metadata: [
                    "held by": "\(holder)", "seconds": "\(limit / .seconds(1))",
                    "not ended": "\(held.joined(separator: ", "))",
                ])
        }
        Self.within(.seconds(1), ending.close)
        ending.endChildren()
        ending.exit(Self.status)
    }

    /// Does something that may hang itself, and goes on without it then.
    private static func within(_ limit: Duration, _ work: @escaping @Sendable () -> Void) {
        let done = DispatchSemaphore(value: 0)
        Thread.detachNewThread {
            work()
            done.signal()
        }
        _ = done.wait(timeout: .now() + limit / .seconds(1))
    }

    private static func endChildren() {
        #if os(Linux)
            for task in (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task")) ?? [] {
                let list = (try? String(contentsOfFile: "/proc/self/task/\(task)/children", encoding: .utf8)) ?? ""
                for pid in list.split(separator: " ").compactMap({ pid_t($0) }) { end(child: pid) }
            }
        #endif
    }

    static func end(child pid: pid_t) {
        let name = try? String(contentsOfFile: "/proc/\(pid)/comm", encoding: .utf8)
        guard name != "squire-confine\n" else {
            // Killed it could not end what its program started. Asked it does, and needs nobody to wait for it.
            kill(pid, SIGTERM)
            return
        }
        // Those with a group of their own with all that they started.
        if getpgid(pid) == pid { kill(-pid, SIGKILL) }
        kill(pid, SIGKILL)
    }

    // MARK: Services

    /// A service, and a note of when it has ended.
    func watching(_ name: String, _ service: any Service) -> any Service {
        state.withLock { $0.names.append(name) }
        return WatchedService(name: name, service: service, watch: self)
    }

    fileprivate func ended(_ name: String) {
        state.withLock { _ = $0.ended.insert(name) }
    }
}

private struct WatchedService: Service {
    let name: String
    let service: any Service
    let watch: StopWatch

    func run() async throws {
        defer { watch.ended(name) }
        try await service.run()
    }
}
