import Foundation

/// The kinds of plugins that the registry serves, in the order in which they are asked.
struct PluginKinds: Sendable {
    private let kinds: [any PluginKind]

    init(_ kinds: [any PluginKind]) {
        self.kinds = kinds
    }

    var folderFiles: [String] { kinds.map(\.folderFile) }
    var fileEndings: Set<String> { Set(kinds.flatMap(\.fileEndings)) }
    var sitePaths: [String] { kinds.flatMap(\.sitePaths) }

    /// The kind of a plugin's first text.
    ///
    /// - Throws: `manifestInvalid`.
    func kind(of text: String) throws(PluginError) -> any PluginKind {
        guard let kind = kinds.first(where: { $0.recognizes(text) }) else {
            throw PluginError(.manifestInvalid, "it is of no kind of plugin that Squire reads")
        }
        return kind
    }

    /// The file that describes the plugin in a folder; the one that is looked for last where there is none.
    func file(in folder: String) -> String? {
        let files = folderFiles.map { "\(folder)/\($0)" }
        return files.first { FileManager.default.fileExists(atPath: $0) } ?? files.last
    }
}
