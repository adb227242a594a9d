package import Foundation

/// A registered plugin as it is stored: the texts it was made from, so that a newer Squire reads
/// them anew.
package struct StoredPlugin: Sendable, Hashable {
    package var name: String
    /// Where the manifest was read: an absolute path, a URL, or nil when it was given inline.
    package var source: String?
    /// The manifest (`ai-plugin.json`), nil when an OpenAPI document was registered alone.
    package var manifest: String?
    /// The OpenAPI document, JSON or YAML, as it was read.
    package var document: String
    /// Where the OpenAPI document was read; relative server URLs resolve against it.
    package var documentSource: String?
    package var isEnabled: Bool
    package var registeredAt: Date

    package init(
        name: String, source: String?, manifest: String?, document: String, documentSource: String?,
        isEnabled: Bool = true, registeredAt: Date
    ) {
        self.name = name
        self.source = source
        self.manifest = manifest
        self.document = document
        self.documentSource = documentSource
        self.isEnabled = isEnabled
        self.registeredAt = registeredAt
    }
}

/// Keeps registered plugins. Whatever a method has returned from is on disk.
package protocol PluginStore: Sendable {
    /// All, by name.
    func plugins() async throws -> [StoredPlugin]
    /// Stores a plugin, in place of one of the same name.
    func save(_ plugin: StoredPlugin) async throws
    func setEnabled(_ enabled: Bool, plugin name: String) async throws
    func remove(plugin name: String) async throws
}
