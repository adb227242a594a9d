package import Core
package import Folders
import Foundation
package import Logging

/// The plugins there are: the registered ones and those of folders; listed, offered as tools, and called.
///
/// Its parts: registering and other changes (`+Changes`), reading at the start (`+Loading`), folders (`+Folders`), and
/// calls (`+Calls`).
package actor PluginRegistry: ToolProvider {
    let store: any PluginStore
    let fetcher: any HTTPFetching
    let reader: ManifestReader
    /// Documents are read beside the registry, which answers meanwhile.
    let reading = ReadingThread(name: "squire.documents")
    /// Smaller documents do not wait for large ones.
    let readingLarge = ReadingThread(name: "squire.large-documents")
    let largeReader: ManifestReader
    /// Answers of plugins do not wait for documents.
    let answers = ReadingThread(name: "squire.answers")
    let folders: PluginFolders
    /// Reads answers that are no JSON.
    let formats: (any ResponseFormatReading)?
    let runtimeFolder: String
    let protected: [String]
    let logger: Logger

    var plugins: [String: Plugin] = [:] {
        didSet {
            changes += 1
            pluginsChanged.send()
        }
    }
    /// There are other plugins than before, or others are known to be none. For one who waits.
    package nonisolated let pluginsChanged = Signal()
    /// The folders are to be read again.
    let foldersChanged = Signal()
    /// How often the folders were looked through.
    var looks = 0
    /// How often the plugins have changed.
    private var changes = 0
    var servers: [String: PluginServer] = [:]
    var loading: Task<Void, any Error>?
    /// Ends when the last of the changes so far is made.
    private var lastChange: Task<Void, Never>?

    /// The folders' manifests as they were last read, by path.
    var known: [String: KnownManifest] = [:]
    /// The names of folders' plugins that are disabled.
    var disabled: Set<String> = []
    /// The documents of folders' manifests that name one by a URL, by the manifests' paths.
    var fetched: [String: FetchedDocument] = [:]
    /// Fetches that are under way, by the manifests' paths.
    var fetches: [String: Task<Void, Never>] = [:]
    /// Large documents that are being read.
    var aside: [Int: Task<Void, Never>] = [:]
    var asideCount = 0

    /// - Parameters:
    ///   - folders: of manifests that are plugins without being registered; earlier ones win where names clash.
    ///   - runtimeFolder: where plugins' own servers get their sockets; a short path.
    ///   - protected: files and folders of the daemon's, which no plugin's program may read, whatever its manifest asks for.
    ///   - formats: reads answers that are no JSON; without it they are told as they are.
    package init(
        store: any PluginStore, fetcher: any HTTPFetching, folders: [String], runtimeFolder: String,
        protected: [String] = [], formats: (any ResponseFormatReading)? = nil, logger: Logger
    ) {
        self.formats = formats
        self.store = store
        self.fetcher = fetcher
        reader = ManifestReader(fetcher: fetcher, reading: reading)
        largeReader = ManifestReader(fetcher: fetcher, reading: readingLarge)
        self.folders = PluginFolders(paths: folders)
        self.runtimeFolder = runtimeFolder
        self.protected = protected
        self.logger = logger
    }

    package func list() async throws -> [PluginDescription] {
        try await loaded()
        return plugins.values.map(PluginDescription.init).sorted { $0.name < $1.name }
    }

    package func get(_ name: String) async throws -> PluginDescription {
        PluginDescription(try await plugin(name))
    }

    func plugin(_ name: String) async throws -> Plugin {
        try await loaded()
        await asideEnds(for: name)
        return try known(name)
    }

    /// - Throws: `pluginUnknown`.
    func known(_ name: String) throws(PluginError) -> Plugin {
        guard let plugin = plugins[name] else {
            let names = plugins.keys.sorted().joined(separator: ", ")
            throw PluginError(
                .pluginUnknown,
                "there is no plugin \"\(name)\"; \(names.isEmpty ? "none is registered" : "there are \(names)")")
        }
        return plugin
    }

    /// Makes a change of what is stored and what is in memory, after all changes asked for earlier and before all later
    /// ones, so that the two never differ. It is made to its end, also when the task that asked is cancelled. What takes
    /// long, reading above all, is done before; what it rests on is then looked at again here.
    func change<Value: Sendable>(
        _ body: @escaping @Sendable (isolated PluginRegistry) async throws -> Value
    ) async throws -> Value {
        let earlier = lastChange
        let task = Task {
            await earlier?.value
            return try await body(self)
        }
        lastChange = Task { _ = try? await task.value }
        return try await task.value
    }

    package func changeMark() async throws -> Int? {
        try await loaded()
        return changes
    }

    /// Ends the plugins' own servers, and what is being fetched.
    package func stop() async {
        for task in Array(fetches.values) + Array(aside.values) { task.cancel() }
        await fetchesEnd()
        await asideEnds()
        let running = servers.values
        servers = [:]
        await withTaskGroup { group in
            for server in running { group.addTask { await server.stop() } }
        }
    }
}
