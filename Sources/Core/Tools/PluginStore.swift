package import Foundation

/// A registered plugin as it is stored: the texts it was made from, so that a newer Squire reads
/// them anew.
package struct StoredPlugin: Sendable, Hashable {
    package var name: String
    /// Where the manifest is read again, or the document where there is none.
    package var source: PluginSource
    /// The text that names the document, such as `ai-plugin.json`; nil when a document was registered alone. Its first
    /// text tells the kind of a plugin.
    package var manifest: String?
    /// The document, such as an OpenAPI document, as it was read.
    package var document: String
    /// Where the document was read, after redirects: what it may name depends on that, and relative server URLs
    /// resolve against it.
    package var documentSource: PluginSource
    package var isEnabled: Bool
    package var registeredAt: Date

    package init(
        name: String, source: PluginSource, manifest: String?, document: String, documentSource: PluginSource,
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

/// The document that a manifest in a plugins folder names by a URL, as it was fetched: with it the next start needs no
/// network.
package struct FetchedDocument: Sendable, Hashable {
    /// The manifest's path.
    package var manifest: String
    /// The URL that the manifest names.
    package var url: String
    /// Where the document was read, after redirects.
    package var source: PluginSource
    package var text: String

    package init(manifest: String, url: String, source: PluginSource, text: String) {
        self.manifest = manifest
        self.url = url
        self.source = source
        self.text = text
    }
}

/// Keeps registered plugins, and what there is to remember of those in folders. Whatever a method has returned from is on
/// disk.
package protocol PluginStore: Sendable {
    /// All that are registered, by name.
    func plugins() async throws -> [StoredPlugin]
    /// Stores a plugin, in place of one of the same name.
    func save(_ plugin: StoredPlugin) async throws
    func setEnabled(_ enabled: Bool, plugin name: String) async throws
    func remove(plugin name: String) async throws

    /// The names of the folders' plugins that are disabled, whatever folder they come from.
    func disabledFolderPlugins() async throws -> Set<String>
    func setEnabled(_ enabled: Bool, folderPlugin name: String) async throws
    func fetchedDocuments() async throws -> [FetchedDocument]
    /// Stores a document, in place of its manifest's earlier one.
    func save(_ document: FetchedDocument) async throws
    func removeFetchedDocument(of manifest: String) async throws
}
