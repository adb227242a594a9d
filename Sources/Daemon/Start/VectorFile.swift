import Core
import Foundation

/// Where the vectors of plugins' descriptions are kept: with what can be made again, since other homes need the same.
enum VectorFile {
    /// A file of its own for each embedding model, told apart by the model file's path, size and time of change.
    static func path(of model: String, sharedCache: String) -> String {
        let attributes = try? FileManager.default.attributesOfItem(atPath: model)
        let changed = (attributes?[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
        let key = "\(model) \(attributes?[.size] as? Int ?? 0) \(changed)"
        return "\(sharedCache)/vectors/\(String(StableHash.of(key), radix: 36)).json"
    }
}
