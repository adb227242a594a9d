package import Core

/// The tools of an OpenAPI document that nobody registers, as evaluations use them.
package enum DocumentTools {
    /// - Throws: `manifestUnreadable`, `manifestInvalid`.
    package static func read(_ path: String) throws -> [Tool] {
        let source = PluginSource.file(path)
        let texts = PluginTexts(source: source, document: try TextLoader.read(path), documentSource: source)
        return try OpenAPIPlugin.read(texts).operations.map(\.tool)
    }
}
