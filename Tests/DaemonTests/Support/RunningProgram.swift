import Foundation
import Synchronization

/// `squired` as a child process, with what it writes to standard error.
final class RunningProgram: Sendable {
    private struct State {
        var error = Data()
        var status: Int32?
        var isErrorOver = false
        var waiting: [Int: Waiter] = [:]
        var lastWaiter = 0
    }

    private struct Waiter {
        var isDone: @Sendable (borrowing State) -> Bool
        var continuation: CheckedContinuation<Void, Never>
    }

    private let process: Process
    /// Changed by Foundation's threads, read by tests.
    private let state = Mutex(State())

    static func start(_ arguments: [String], environment: [String: String]) throws -> RunningProgram {
        let process = Process()
        process.executableURL = folder.appending(path: "squired")
        process.arguments = arguments
        process.environment = environment
        process.standardInput = FileHandle.nullDevice
        let pipe = Pipe()
        process.standardError = pipe
        let program = RunningProgram(process)
        // Weak, so that a program that a failed test has forgotten ends.
        process.terminationHandler = { [weak program] in program?.finish($0.terminationStatus) }
        try process.run()
        pipe.fileHandleForReading.readabilityHandler = { [weak program] handle in
            let data = handle.availableData
            if data.isEmpty { handle.readabilityHandler = nil }
            program?.append(data)
        }
        return program
    }

    private init(_ process: Process) {
        self.process = process
    }

    deinit {
        send(SIGKILL)
    }

    var pid: Int32 { process.processIdentifier }

    var errorText: String { state.withLock { String(decoding: $0.error, as: UTF8.self) } }

    func send(_ signal: Int32) {
        // A process that was waited for is gone, and its number may be another's.
        state.withLock { if $0.status == nil { kill(pid, signal) } }
    }

    /// Returns once the text was written, or all was written and it was not in it.
    func waitForError(containing text: String) async -> Bool {
        let text = Data(text.utf8)
        await wait { $0.isErrorOver || $0.error.range(of: text) != nil }
        return state.withLock { $0.error.range(of: text) != nil }
    }

    /// - Returns: the exit status, once all that was written is read.
    func waitForEnd() async -> Int32 {
        await wait { $0.status != nil && $0.isErrorOver }
        return state.withLock { $0.status ?? -1 }
    }

    private func wait(until isDone: @escaping @Sendable (borrowing State) -> Bool) async {
        await withCheckedContinuation { continuation in
            change { state in
                state.lastWaiter += 1
                state.waiting[state.lastWaiter] = Waiter(isDone: isDone, continuation: continuation)
            }
        }
    }

    private func append(_ data: Data) {
        change { state in
            state.error += data
            if data.isEmpty { state.isErrorOver = true }
        }
    }

    private func finish(_ status: Int32) {
        change { $0.status = status }
    }

    private func change(_ body: (inout State) -> Void) {
        let done = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            body(&state)
            let keys = state.waiting.filter { $0.value.isDone(state) }.map(\.key)
            return keys.compactMap { state.waiting.removeValue(forKey: $0)?.continuation }
        }
        for continuation in done { continuation.resume() }
    }

    /// Where the programs were built: beside the tests.
    private static var folder: URL {
        Bundle.allBundles.first { $0.bundleURL.pathExtension == "xctest" }?.bundleURL.deletingLastPathComponent()
            ?? Bundle.main.bundleURL
    }
}
