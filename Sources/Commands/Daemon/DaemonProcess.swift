import Foundation

/// A daemon that runs, by its process number.
struct DaemonProcess {
    let pid: Int
    /// How long it may take to end: what it lets answers finish in, and some more.
    var patience = Duration.seconds(30)

    /// Asks the process to end and waits until it has.
    ///
    /// - Throws: `daemonNotStopped`.
    func stop() async throws {
        guard kill(pid_t(pid), SIGTERM) == 0 || errno == ESRCH else {
            throw CommandError(
                .daemonNotStopped,
                "Not allowed to stop squired, pid \(pid): \(unsafe String(cString: strerror(errno))).")
        }
        let clock = ContinuousClock()
        let deadline = clock.now + patience
        while isRunning {
            guard clock.now < deadline else {
                throw CommandError(
                    .daemonNotStopped,
                    "squired, pid \(pid), did not end within \(patience). End it with: kill -9 \(pid)")
            }
            try await Task.sleep(for: .milliseconds(10))
        }
    }

    var isRunning: Bool {
        guard kill(pid_t(pid), 0) == 0 || errno == EPERM else { return false }
        #if os(Linux)
            // One that has ended stays as a zombie where nobody asks how (proc(5): the state follows the name).
            guard let text = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
                let name = text.lastIndex(of: ")")
            else { return false }
            return !text[name...].hasPrefix(") Z")
        #else
            return true
        #endif
    }
}
