import Foundation
import Synchronization

/// What kept standard output from being written: a command whose result was lost has failed, whatever it did.
enum OutputFailure {
    /// The first error number. Written by whoever prints, read when the command has ended.
    private static let first = Mutex<CInt?>(nil)

    /// The system's words for what failed; nil where all was written.
    static var reason: String? {
        first.withLock { $0 }.map { unsafe String(cString: strerror($0)) }
    }

    /// Writes a text to a descriptor and notes what keeps it from there. A reader that went away (`| head`) has seen what it
    /// wanted, and is no failure.
    static func write(_ text: String, to descriptor: CInt, isResult: Bool) {
        let bytes = Array(text.utf8)
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                // Within the buffer: `written` is less than its count.
                unsafe Foundation.write(descriptor, buffer.baseAddress! + written, buffer.count - written)
            }
            if count > 0 {
                written += count
                continue
            }
            switch errno {
            case EINTR: continue
            case EAGAIN:
                var poll = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = unsafe Foundation.poll(&poll, 1, -1)
            case EPIPE: return
            case let number:
                if isResult { first.withLock { $0 = $0 ?? number } }
                return
            }
        }
    }
}
