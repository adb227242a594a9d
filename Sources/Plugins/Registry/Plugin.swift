package import Core
package import Foundation

/// A registered plugin, ready to be called.
struct Plugin: Sendable {
    var stored: StoredPlugin
    var title: String
    var description: String
    var operations: [APIOperation]
    var warnings: [String]
    /// Whether it came from a plugins folder and not by registration.
    var isBundled: Bool
    /// Its own server's command, where Squire runs it.
    var command: [String]?
    /// What that server may do.
    var permissions = ProgramPermissions()
    /// Whether it only stands for a stored plugin whose document is still being read.
    var isUnread = false

    /// Reads the texts of a plugin, away from the actor that asks: a document may have megabytes.
    ///
    /// - Throws: `manifestUnreadable`, `manifestInvalid`, `CancellationError`.
    static func read(
        _ texts: ManifestReader.Texts, isBundled: Bool, isEnabled: Bool = true, registeredAt: Date
    ) throws -> Plugin {
        let document =
            try texts.parsed ?? Document(texts.document, source: texts.documentSource.place ?? "the document")
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
        return Plugin(
            stored: StoredPlugin(
                name: name, source: texts.source, manifest: texts.manifest, document: texts.document,
                documentSource: texts.documentSource, isEnabled: isEnabled, registeredAt: registeredAt),
            title: title, description: manifest?.description ?? api.description,
            operations: api.operations.map {
                $0.located(
                    title: title, source: texts.source, documentSource: texts.documentSource, command: manifest?.run,
                    permissions: manifest?.permissions ?? ProgramPermissions())
            }, warnings: (manifest?.warnings ?? []) + api.warnings, isBundled: isBundled, command: manifest?.run,
            permissions: manifest?.permissions ?? ProgramPermissions())
    }

    /// What stands for a plugin while its document is being read.
    static func unread(_ stored: StoredPlugin) -> Plugin {
        Plugin(
            stored: stored, title: stored.name, description: "", operations: [],
            warnings: ["its document is large and still being read; its operations are available after that"],
            isBundled: false, isUnread: true)
    }

    /// A plugin of which the stored texts can no longer be read: it stays, and says why it cannot be used.
    static func unreadable(_ stored: StoredPlugin, because error: any Error) -> Plugin {
        var stored = stored
        stored.isEnabled = false
        return Plugin(
            stored: stored, title: stored.name, description: "", operations: [],
            warnings: ["it can no longer be read, so it has no operations; register it again: \(error)"],
            isBundled: false)
    }
}

/// What there is to know of a registered plugin.
package struct PluginDescription: Sendable, Hashable {
    package struct Operation: Sendable, Hashable {
        package var name: String
        package var description: String
        package var method: String
        package var path: String
        package var parameters: JSONValue
    }

    package var name: String
    package var title: String
    package var description: String
    package var isEnabled: Bool
    /// Where its manifest was read; nil when it was given inline.
    package var source: String?
    package var operations: [Operation]
    package var isBundled: Bool
    package var registeredAt: Date
    package var warnings: [String]
    /// Where its API is.
    package var server: String
    /// The program that serves it, where Squire runs one, and what that may do.
    package var program: Program?

    package struct Program: Sendable, Hashable {
        package var command: [String]
        package var permissions: ProgramPermissions
    }

    init(_ plugin: Plugin) {
        name = plugin.stored.name
        title = plugin.title
        description = plugin.description
        isEnabled = plugin.stored.isEnabled
        source = plugin.stored.source.place
        operations = plugin.operations.map {
            Operation(
                name: $0.tool.operation, description: $0.tool.description, method: $0.method, path: $0.path,
                parameters: $0.tool.parameters)
        }
        isBundled = plugin.isBundled
        registeredAt = plugin.stored.registeredAt
        warnings = plugin.warnings
        program = plugin.command.map { Program(command: $0, permissions: plugin.permissions) }
        server = plugin.command.map { $0.joined(separator: " ") } ?? plugin.operations.first?.server.text ?? ""
    }
}
