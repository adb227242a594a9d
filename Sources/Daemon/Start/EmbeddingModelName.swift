import Foundation

/// What tells an embedding model's vectors from those of another.
enum EmbeddingModelName {
    /// The file's name and size: reading all of it would take as long as loading it.
    static func of(_ path: String) -> String {
        let size = (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int ?? 0
        return "\(URL(fileURLWithPath: path).lastPathComponent) \(size)"
    }
}
