package import Core

/// A kind of plugins: it knows their texts, and how a call is made.
///
/// What all plugins have in common is the registry's: loading texts, names, the store, folders, permissions, and whether
/// arguments are valid. A kind reads nothing and starts nothing before the registry asks for it.
package protocol PluginKind: Sendable {
    /// The name of the file that makes a folder a plugin (`NAME/ai-plugin.json`).
    var folderFile: String { get }
    /// The endings of files that are plugins by themselves in a plugins folder, in lower case.
    var fileEndings: [String] { get }
    /// The paths at which a site describes a plugin of this kind. They are tried when an address without a path is
    /// registered, before the address itself.
    var sitePaths: [String] { get }

    /// Whether a plugin's first text is of this kind. It is asked about the texts of all kinds, which may be large: it
    /// looks at as little of them as it can.
    func recognizes(_ text: String) -> Bool

    /// Reads a plugin's first text so far that what else belongs to the plugin is known.
    ///
    /// - Parameter reading: where texts are taken apart, since that may take long.
    /// - Throws: `manifestUnreadable`, `manifestInvalid`, `CancellationError`.
    func read(_ found: FoundText, on reading: ReadingThread) async throws -> PluginReading

    /// Makes a plugin of its texts, which may come from the store. The thread that calls it is there for that.
    ///
    /// - Throws: `manifestUnreadable`, `manifestInvalid`, `CancellationError`.
    func plugin(of texts: PluginTexts) throws -> MadePlugin
}

/// What a plugin's first text says of its other one.
package enum PluginReading: Sendable {
    /// There is no other one.
    case whole(PluginTexts)
    /// The text names where the other one is, which belongs to the plugin of this name.
    case names(Place, plugin: String)
}

/// What a kind makes of a plugin's texts.
package struct MadePlugin: Sendable {
    /// Of letters, digits, `-` and `_`, 64 at most.
    package var name: String
    /// The name for people.
    package var title: String
    package var description: String
    /// What was read although it is not right, each with its place.
    package var warnings: [String]
    /// Where calls go, for people.
    package var address: String
    /// The program that Squire runs for it.
    package var program: PluginDescription.Program?
    package var server: any ToolServer

    package init(
        name: String, title: String, description: String, warnings: [String] = [], address: String,
        program: PluginDescription.Program? = nil, server: any ToolServer
    ) {
        self.name = name
        self.title = title
        self.description = description
        self.warnings = warnings
        self.address = address
        self.program = program
        self.server = server
    }
}
