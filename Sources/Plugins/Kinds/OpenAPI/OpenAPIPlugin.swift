import Core

/// What an OpenAPI document, and the manifest that names it, say of a plugin.
struct OpenAPIPlugin: Sendable {
    var name: String
    var title: String
    var description: String
    var operations: [APIOperation]
    var warnings: [String]
    /// Its own server's command, where Squire runs it.
    var command: [String]?
    /// What that server may do.
    var permissions: ProgramPermissions

    /// Reads the texts of a plugin, away from the actor that asks: a document may have megabytes.
    ///
    /// - Throws: `manifestUnreadable`, `manifestInvalid`, `CancellationError`.
    static func read(_ texts: PluginTexts) throws -> OpenAPIPlugin {
        let document =
            try texts.parsed as? Document
            ?? Document(texts.document, source: texts.documentSource.place ?? "the document")
        var manifest: AIPluginManifest?
        if let text = texts.manifest {
            manifest = AIPluginManifest(
                try Document(text, source: texts.source.place ?? "the manifest").root, source: texts.source)
        }
        let name =
            manifest?.name
            ?? OpenAPIReader.name((document.top["info"]?["title"]?.string ?? "").lowercased(), otherwise: "plugin")
        // The socket is known when the server runs; the URL's host is only a name then.
        let api = try OpenAPIReader.read(
            document, plugin: name, source: texts.documentSource,
            server: manifest?.run == nil ? nil : .url("http://localhost"), found: manifest?.problems ?? [])
        let title = manifest?.title ?? api.title
        let permissions = manifest?.permissions ?? ProgramPermissions()
        return OpenAPIPlugin(
            name: name, title: title, description: manifest?.description ?? api.description,
            operations: api.operations.map {
                $0.located(
                    title: title, source: texts.source, documentSource: texts.documentSource, command: manifest?.run,
                    permissions: permissions)
            }, warnings: (manifest?.warnings ?? []) + api.warnings, command: manifest?.run, permissions: permissions)
    }
}
