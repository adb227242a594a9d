import Foundation
import Store

extension EmbeddingModelFile {
    /// Known again by the file's name and size: reading all of it would take as long as loading it.
    init(at path: String) {
        let size = (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int ?? 0
        self.init(name: "\(URL(fileURLWithPath: path).lastPathComponent) \(size)", path: path)
    }
}
