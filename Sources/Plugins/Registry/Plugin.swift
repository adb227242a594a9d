import Core
import Foundation

/// A registered plugin, ready to be called.
struct Plugin: Sendable {
    var stored: StoredPlugin
    var title: String
    var description: String
    /// The ones that are offered, and that permissions are bound to.
    var tools: [Tool]
    var warnings: [String]
    /// Where calls go, for people.
    var address: String
    /// The program that Squire runs for it.
    var program: PluginDescription.Program?
    /// Whether it came from a plugins folder and not by registration.
    var isBundled: Bool
    var server: any ToolServer
    /// Whether it only stands for a stored plugin whose document is still being read.
    var isUnread = false

    init(
        _ made: MadePlugin, of texts: PluginTexts, tools: [Tool], isBundled: Bool, isEnabled: Bool, registeredAt: Date
    ) {
        stored = StoredPlugin(
            name: made.name, source: texts.source, manifest: texts.manifest, document: texts.document,
            documentSource: texts.documentSource, isEnabled: isEnabled, registeredAt: registeredAt)
        title = made.title
        description = made.description
        self.tools = tools
        warnings = made.warnings
        address = made.address
        program = made.program
        self.isBundled = isBundled
        server = made.server
    }

    private init(_ stored: StoredPlugin, warning: String) {
        self.stored = stored
        title = stored.name
        description = ""
        tools = []
        warnings = [warning]
        address = ""
        isBundled = false
        server = NoServer()
    }

    /// What stands for a plugin while its document is being read.
    static func unread(_ stored: StoredPlugin) -> Plugin {
        var plugin = Plugin(
            stored,
            warning: "its document is large and still being read; its operations are available after that")
        plugin.isUnread = true
        return plugin
    }

    /// A plugin of which the stored texts can no longer be read: it stays, and says why it cannot be used.
    static func unreadable(_ stored: StoredPlugin, because error: any Error) -> Plugin {
        var plugin = Plugin(
            stored, warning: "it can no longer be read, so it has no operations; register it again: \(error)")
        plugin.stored.isEnabled = false
        return plugin
    }
}

/// Of what only stands for a plugin.
private struct NoServer: ToolServer {
    func tools() -> [Tool] { [] }

    func call(_ tool: Tool, arguments: JSONValue) -> ToolOutcome {
        .failed("\(tool.plugin) has no operations", kind: .operationChanged)
    }
}
