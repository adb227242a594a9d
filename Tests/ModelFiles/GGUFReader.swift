package import Foundation

/// Reads the head of a GGUF file, value by value (ggml's `docs/gguf.md`). Of a file that libllama has loaded: what is damaged
/// ends the test.
package struct GGUFReader {
    package let bytes: Data
    package var index = 0

    /// Tensors and values that the head has.
    package let tensorCount: Int
    package let valueCount: Int

    /// Stands before the first value.
    package init(_ bytes: Data) {
        self.bytes = bytes
        tensorCount = Self.number(8, at: 8, in: bytes)
        valueCount = Self.number(8, at: 16, in: bytes)
        index = 24
    }

    private static func number(_ width: Int, at index: Int, in bytes: Data) -> Int {
        (0..<width).reduce(0) { $0 | Int(bytes[index + $1]) << (8 * $1) }
    }

    package mutating func number(_ width: Int) -> Int {
        defer { index += width }
        return Self.number(width, at: index, in: bytes)
    }

    package mutating func string() -> String {
        let count = number(8)
        defer { index += count }
        return String(decoding: bytes[index..<(index + count)], as: UTF8.self)
    }

    package mutating func skipValue(_ type: Int) {
        switch type {
        case 0, 1, 7: index += 1
        case 2, 3: index += 2
        case 4, 5, 6: index += 4
        case 8: index += number(8)
        case 9:
            let element = number(4)
            for _ in 0..<number(8) { skipValue(element) }
        default: index += 8
        }
    }

    /// Passes over the descriptions of all tensors.
    package mutating func skipTensors() {
        for _ in 0..<tensorCount {
            skipValue(8)
            index += number(4) * 8 + 12
        }
    }
}

/// How a GGUF file is written.
package enum GGUFBytes {
    private static let alignment = 32

    package static func aligned(_ offset: Int) -> Int { (offset + alignment - 1) / alignment * alignment }

    package static func number(_ value: Int, _ bytes: Int) -> [UInt8] {
        (0..<bytes).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    package static func string(_ text: String) -> [UInt8] { number(text.utf8.count, 8) + Array(text.utf8) }

    /// Zeros up to where a part may begin.
    package static func pad(_ data: inout Data) { data.append(Data(count: aligned(data.count) - data.count)) }

    /// Writes a temporary file of a head and the tensors' data, and gives its path.
    package static func write(head: Data, data: Data) throws -> String {
        var head = head
        pad(&head)
        let url = FileManager.default.temporaryDirectory.appending(path: "squire-\(UUID()).gguf")
        try (head + data).write(to: url)
        return url.path
    }
}
