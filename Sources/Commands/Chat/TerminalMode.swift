import Foundation
import Synchronization

/// The mode of the terminal while an answer is written: keys are not echoed, and come one by one.
enum TerminalMode {
    /// What it was before; nil while it is as it was. Changed by the chat, read where the program ends.
    private static let before = Mutex<termios?>(nil)
    /// Puts it back also where the program ends in the middle of an answer.
    private static let atEnd: Void = {
        atexit { TerminalMode.restore() }
    }()

    /// - Returns: whether standard input is a terminal and its mode was changed.
    static func quiet() -> Bool {
        var mode = termios()
        guard unsafe tcgetattr(STDIN_FILENO, &mode) == 0 else { return false }
        _ = atEnd
        before.withLock { if $0 == nil { $0 = mode } }
        // Control-C stays a signal.
        mode.c_lflag &= ~tcflag_t(ICANON | ECHO)
        return unsafe tcsetattr(STDIN_FILENO, TCSANOW, &mode) == 0
    }

    static func restore() {
        before.withLock { before in
            guard var mode = before else { return }
            unsafe tcsetattr(STDIN_FILENO, TCSANOW, &mode)
            before = nil
        }
    }

    /// Drops what was typed and not yet read.
    static func forgetTypedKeys() {
        let terminal = unsafe open("/dev/tty", O_RDONLY | O_CLOEXEC)
        guard terminal >= 0 else { return }
        tcflush(terminal, TCIFLUSH)
        close(terminal)
    }
}
