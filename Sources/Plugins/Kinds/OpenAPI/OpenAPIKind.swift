package import Core
import Foundation
package import Logging

/// HTTP APIs that an OpenAPI document describes, registered by the document or by a manifest (`ai-plugin.json`) that names
/// it.
package struct OpenAPIKind: PluginKind {
    private let fetcher: any HTTPFetching
    private let runtimeFolder: String
    private let protected: [String]
    private let formats: (any ResponseFormatReading)?
    private let logger: Logger
    /// Answers of plugins do not wait for documents.
    private let answers = ReadingThread(name: "squire.answers")

    /// - Parameters:
    ///   - runtimeFolder: where plugins' own servers get their sockets; a short path.
    ///   - protected: files and folders of the daemon's, which no plugin's program may read, whatever its manifest asks for.
    ///   - formats: reads responses that are no JSON; without it they are told as they are.
    package init(
        fetcher: any HTTPFetching, runtimeFolder: String, protected: [String] = [],
        formats: (any ResponseFormatReading)? = nil, logger: Logger
    ) {
        self.fetcher = fetcher
        self.runtimeFolder = runtimeFolder
        self.protected = protected
        self.formats = formats
        self.logger = logger
    }

    package var folderFile: String { "ai-plugin.json" }
    package var fileEndings: [String] { ["json", "yaml", "yml"] }
    package var sitePaths: [String] { ["/.well-known/ai-plugin.json"] }

    /// Every text, so that what no other kind recognizes is told what an OpenAPI document would need: it comes last in the
    /// list of kinds.
    package func recognizes(_ text: String) -> Bool { true }

    package func read(_ found: FoundText, on reading: ReadingThread) async throws -> PluginReading {
        guard let sent = found.value else {
            let document = try await reading.run { try Document(found.text, source: found.source.shown) }
            guard AIPluginManifest.isOne(document.outline) else { return .whole(found.whole(parsed: document)) }
            return try Self.reading(of: document.root, found)
        }
        guard sent.object != nil else {
            throw PluginError(.manifestInvalid, "document: must be an object: an OpenAPI document or a plugin manifest")
        }
        return AIPluginManifest.isOne(sent) ? try Self.reading(of: sent, found) : .whole(found.whole())
    }

    /// - Throws: `manifestInvalid` with all that is wrong in the manifest where it names no document: there is none to look
    ///   for more problems in. A command in a manifest that may have none is not looked beyond either.
    private static func reading(of root: JSONValue, _ found: FoundText) throws(PluginError) -> PluginReading {
        let manifest = AIPluginManifest(root, source: found.source)
        guard !manifest.apiURL.isEmpty, manifest.run == nil || found.source.mayNameCommand else {
            throw PluginError(.manifestInvalid, manifest.problems.joined(separator: "\n"))
        }
        let place = try Place(named: manifest.apiURL, by: "api.url", from: found.place, of: found.origin)
        return .names(place, plugin: manifest.name)
    }

    package func plugin(of texts: PluginTexts) throws -> MadePlugin {
        let plugin = try OpenAPIPlugin.read(texts)
        let program = plugin.command.map { command in
            PluginServer(
                name: plugin.name, command: command,
                folder: texts.source.place.map { ($0 as NSString).deletingLastPathComponent },
                permissions: plugin.permissions, runtimeFolder: runtimeFolder, protected: protected, logger: logger)
        }
        return MadePlugin(
            name: plugin.name, title: plugin.title, description: plugin.description, warnings: plugin.warnings,
            address: plugin.command?.joined(separator: " ") ?? plugin.operations.first?.server.text ?? "",
            program: plugin.command.map {
                PluginDescription.Program(command: $0, permissions: plugin.permissions)
            },
            server: OpenAPIServer(
                operations: plugin.operations, program: program, fetcher: fetcher, formats: formats,
                answers: answers))
    }
}

extension PluginSource {
    /// As messages name it.
    fileprivate var shown: String {
        switch self {
        case .file(let path): path
        case .url(let url, _): WebURL.shown(url)
        case .inline: "the document"
        }
    }
}
