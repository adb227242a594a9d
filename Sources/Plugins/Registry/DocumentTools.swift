package import Core
import Foundation

/// The tools of an OpenAPI document that nobody registers, as evaluations use them.
package enum DocumentTools {
    /// - Throws: `manifestUnreadable`, `manifestInvalid`.
    package static func read(_ path: String) throws -> [Tool] {
        let text = try TextLoader.read(path)
        let source = PluginSource.file(path)
        let texts = ManifestReader.Texts(source: source, document: text, documentSource: source)
        return try Plugin.read(texts, isBundled: false, registeredAt: Date()).operations.map(\.tool)
    }
}
