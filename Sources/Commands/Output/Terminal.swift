import Foundation

/// The terminal the program runs at, also where its input comes from elsewhere.
struct Terminal: ~Copyable {
    private let descriptor: Int32

    /// Nil where there is none.
    init?() {
        descriptor = unsafe open("/dev/tty", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
    }

    deinit {
        close(descriptor)
    }

    /// What the user types up to the end of the line; nil at the end of the input.
    ///
    /// - Throws: `CancellationError`.
    func line() async throws -> String? {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while true {
            try Task.checkCancellation()
            var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            // Looked at now and then, since nothing else would notice that the question was cancelled.
            guard unsafe Foundation.poll(&poll, 1, 0) > 0 else {
                try await Task.sleep(for: .milliseconds(50))
                continue
            }
            guard unsafe read(descriptor, &byte, 1) == 1 else { return nil }
            if byte == UInt8(ascii: "\n") { return String(decoding: bytes, as: UTF8.self) }
            bytes.append(byte)
        }
    }
}
