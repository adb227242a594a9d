import NIOCore

/// Cuts a stream of bytes into lines, however the bytes were cut before, and never keeps more than one line of
/// the greatest length.
struct LineSplitter {
    enum Piece: Hashable {
        /// A line without its `\n`.
        case line(ByteBuffer)
        /// A line is longer than the limit. It is dropped up to its end; the lines after it come as usual.
        case tooLong
    }

    private let limit: Int
    private var buffer = ByteBuffer()
    /// How many of the buffer's readable bytes are known to hold no `\n`.
    private var scanned = 0
    private var isSkipping = false

    /// - Parameter limit: the most bytes of a line, `\n` not counted.
    init(limit: Int) {
        self.limit = limit
    }

    /// Bytes of a line that has not come to its end.
    var pendingBytes: Int { isSkipping ? 0 : buffer.readableBytes }

    /// Whether a line has been begun, be it one that is dropped.
    var isInLine: Bool { isSkipping || buffer.readableBytes > 0 }

    /// Adds bytes that were read. Take all pieces with `next` before adding more.
    mutating func append(_ bytes: ByteBuffer) {
        if buffer.readableBytes == 0 {
            buffer = bytes
        } else {
            buffer.discardReadBytes()
            buffer.writeImmutableBuffer(bytes)
        }
    }

    /// The next piece; nil when more bytes are needed.
    mutating func next() -> Piece? {
        while true {
            let view = buffer.readableBytesView
            let start = view.startIndex + scanned
            guard let end = view[start...].firstIndex(of: UInt8(ascii: "\n")) else {
                scanned = buffer.readableBytes
                guard isSkipping || scanned > limit else { return nil }
                let begins = !isSkipping
                isSkipping = true
                buffer = ByteBuffer()
                scanned = 0
                return begins ? .tooLong : nil
            }
            let length = end - view.startIndex
            scanned = 0
            let line = buffer.readSlice(length: length)
            buffer.moveReaderIndex(forwardBy: 1)
            if isSkipping {
                isSkipping = false
                continue
            }
            guard length <= limit else { return .tooLong }
            return line.map(Piece.line)
        }
    }
}
