import Foundation

/// Reads the keys of a terminal for the line editor, as characters. For one thread at a time.
final class KeyReader {
    private var filter = PasteFilter()
    private var characters: ArraySlice<Unicode.Scalar> = []
    /// Bytes that were typed before the editor read.
    private var typed: [UInt8] = []

    /// Lines of a paste that is not marked follow each other within this, in milliseconds; nobody types so fast.
    private static let pause: CInt = 15

    /// Takes keys that were typed before.
    func begin(with typed: [UInt8]) {
        self.typed += typed
    }

    /// The next character; nil at the end of the input. Blocks until there is one.
    func next() -> Unicode.Scalar? {
        while true {
            if let character = characters.popFirst() { return character }
            if !typed.isEmpty {
                characters = filter.add(typed, isMoreComing: isMoreComing())[...]
                typed = []
                continue
            }
            var buffer = [UInt8](repeating: 0, count: 64 << 10)
            let count = unsafe read(STDIN_FILENO, &buffer, buffer.count)
            if count < 0, errno == EINTR || errno == EAGAIN { continue }
            guard count > 0 else { return nil }
            // One key is the usual case; whether more comes matters for line ends and for marks only.
            let isPart = buffer[..<count].contains { $0 == 0x0A || $0 == 0x0D || $0 == 0x1B }
            characters = filter.add(buffer[..<count], isMoreComing: isPart && isMoreComing())[...]
        }
    }

    private func isMoreComing() -> Bool {
        var poll = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        return unsafe Foundation.poll(&poll, 1, Self.pause) > 0
    }
}
