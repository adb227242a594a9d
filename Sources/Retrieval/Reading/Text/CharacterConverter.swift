#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The C library's converter, for encodings other than Unicode's and Windows-1252.
@safe struct CharacterConverter: ~Copyable {
    private let handle: iconv_t

    /// - Returns: UTF-8, with U+FFFD for each byte that has no meaning; nil where there is no such encoding.
    static func convert(_ bytes: ArraySlice<UInt8>, from charset: String) -> [UInt8]? {
        guard let converter = CharacterConverter(charset) else { return nil }
        return converter.convert(bytes)
    }

    private init?(_ charset: String) {
        // A name could carry options of glibc's (`//IGNORE`) or choose a module by path.
        guard charset.utf8.allSatisfy({ $0.isLetter || $0.isDigit || "-_:.+".utf8.contains($0) }) else { return nil }
        // -1 stands for an unknown name.
        guard let handle = unsafe iconv_open("UTF-8", charset), Int(bitPattern: handle) != -1 else { return nil }
        unsafe self.handle = handle
    }

    deinit { unsafe _ = iconv_close(handle) }

    private func convert(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var input = Array(bytes)
        var result: [UInt8] = []
        result.reserveCapacity(input.count * 2)
        var buffer = [UInt8](repeating: 0, count: 32768)
        var start = 0
        while start < input.count {
            let step = step(&input, from: start, into: &buffer)
            result += buffer[..<step.written]
            start += step.read
            switch step.error {
            case 0, E2BIG: break
            case EILSEQ, EINVAL:
                result += "\u{FFFD}".utf8
                start += 1
            default: return result
            }
        }
        return result
    }

    private func step(
        _ input: inout [UInt8], from start: Int, into buffer: inout [UInt8]
    ) -> (read: Int, written: Int, error: Int32) {
        unsafe input.withUnsafeMutableBytes { input in
            unsafe buffer.withUnsafeMutableBytes { buffer in
                var next = unsafe input.baseAddress?.advanced(by: start).assumingMemoryBound(to: CChar.self)
                var output = unsafe buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
                var (left, room) = (input.count - start, buffer.count)
                let count = unsafe iconv(handle, &next, &left, &output, &room)
                return (input.count - start - left, buffer.count - room, count == -1 ? errno : 0)
            }
        }
    }
}
