import Core
import Foundation

/// Finds and reads the texts that a plugin is registered by.
struct SourceReader: Sendable {
    private let loader: TextLoader
    private let kinds: PluginKinds
    /// Where texts are taken apart.
    private let reading: ReadingThread

    init(fetcher: any HTTPFetching, kinds: PluginKinds, reading: ReadingThread) {
        loader = TextLoader(fetcher: fetcher)
        self.kinds = kinds
        self.reading = reading
    }

    /// A manifest of this machine whose document is on the network.
    struct Remote: Sendable {
        /// The plugin's, as the manifest has it.
        var name: String
        var manifest: FoundText
        var url: WebURL

        func texts(_ document: String, from source: PluginSource) -> PluginTexts {
            PluginTexts(
                source: manifest.source, manifest: manifest.text, document: document, documentSource: source,
                documentURL: url)
        }
    }

    /// What a file of this machine holds.
    enum Local: Sendable {
        case whole(PluginTexts)
        case remote(Remote)
    }

    /// - Parameter place: a URL without a path is also looked at for the paths at which sites describe plugins.
    /// - Throws: `manifestUnreadable`, `manifestUnreachable`, `manifestInvalid`, `CancellationError`.
    @concurrent
    func read(_ place: Place) async throws -> PluginTexts {
        switch place {
        case .file(let path):
            switch try await readFile(path) {
            case .whole(let texts): texts
            case .remote(let remote): try await fetch(remote)
            }
        case .web(let url): try await readSite(url)
        }
    }

    /// A file, or the one that describes the plugin in a folder, without asking the network for anything.
    @concurrent
    func readFile(_ path: String) async throws -> Local {
        var isFolder: ObjCBool = false
        _ = unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        let path = isFolder.boolValue ? kinds.file(in: path) ?? path : path
        let source = PluginSource.file(path)
        let found = FoundText(text: try TextLoader.read(path), source: source, origin: source, place: .file(path))
        switch try await read(found) {
        case .names(.web(let url), let name):
            return .remote(Remote(name: name, manifest: found, url: url))
        case let reading: return .whole(try await complete(reading, of: found))
        }
    }

    /// The document that a file's manifest names by a URL.
    @concurrent
    func fetch(_ remote: Remote) async throws -> PluginTexts {
        let loaded = try await loader.load(.web(remote.url), network: remote.manifest.origin.network)
        return remote.texts(loaded.text, from: loaded.source)
    }

    /// A plugin's first text that was sent whole.
    @concurrent
    func read(inline document: JSONValue) async throws -> PluginTexts {
        let found = FoundText(text: document.text, source: .inline, origin: .inline, value: document)
        return try await complete(try await read(found), of: found)
    }

    private func readSite(_ url: WebURL) async throws -> PluginTexts {
        let (found, reading) = try await find(url)
        return try await complete(reading, of: found)
    }

    private func read(_ found: FoundText) async throws -> PluginReading {
        try await kinds.kind(of: found.text).read(found, on: reading)
    }

    /// Never inlined: the optimizer of Swift 6.3.1 crashes on callers that hold it.
    @inline(never)
    private func complete(_ reading: PluginReading, of found: FoundText) async throws -> PluginTexts {
        switch reading {
        case .whole(let texts): return texts
        case .names(let place, _):
            let loaded = try await loader.load(place, network: found.origin.network)
            return PluginTexts(
                source: found.source, manifest: found.text, document: loaded.text, documentSource: loaded.source)
        }
    }

    /// Of a site's address what is at the paths at which sites describe plugins, or else what is at the address itself. A
    /// text that is there and is not right is what was meant.
    private func find(_ url: WebURL) async throws -> (FoundText, PluginReading) {
        var problem: PluginError?
        for path in url.target == "/" ? kinds.sitePaths : [] {
            do {
                return try await readText(at: WebURL(origin: url.origin, target: path))
            } catch let error as PluginError where error.code != .manifestInvalid {
                problem = problem ?? error
            }
        }
        do {
            return try await readText(at: url)
        } catch  where (error as? PluginError)?.code != .manifestInvalid {
            throw problem ?? error
        }
    }

    private func readText(at url: WebURL) async throws -> (FoundText, PluginReading) {
        // The person named it.
        let loaded = try await loader.load(.web(url), network: .owner)
        let found = FoundText(
            text: loaded.text, source: loaded.source.asked(at: url), origin: loaded.source, place: loaded.place)
        return (found, try await read(found))
    }
}

extension PluginSource {
    /// What was read by way of a URL that redirects: of the kind of address that answered.
    fileprivate func asked(at url: WebURL) -> PluginSource {
        if case .url(_, let kind) = self { .url(url.text, from: kind) } else { self }
    }
}
