#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Text in encodings from before Unicode.
enum LegacyText {
    /// The bytes of a text in an encoding that `iconv` knows; what it has no character for is left out.
    static func encode(_ text: String, as encoding: String) -> [UInt8] {
        let converter = unsafe iconv_open(encoding, "UTF-8")
        defer { unsafe _ = iconv_close(converter) }
        var result: [UInt8] = []
        for character in text {
            var input = Array(character.utf8)
            var output = [UInt8](repeating: 0, count: 32)
            let count = unsafe input.withUnsafeMutableBytes { input in
                unsafe output.withUnsafeMutableBytes { output in
                    var from = unsafe input.baseAddress?.assumingMemoryBound(to: CChar.self)
                    var to = unsafe output.baseAddress?.assumingMemoryBound(to: CChar.self)
                    var (left, room) = (input.count, output.count)
                    let status = unsafe iconv(converter, &from, &left, &to, &room)
                    return status == -1 ? 0 : output.count - room
                }
            }
            result += output[..<count]
        }
        return result
    }
}
