import Foundation
import ModelFiles

/// Makes a re-ranker of the default embedding model: pooling type rank, and a classification head of made-up weights.
/// Its scores mean nothing, but are computed as a real one's are (ggml's `docs/gguf.md`, llama.cpp's `build_pooling`).
enum RerankerFile {
    private static let width = 384

    static func make(of path: String) throws -> String {
        let number = GGUFBytes.number
        let file = try Data(contentsOf: URL(filePath: path))
        var reader = GGUFReader(file)
        let valuesStart = reader.index
        var pooling: Int?
        for _ in 0..<reader.valueCount {
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
        reader.skipTensors()
        var tensors = Data(file[tensorsStart..<reader.index])
        var data = Data(file[GGUFBytes.aligned(reader.index)...])
        GGUFBytes.pad(&data)
        tensors += GGUFBytes.string("cls.output.weight") + number(2, 4) + number(width, 8) + number(1, 8)
        tensors += number(0, 4) + number(data.count, 8)
        for index in 0..<width {
            let weight = Float(index * 7919 % 1000) / 1000 - 0.5
            data += number(Int(weight.bitPattern), 4)
        }
        let head =
            Data(file[0..<8]) + number(reader.tensorCount + 1, 8) + number(reader.valueCount, 8) + values + tensors
        return try GGUFBytes.write(head: head, data: data)
    }
}
