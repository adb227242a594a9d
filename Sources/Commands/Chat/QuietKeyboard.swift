import Dispatch
import Foundation
import Synchronization

/// The keyboard while an answer is written: what is typed does not appear in the answer, and is kept for the next prompt;
/// Control-D stops the answer.
final class QuietKeyboard: Sendable {
    private struct State {
        var typed = TypedAhead()
        var isListening = false
    }

    private let onEnd: @Sendable () -> Void
    /// Changed by the thread that reads, and by whoever begins and ends.
    private let state = Mutex(State())
    private let bell = Pipe()
    private let ended = DispatchSemaphore(value: 0)

    /// - Parameter onEnd: called from a thread of its own when Control-D is typed.
    init(onEnd: @escaping @Sendable () -> Void) {
        self.onEnd = onEnd
    }

    /// Takes the keyboard from now on.
    func listen() {
        guard
            state.withLock({ state in
                guard !state.isListening, TerminalMode.quiet() else { return false }
                state.isListening = true
                return true
            })
        else { return }
        let bell = bell.fileHandleForReading.fileDescriptor
        Thread.detachNewThread {
            self.read(until: bell)
            self.ended.signal()
        }
    }

    /// Gives the keyboard back as it was.
    func rest() {
        guard
            state.withLock({ state in
                defer { state.isListening = false }
                return state.isListening
            })
        else { return }
        try? bell.fileHandleForWriting.write(contentsOf: Data([0]))
        ended.wait()
        _ = try? bell.fileHandleForReading.read(upToCount: 1)
        TerminalMode.restore()
    }

    /// What was typed since the last time.
    func takeTyped() -> [UInt8] {
        state.withLock { state in
            defer { state.typed = TypedAhead() }
            return state.typed.bytes
        }
    }

    private func read(until bell: CInt) {
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            var polls = [
                pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
                pollfd(fd: bell, events: Int16(POLLIN), revents: 0),
            ]
            guard unsafe poll(&polls, 2, -1) > 0 else {
                if errno == EINTR { continue }
                return
            }
            if polls[1].revents != 0 { return }
            let count = unsafe Foundation.read(STDIN_FILENO, &buffer, buffer.count)
            guard count > 0 else { return }
            let isEnd = state.withLock { $0.typed.add(buffer[..<count]) }
            if isEnd { onEnd() }
        }
    }
}

/// What is kept of keys that were typed while nobody read them: text, and no keys that move or do something.
struct TypedAhead {
    private(set) var bytes: [UInt8] = []
    private var isInEscape = false

    /// A cat on the keyboard is not asked about.
    private static let most = 64 << 10

    /// - Returns: whether Control-D was among the keys.
    mutating func add(_ keys: some Sequence<UInt8>) -> Bool {
        var isEnd = false
        for key in keys {
            if isInEscape {
                // ECMA-48, 5.4: a control sequence ends with a byte from 4/0 to 7/14; `[` and `O` only begin one.
                if (0x40...0x7E).contains(key), key != UInt8(ascii: "["), key != UInt8(ascii: "O") {
                    isInEscape = false
                }
                continue
            }
            switch key {
            case 0x1B: isInEscape = true
            case 0x04: isEnd = true
            // Backspace takes away the character before it, as far as its bytes are here.
            case 0x7F, 0x08:
                while let last = bytes.popLast(), last & 0xC0 == 0x80 {}
            case 0x0D: bytes.append(0x0A)
            case 0x09, 0x0A, 0x20...: if bytes.count < Self.most { bytes.append(key) }
            default: break
            }
        }
        return isEnd
    }
}
