import Foundation
import Subprocess
import Synchronization

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// `squired`, or another of the programs, as a child process, with what it writes to standard error.
final class RunningProgram: Sendable {
    private struct State {
        var error = Data()
        var isErrorOver = false
        var waiting: [Waiter] = []
    }

    private struct Waiter {
        var isDone: @Sendable (borrowing State) -> Bool
        var continuation: CheckedContinuation<Void, Never>
    }

    /// Shared with the task that reads what is written, so that a program which a failed test has forgotten ends.
    private final class Output: Sendable {
        let state = Mutex(State())

        func change(_ body: (inout State) -> Void) {
            let done = state.withLock { state -> [Waiter] in
                body(&state)
                let (waiting, done) = (
                    state.waiting.filter { !$0.isDone(state) }, state.waiting.filter { $0.isDone(state) }
                )
                state.waiting = waiting
                return done
            }
            for waiter in done { waiter.continuation.resume() }
        }
    }

    let pid: Int32
    private let output: Output
    /// The exit status, or the number of the signal that ended it.
    private let end: Task<Int32, any Error>

    static func start(
        _ arguments: [String], program name: String = "squired", environment: [String: String]
    ) async throws -> RunningProgram {
        let output = Output()
        let (started, starting) = AsyncStream.makeStream(of: Int32.self)
        let variables = environment.map { Array("\($0)=\($1)".utf8) + [0] }
        let end = Task {
            defer { starting.finish() }
            let result = try await Subprocess.run(
                .path(FilePath(folder.appending(path: name).path)), arguments: Arguments(arguments),
                environment: .custom(variables), input: .none, output: .discarded, error: .sequence
            ) { execution in
                starting.yield(execution.processIdentifier.value)
                for try await bytes in execution.standardError {
                    let data = unsafe bytes.withUnsafeBytes { unsafe Data($0) }
                    output.change { $0.error += data }
                }
            }
            output.change { $0.isErrorOver = true }
            return switch result.terminationStatus {
            case .exited(let status): status
            case .signaled(let signal): signal
            }
        }
        for await pid in started { return RunningProgram(pid: pid, output: output, end: end) }
        _ = try await end.value
        throw Failure(description: "\(name) was not started")
    }

    private init(pid: Int32, output: Output, end: Task<Int32, any Error>) {
        self.pid = pid
        self.output = output
        self.end = end
    }

    deinit {
        send(SIGKILL)
    }

    var errorText: String { output.state.withLock { String(decoding: $0.error, as: UTF8.self) } }

    func send(_ signal: Int32) {
        // A process that was waited for is gone, and its number may be another's.
        output.state.withLock { if !$0.isErrorOver { kill(pid, signal) } }
    }

    /// Returns once the text was written, or all was written and it was not in it.
    func waitForError(containing text: String) async -> Bool {
        let text = Data(text.utf8)
        await withCheckedContinuation { continuation in
            output.change { state in
                state.waiting.append(
                    Waiter(
                        isDone: { $0.isErrorOver || $0.error.range(of: text) != nil }, continuation: continuation))
            }
        }
        return output.state.withLock { $0.error.range(of: text) != nil }
    }

    /// - Returns: the exit status, once all that was written is read.
    func waitForEnd() async -> Int32 {
        (try? await end.value) ?? -1
    }

    /// Where the programs were built: beside the tests.
    static var folder: URL {
        Bundle.allBundles.first { $0.bundleURL.pathExtension == "xctest" }?.bundleURL.deletingLastPathComponent()
            ?? Bundle.main.bundleURL
    }
}
