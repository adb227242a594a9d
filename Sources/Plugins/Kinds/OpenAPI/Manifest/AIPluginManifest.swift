import Core
import Foundation

/// A ChatGPT plugin manifest (`ai-plugin.json`, schema version v1) and Squire's extension `x-squire`.
struct AIPluginManifest: Sendable {
    var name: String
    var title: String
    var description: String
    /// Where the OpenAPI document is, as written.
    var apiURL: String
    /// The command that starts the plugin's own server, `{socket}` standing for the socket it shall listen on.
    var run: [String]?
    /// What that command's program may do.
    var permissions = ProgramPermissions()
    /// Each with its place; a plugin with any is not registered.
    var problems: [String]
    var warnings: [String]

    /// Whether a document is such a manifest and not an OpenAPI document.
    static func isOne(_ document: JSONValue) -> Bool {
        document["openapi"] == nil && document["swagger"] == nil
            && (document["name_for_model"] != nil || document["api"] != nil || document["schema_version"] != nil)
    }

    /// - Parameter source: where it was read, which decides whether it may name a command, and which paths in it count
    ///   from.
    init(_ document: JSONValue, source: PluginSource) {
        var problems: [String] = []
        func text(_ key: String) -> String {
            if let text = document[key]?.string, !text.isEmpty { return text }
            problems.append(document[key] == nil ? "\(key): is missing" : "\(key): must be a text that is not empty")
            return ""
        }
        let named = text("name_for_model")
        name = OpenAPIReader.name(named, otherwise: "plugin")
        title = document["name_for_human"]?.string ?? named
        description = document["description_for_model"]?.string ?? document["description_for_human"]?.string ?? ""
        apiURL = document["api"]?["url"]?.string ?? ""
        if apiURL.isEmpty { problems.append("api.url: is missing; it says where the OpenAPI document is") }
        if let type = document["api"]?["type"]?.string, type != "openapi" {
            problems.append("api.type: is \"\(type)\", and only openapi is supported")
        }
        warnings = []
        if let auth = document["auth"]?["type"]?.string, auth != "none" {
            warnings.append("auth.type: \"\(auth)\" is not supported yet; calls are sent without credentials")
        }
        if let command = document["x-squire"]?["run"] {
            let words = command.array?.compactMap(\.string) ?? []
            run = words
            if words.isEmpty || words.count != command.array?.count {
                problems.append("x-squire.run: must be a list of texts: the program and its arguments")
            } else if !words.contains(where: { $0.contains("{socket}") }) {
                problems.append("x-squire.run: must say where the program gets its socket, as {socket}")
            } else if !source.mayNameCommand {
                problems.append("x-squire.run: a command is taken only from a manifest in a file of this machine")
            }
        }
        if let extensions = document["x-squire"] {
            var folder: String?
            if case .file(let path) = source { folder = (path as NSString).deletingLastPathComponent }
            permissions = ProgramPermissions(extensions, folder: folder, problems: &problems)
        }
        self.problems = problems
    }
}
