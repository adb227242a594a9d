import Core
import Foundation

/// Finds and reads what a plugin is registered by.
struct ManifestReader: Sendable {
    private let loader: TextLoader
    /// Where documents are parsed.
    private let reading: ReadingThread

    init(fetcher: any HTTPFetching, reading: ReadingThread) {
        loader = TextLoader(fetcher: fetcher)
        self.reading = reading
    }

    /// The texts of a manifest (if there is one) and of its OpenAPI document, and where they were read.
    struct Texts: Sendable {
        /// Where they are read again: as it was asked for, since a redirect may lead elsewhere another time.
        var source: PluginSource
        var manifest: String?
        var document: String
        var documentSource: PluginSource
        /// The URL by which the manifest names the document; nil where it is no URL.
        var documentURL: WebURL?
        /// The document as it was read already to see what it is.
        var parsed: Document?
    }

    /// A manifest of this machine whose document is on the network.
    struct Remote: Sendable {
        /// The plugin's, as the manifest has it.
        var name: String
        var manifest: String
        var path: String
        var url: WebURL

        func texts(_ document: String, from source: PluginSource) -> Texts {
            Texts(
                source: .file(path), manifest: manifest, document: document, documentSource: source, documentURL: url)
        }
    }

    /// What a file of this machine holds.
    enum Local: Sendable {
        case whole(Texts)
        case remote(Remote)
    }

    /// - Parameter place: a URL without a path is looked at for `/.well-known/ai-plugin.json`.
    /// - Throws: `manifestUnreadable`, `manifestUnreachable`, `manifestInvalid`, `CancellationError`.
    @concurrent
    func read(_ place: Place) async throws -> Texts {
        switch place {
        case .file(let path):
            switch try await readFile(path) {
            case .whole(let texts): texts
            case .remote(let remote): try await fetch(remote)
            }
        case .web(let url): try await readSite(url)
        }
    }

    /// A file, or a folder's `ai-plugin.json`, without asking the network for anything.
    @concurrent
    func readFile(_ path: String) async throws -> Local {
        var isFolder: ObjCBool = false
        _ = unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        let path = isFolder.boolValue ? path + "/ai-plugin.json" : path
        let source = PluginSource.file(path)
        let text = try TextLoader.read(path)
        let document = try await reading.run { try Document(text, source: path) }
        guard AIPluginManifest.isOne(document.outline) else {
            return .whole(Texts(source: source, document: text, documentSource: source, parsed: document))
        }
        let manifest = try Self.manifest(document.root, source)
        switch try Place(named: manifest.apiURL, from: .file(path), of: source) {
        case .web(let url):
            return .remote(Remote(name: manifest.name, manifest: text, path: path, url: url))
        case .file(let target):
            return .whole(
                Texts(
                    source: source, manifest: text, document: try TextLoader.read(target),
                    documentSource: .file(target)))
        }
    }

    /// The document that a file's manifest names by a URL.
    @concurrent
    func fetch(_ remote: Remote) async throws -> Texts {
        let loaded = try await loader.load(.web(remote.url), network: PluginSource.file(remote.path).network)
        return remote.texts(loaded.text, from: loaded.source)
    }

    private func readSite(_ url: WebURL) async throws -> Texts {
        let (url, loaded, document) = try await find(url)
        let source = loaded.source.asked(at: url)
        guard AIPluginManifest.isOne(document.outline) else {
            return Texts(
                source: source, document: loaded.text, documentSource: loaded.source, parsed: document)
        }
        let place = try Place(
            named: try Self.manifest(document.root, source).apiURL, from: loaded.place, of: loaded.source)
        let api = try await loader.load(place, network: loaded.source.network)
        return Texts(
            source: source, manifest: loaded.text, document: api.text, documentSource: api.source)
    }

    /// Of a site's address the manifest at the well-known place, or else what is at the address itself.
    private func find(_ url: WebURL) async throws -> (WebURL, TextLoader.Loaded, Document) {
        func read(_ url: WebURL) async throws -> (WebURL, TextLoader.Loaded, Document) {
            // The person named it.
            let loaded = try await loader.load(.web(url), network: .owner)
            let document = try await reading.run { try Document(loaded.text, source: WebURL.shown(url.text)) }
            return (url, loaded, document)
        }
        guard url.target == "/" else { return try await read(url) }
        do {
            return try await read(WebURL(origin: url.origin, target: "/.well-known/ai-plugin.json"))
        } catch let error as PluginError {
            guard let found = try? await read(url) else { throw error }
            return found
        }
    }

    /// A manifest or an OpenAPI document that was sent whole.
    @concurrent
    func read(inline document: JSONValue) async throws -> Texts {
        guard document.object != nil else {
            throw PluginError(.manifestInvalid, "document: must be an object: an OpenAPI document or a plugin manifest")
        }
        guard AIPluginManifest.isOne(document) else {
            return Texts(source: .inline, document: document.text, documentSource: .inline)
        }
        let place = try Place(named: try Self.manifest(document, .inline).apiURL, from: nil, of: .inline)
        let api = try await loader.load(place, network: PluginSource.inline.network)
        return Texts(source: .inline, manifest: document.text, document: api.text, documentSource: api.source)
    }

    /// - Throws: `manifestInvalid` with all that is wrong in the manifest where it names no document: there is none to look
    ///   for more problems in. A command in a manifest that may have none is not looked beyond either.
    private static func manifest(
        _ root: JSONValue, _ source: PluginSource
    ) throws(PluginError) -> AIPluginManifest {
        let manifest = AIPluginManifest(root, source: source)
        guard !manifest.apiURL.isEmpty, manifest.run == nil || source.mayNameCommand else {
            throw PluginError(.manifestInvalid, manifest.problems.joined(separator: "\n"))
        }
        return manifest
    }
}

extension PluginSource {
    /// What was read by way of a URL that redirects: of the kind of address that answered.
    fileprivate func asked(at url: WebURL) -> PluginSource {
        if case .url(_, let kind) = self { .url(url.text, from: kind) } else { self }
    }
}
