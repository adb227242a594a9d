import Foundation
import ModelFiles

/// The default model's file with another text in its header.
enum RewrittenModel {
    /// - Parameter key: of a value that is a text.
    static func make(of path: String, _ key: String, _ text: String) throws -> String {
        let file = try Data(contentsOf: URL(filePath: path), options: .mappedIfSafe)
        var reader = GGUFReader(file)
        var head = Data()
        var copied = 0
        for _ in 0..<reader.valueCount {
            let name = reader.string()
            let type = reader.number(4)
            let start = reader.index
            reader.skipValue(type)
            guard name == key else { continue }
            head += file[copied..<start] + Data(GGUFBytes.string(text))
            copied = reader.index
        }
        reader.skipTensors()
        head += file[copied..<reader.index]
        return try GGUFBytes.write(head: head, data: file[GGUFBytes.aligned(reader.index)...])
    }
}
