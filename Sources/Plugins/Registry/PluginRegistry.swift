package import Core
import Foundation
package import Logging

/// The registered plugins: stored, listed, offered as tools, and called.
package actor PluginRegistry: ToolProvider {
    private let store: any PluginStore
    private let fetcher: any HTTPFetching
    private let reader: ManifestReader
    /// Documents are read beside the registry, which answers meanwhile.
    private let reading = ReadingThread(name: "squire.documents")
    /// Answers of plugins do not wait for documents.
    private let answers = ReadingThread(name: "squire.answers")
    private let folders: PluginFolders
    private let runtimeFolder: String
    private let logger: Logger
    private var plugins: [String: Plugin] = [:]
    private var servers: [String: PluginServer] = [:]
    /// The folders' manifests as they were last read.
    private var known: [String: Known] = [:]
    /// The names of folders' plugins that are disabled.
    private var disabled: Set<String> = []
    private var loading: Task<Void, any Error>?

    /// A folder's manifest as it was last read.
    private struct Known {
        var mark: String
        /// Of the plugin that came of it.
        var name: String?
        /// When to read it again although it has not changed: its document was out of reach.
        var retry: ContinuousClock.Instant?
    }

    /// What the source of a stored record begins with that only says that a folder's plugin is disabled. Its texts are
    /// not used: the folder may be another one, or hold a newer manifest, the next time.
    private static let folderMark = "folder:"

    /// - Parameters:
    ///   - folders: of manifests that are plugins without being registered; earlier ones win where names clash.
    ///   - runtimeFolder: where plugins' own servers get their sockets; a short path.
    package init(
        store: any PluginStore, fetcher: any HTTPFetching, folders: [String], runtimeFolder: String, logger: Logger
    ) {
        self.store = store
        self.fetcher = fetcher
        reader = ManifestReader(fetcher: fetcher, reading: reading)
        self.folders = PluginFolders(paths: folders)
        self.runtimeFolder = runtimeFolder
        self.logger = logger
    }

    // MARK: Registering

    /// Registers a plugin, in place of one of the same name.
    ///
    /// - Parameter source: a path or URL of a manifest or an OpenAPI document.
    /// - Throws: `manifestUnreadable`, `manifestInvalid`; nothing is registered then.
    package func register(source: String) async throws -> PluginDescription {
        try await register(try await reader.read(source: source))
    }

    /// Registers a plugin by the manifest or OpenAPI document itself.
    package func register(document: JSONValue) async throws -> PluginDescription {
        try await register(try await reader.read(inline: document))
    }

    private func register(_ texts: ManifestReader.Texts) async throws -> PluginDescription {
        try await loaded()
        let plugin = try await reading.run { try Plugin.read(texts, isBundled: false, registeredAt: Date()) }
        if let old = plugins[plugin.stored.name], old.isBundled {
            throw PluginError(
                .pluginBundled,
                "there is a plugin \"\(plugin.stored.name)\" already, from \(old.stored.source ?? "a plugins folder"); give yours another name"
            )
        }
        try await store.save(plugin.stored)
        await servers.removeValue(forKey: plugin.stored.name)?.stop()
        plugins[plugin.stored.name] = plugin
        return PluginDescription(plugin)
    }

    /// Reads a plugin again from where it was read. It stays enabled or disabled, and all of it stays where that fails.
    ///
    /// - Throws: `pluginUnknown`, `pluginInline`, `manifestUnreadable`, `manifestUnreachable`, `manifestInvalid`.
    package func refresh(_ name: String) async throws -> PluginDescription {
        let old = try await plugin(name)
        guard let source = old.stored.source else {
            throw PluginError(
                .pluginInline, "\(name) was registered by a document of its own; register the newer one in its place")
        }
        let texts = try await reader.read(source: source)
        var plugin = try await reading.run {
            try Plugin.read(texts, isBundled: old.isBundled, registeredAt: old.stored.registeredAt)
        }
        guard plugin.stored.name == name else {
            throw PluginError(
                .manifestInvalid,
                "what \(source) describes is called \(plugin.stored.name) now; register it, and remove \(name)")
        }
        // It may have been removed, replaced or disabled while it was read.
        let current = try await self.plugin(name)
        guard current.stored.source == source, current.isBundled == old.isBundled else {
            return PluginDescription(current)
        }
        if plugin.isBundled {
            plugin.stored.isEnabled = current.stored.isEnabled
        } else {
            // Of one that could not be read any more only the store knows.
            plugin.stored.isEnabled = try await store.plugins().first { $0.name == name }?.isEnabled ?? true
            try await store.save(plugin.stored)
        }
        plugins[name] = plugin
        await servers.removeValue(forKey: name)?.stop()
        return PluginDescription(plugin)
    }

    package func list() async throws -> [PluginDescription] {
        try await loaded()
        return plugins.values.map(PluginDescription.init).sorted { $0.name < $1.name }
    }

    package func get(_ name: String) async throws -> PluginDescription {
        PluginDescription(try await plugin(name))
    }

    package func remove(_ name: String) async throws {
        let plugin = try await plugin(name)
        guard !plugin.isBundled else {
            throw PluginError(
                .pluginBundled,
                "\(name) comes from \(plugin.stored.source ?? "a plugins folder") and would be back at once; disable it instead"
            )
        }
        try await store.remove(plugin: name)
        plugins[name] = nil
        // A folder's plugin that had to stand back may have the name now.
        known = known.filter { $0.value.name != nil }
        await servers.removeValue(forKey: name)?.stop()
    }

    package func setEnabled(_ isEnabled: Bool, name: String) async throws -> PluginDescription {
        let plugin = try await plugin(name)
        if !plugin.isBundled {
            try await store.setEnabled(isEnabled, plugin: name)
        } else if isEnabled, disabled.contains(name) {
            try await store.remove(plugin: name)
            disabled.remove(name)
        } else if !isEnabled {
            // A folder's plugin is stored only to remember this.
            var record = plugin.stored
            record.source = Self.folderMark + (record.source ?? "")
            record.isEnabled = false
            try await store.save(record)
            disabled.insert(name)
        }
        plugins[name]?.stored.isEnabled = isEnabled
        if !isEnabled { await servers.removeValue(forKey: name)?.stop() }
        return try await get(name)
    }

    private func plugin(_ name: String) async throws -> Plugin {
        try await loaded()
        guard let plugin = plugins[name] else {
            let names = plugins.keys.sorted().joined(separator: ", ")
            throw PluginError(
                .pluginUnknown,
                "there is no plugin \"\(name)\"; \(names.isEmpty ? "none is registered" : "there are \(names)")")
        }
        return plugin
    }

    // MARK: Tools

    package func tools(_ selection: NameSelection) async throws -> [Tool] {
        try await loaded()
        switch selection {
        case .auto:
            return plugins.values.filter(\.stored.isEnabled).sorted { $0.stored.name < $1.stored.name }
                .flatMap { $0.operations.map(\.tool) }
        case .named(let names):
            var tools: [Tool] = []
            for name in names {
                let plugin = try await plugin(name)
                guard plugin.stored.isEnabled else {
                    throw PluginError(
                        .pluginDisabled, "\(name) is disabled; enable it with `squire plugin enable \(name)`")
                }
                tools += plugin.operations.map(\.tool)
            }
            return tools
        }
    }

    package func call(plugin name: String, operation: String, arguments: JSONValue) async throws -> ToolOutcome {
        let plugin = try await plugin(name)
        guard plugin.stored.isEnabled else {
            throw PluginError(.pluginDisabled, "\(name) is disabled; enable it with `squire plugin enable \(name)`")
        }
        guard let called = plugin.operations.first(where: { $0.tool.operation == operation }) else {
            let names = plugin.operations.map(\.tool.operation).joined(separator: ", ")
            throw PluginError(.operationUnknown, "\(name) has no operation \"\(operation)\"; it has \(names)")
        }
        var problems = ArgumentChecker.problems(in: arguments, of: called.tool)
        if problems.isEmpty { problems = RequestBuilder(operation: called).problems(arguments) }
        guard problems.isEmpty else { throw PluginError(.argumentsInvalid, problems.joined(separator: "; ")) }
        do {
            let response = try await send(called, arguments, of: plugin)
            return try await answers.run { ResponseReader.outcome(response, of: called) }
        } catch let error as HTTPError {
            return .failed(error.message)
        } catch let error as PluginError where error.code == .serverFailed {
            return .failed(error.message)
        }
    }

    private func send(_ operation: APIOperation, _ arguments: JSONValue, of plugin: Plugin) async throws -> HTTPResponse
    {
        let builder = RequestBuilder(operation: operation)
        guard let server = server(of: plugin) else {
            return try await fetcher.fetch(builder.request(arguments, socket: nil))
        }
        let socket = try await server.socket()
        do {
            return try await fetcher.fetch(builder.request(arguments, socket: socket))
        } catch let error as HTTPError where [.refused, .broken].contains(error.code) {
            await server.isDead(socket: socket)
            // What only reads can be asked twice.
            guard operation.tool.isReadOnly else { throw error }
            return try await fetcher.fetch(builder.request(arguments, socket: try await server.socket()))
        }
    }

    private func server(of plugin: Plugin) -> PluginServer? {
        guard let command = plugin.command else { return nil }
        let name = plugin.stored.name
        if let server = servers[name] { return server }
        let server = PluginServer(
            name: name, command: command,
            folder: plugin.stored.source.map { ($0 as NSString).deletingLastPathComponent },
            runtimeFolder: runtimeFolder, logger: logger)
        servers[name] = server
        return server
    }

    /// Ends the plugins' own servers.
    package func stop() async {
        let running = servers.values
        servers = [:]
        await withTaskGroup { group in
            for server in running { group.addTask { await server.stop() } }
        }
    }

    // MARK: Loading

    /// Waits until the stored plugins and the folders' are read; begins to read them at the first call.
    package func loaded() async throws {
        let task = loading ?? Task { try await load() }
        loading = task
        do {
            try await task.value
        } catch {
            // The next one to ask tries again.
            if loading == task { loading = nil }
            throw error
        }
    }

    private func load() async throws {
        for stored in try await store.plugins() {
            guard stored.source?.hasPrefix(Self.folderMark) != true else {
                disabled.insert(stored.name)
                continue
            }
            do {
                let texts = ManifestReader.Texts(
                    source: stored.source, manifest: stored.manifest, document: stored.document,
                    documentSource: stored.documentSource)
                plugins[stored.name] = try await reading.run {
                    try Plugin.read(
                        texts, isBundled: false, isEnabled: stored.isEnabled, registeredAt: stored.registeredAt)
                }
            } catch {
                logger.warning(
                    "stored plugin cannot be read", metadata: ["plugin": "\(stored.name)", "reason": "\(error)"])
                plugins[stored.name] = .unreadable(stored, because: error)
            }
        }
        await readFolders()
    }

    /// Reads what has changed in the folders since the last time.
    package func refreshFolders() async throws {
        try await loaded()
        await readFolders()
    }

    private func readFolders() async {
        let manifests = folders.manifests()
        let paths = Set(manifests.map(\.path))
        for (path, entry) in known where !paths.contains(path) {
            known[path] = nil
            if let name = entry.name { await forget(name, from: path) }
        }
        for (path, mark) in manifests {
            if let entry = known[path], entry.mark == mark, entry.retry.map({ $0 > .now }) ?? true { continue }
            let earlier = known[path]?.name
            known[path] = Known(mark: mark, name: earlier)
            do {
                let texts = try await reader.read(source: path)
                var plugin = try await reading.run { try Plugin.read(texts, isBundled: true, registeredAt: Date()) }
                let name = plugin.stored.name
                if let other = plugins[name], other.stored.source != texts.source {
                    logger.warning(
                        "plugin left out: the name is taken", metadata: ["plugin": "\(name)", "manifest": "\(path)"])
                    continue
                }
                plugin.stored.isEnabled = !disabled.contains(name)
                if let old = plugins[name] { plugin.stored.registeredAt = old.stored.registeredAt }
                plugins[name] = plugin
                known[path] = Known(mark: mark, name: name)
                if let earlier, earlier != name { await forget(earlier, from: path) }
                await servers.removeValue(forKey: name)?.stop()
            } catch {
                if (error as? PluginError)?.code == .manifestUnreachable { known[path]?.retry = .now + .seconds(60) }
                // A plugin that worked stays as it was until its manifest is mended.
                logger.warning("manifest left out", metadata: ["manifest": "\(path)", "reason": "\(error)"])
            }
        }
    }

    /// Drops a plugin that a folder's manifest no longer describes.
    private func forget(_ name: String, from path: String) async {
        guard plugins[name]?.stored.source == path, plugins[name]?.isBundled == true else { return }
        plugins[name] = nil
        await servers.removeValue(forKey: name)?.stop()
    }
}
