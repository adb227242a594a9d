/// Writes ZIP archives (APPNOTE 6.3.10) whose files are stored, or were deflated by `bomb`.
struct ZIPWriter {
    private var bytes: [UInt8] = []
    private var directory: [UInt8] = []
    private var count = 0

    mutating func add(_ name: String, _ content: String) {
        let content = Array(content.utf8)
        add(name, content, method: 0, size: content.count, checksum: Self.checksum(content))
    }

    /// A file of one letter, thousands of times larger than what stands in the archive. Its checksum is wrong: nobody
    /// comes to its end.
    mutating func addBomb(_ name: String, size: Int) {
        add(name, Self.deflated(size: size), method: 8, size: size / 258 * 258 + 1, checksum: 0)
    }

    var archive: [UInt8] {
        var end: [UInt8] = [0x50, 0x4B, 5, 6, 0, 0, 0, 0]
        end += Self.number(count, 2) + Self.number(count, 2) + Self.number(directory.count, 4)
        end += Self.number(bytes.count, 4) + [0, 0]
        return bytes + directory + end
    }

    private mutating func add(_ name: String, _ data: [UInt8], method: Int, size: Int, checksum: UInt32) {
        let name = Array(name.utf8)
        var fields = Self.number(20, 2) + Self.number(0x800, 2) + Self.number(method, 2) + [0, 0, 0x21, 0x50]
        fields += Self.number(Int(checksum), 4) + Self.number(data.count, 4) + Self.number(size, 4)
        fields += Self.number(name.count, 2) + [0, 0]
        directory += [0x50, 0x4B, 1, 2] + Self.number(20, 2) + fields + [UInt8](repeating: 0, count: 10)
        directory += Self.number(bytes.count, 4) + name
        bytes += [0x50, 0x4B, 3, 4] + fields + name + data
        count += 1
    }

    private static func number(_ value: Int, _ width: Int) -> [UInt8] {
        (0..<width).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }

    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var sum: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            sum ^= UInt32(byte)
            for _ in 0..<8 { sum = sum & 1 == 1 ? (sum >> 1) ^ 0xEDB8_8320 : sum >> 1 }
        }
        return ~sum
    }

    /// The letter a, and copies of 258 bytes from one byte before (RFC 1951, section 3.2.6).
    private static func deflated(size: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        var (bits, count) = (0, 0)
        func add(_ code: String) {
            for bit in code {
                if bit == "1" { bits |= 1 << count }
                count += 1
                if count == 8 {
                    bytes.append(UInt8(bits))
                    (bits, count) = (0, 0)
                }
            }
        }
        add("110")
        add("10010001")
        for _ in 0..<size / 258 { add("1100010100000") }
        // The end, and room for its last bits.
        add("0000000")
        add("0000000")
        return bytes
    }
}
