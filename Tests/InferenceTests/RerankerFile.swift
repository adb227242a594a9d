import Foundation

/// Makes a re-ranker of the default embedding model: pooling type rank, and a classification head of made-up weights.
/// Its scores mean nothing, but are computed as a real one's are (ggml's `docs/gguf.md`, llama.cpp's `build_pooling`).
enum RerankerFile {
    private static let width = 384
    private static let alignment = 32

    static func make(of path: String) throws -> String {
        let file = try Data(contentsOf: URL(filePath: path))
        var reader = Reader(bytes: file)
        reader.index = 8
        let tensorCount = reader.number(8)
        let valueCount = reader.number(8)
        let valuesStart = reader.index
        var pooling: Int?
        for _ in 0..<valueCount {
            let key = reader.string()
            let type = reader.number(4)
            if key == "bert.pooling_type" { pooling = reader.index }
            reader.skipValue(type)
        }
        guard let pooling else { throw CocoaError(.fileReadCorruptFile) }
        var values = Data(file[valuesStart..<reader.index])
        // LLAMA_POOLING_TYPE_RANK
        values.replaceSubrange((pooling - valuesStart)..<(pooling - valuesStart + 4), with: number(4, 4))
        let tensorsStart = reader.index
        for _ in 0..<tensorCount {
            _ = reader.string()
            reader.index += reader.number(4) * 8 + 12
        }
        var tensors = Data(file[tensorsStart..<reader.index])
        var data = Data(file[aligned(reader.index)...])
        data.append(Data(count: aligned(data.count) - data.count))
        let name = "cls.output.weight"
        tensors += number(name.utf8.count, 8) + Array(name.utf8) + number(2, 4) + number(width, 8) + number(1, 8)
        tensors += number(0, 4) + number(data.count, 8)
        for index in 0..<width {
            let weight = Float(index * 7919 % 1000) / 1000 - 0.5
            data += number(Int(weight.bitPattern), 4)
        }
        var head = Data(file[0..<8]) + number(tensorCount + 1, 8) + number(valueCount, 8) + values + tensors
        head.append(Data(count: aligned(head.count) - head.count))
        let url = FileManager.default.temporaryDirectory.appending(path: "squire-\(UUID()).gguf")
        try (head + data).write(to: url)
        return url.path
    }

    private static func aligned(_ offset: Int) -> Int { (offset + alignment - 1) / alignment * alignment }

    private static func number(_ value: Int, _ bytes: Int) -> [UInt8] {
        (0..<bytes).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    private struct Reader {
        let bytes: Data
        var index = 0

        mutating func number(_ width: Int) -> Int {
            defer { index += width }
            return (0..<width).reduce(0) { $0 | Int(bytes[index + $1]) << (8 * $1) }
        }

        mutating func string() -> String {
            let count = number(8)
            defer { index += count }
            return String(decoding: bytes[index..<(index + count)], as: UTF8.self)
        }

        mutating func skipValue(_ type: Int) {
            switch type {
            case 0, 1, 7: index += 1
            case 2, 3: index += 2
            case 4, 5, 6: index += 4
            case 8: _ = string()
            case 9:
                let element = number(4)
                for _ in 0..<number(8) { skipValue(element) }
            default: index += 8
            }
        }
    }
}
