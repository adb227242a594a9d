import Core
import Folders
import Foundation
import Logging
import SystemPackage

/// A folder's manifest as it was last read.
struct KnownManifest {
    var mark: ManifestMark
    /// Of the plugin that came of it.
    var name: String?
    /// The name it will have when its document is there: no manifest that comes after it takes it meanwhile.
    var claim: String?
    /// Where it stands among the manifests that were there at the start: the first has a name that several have.
    var place: Int?
    /// When to read it again although it has not changed: its document was out of reach.
    var retry: ContinuousClock.Instant?
}

/// The plugins of folders. A manifest whose document is on the network is a plugin as soon as the document is there, from
/// the store or, in the background, from the network; nothing waits for the network.
extension PluginRegistry {
    /// Reads what has changed in the folders since the last time.
    package func refreshFolders() async throws {
        try await loaded()
        // To its end, also when the task that asked is cancelled.
        try await Task { try await readFolders() }.value
    }

    /// Reads what changes in the folders as it changes, until it is cancelled.
    package func followFolders() async {
        await withTaskGroup { group in
            for path in folders.paths { group.addTask { await self.watch(path) } }
            for await _ in foldersChanged.events {
                do {
                    try await refreshFolders()
                } catch {
                    logger.warning("folders of plugins not read", metadata: ["reason": "\(error)"])
                    tryAgain(after: .seconds(3))
                }
            }
        }
    }

    private nonisolated func watch(_ path: String) async {
        var isPeriodic = false
        for await change in FolderWatch(FilePath(path), PluginFolders.selection).changes() {
            if case .everything(let reason) = change {
                // Said once, and not each time.
                if reason.isPeriodic, !isPeriodic {
                    logger.warning(
                        "a folder of plugins cannot be followed",
                        metadata: ["folder": "\(path)", "reason": "\(reason)"])
                }
                isPeriodic = reason.isPeriodic
            }
            foldersChanged.send()
        }
    }

    private func tryAgain(after time: Duration) {
        Task { [foldersChanged] in
            try await Task.sleep(for: time)
            foldersChanged.send()
        }
    }

    /// Manifests are read one after another, and beside the changes, which others wait for.
    func readFolders() async throws {
        looks += 1
        let manifests = folders.manifests()
        let paths = Set(manifests.map(\.path))
        let isStart = known.isEmpty
        for (path, entry) in known where !paths.contains(path) {
            known[path] = nil
            fetches[path]?.cancel()
            guard let name = entry.name else { continue }
            let server = try await change { registry in
                registry.known[path] == nil ? registry.forget(name, from: path) : nil
            }
            await server?.stop()
        }
        for path in fetched.keys where !paths.contains(path) {
            try await change { await $0.forgetDocument(of: path) }
        }
        for (number, (path, mark)) in manifests.enumerated() {
            let earlier = known[path]
            if let earlier, earlier.mark == mark, earlier.retry.map({ $0 > .now }) ?? true { continue }
            known[path] = KnownManifest(mark: mark, name: earlier?.name, place: isStart ? number : nil)
            let isNew = earlier == nil
            if PluginFolders.size(of: path) > Self.largeBytes {
                readAside { await $0.readManifest(at: path, mark: mark, isNew: isNew, with: $0.largeReader) }
            } else {
                await readManifest(at: path, mark: mark, isNew: isNew, with: reader)
            }
        }
    }

    /// Makes a plugin of a manifest, unless it has changed or gone meanwhile. Where its document is large, that is left to
    /// be done aside.
    private func readManifest(at path: String, mark: ManifestMark, isNew: Bool, with reader: SourceReader) async {
        do {
            let local = try await reader.readFile(path)
            guard known[path]?.mark == mark else { return }
            guard case .remote(let remote) = local else {
                if case .whole(let texts) = local { await makePlugin(of: texts, at: path, mark: mark) }
                return
            }
            known[path]?.claim = remote.name
            let stored = fetched[path].flatMap { $0.url == remote.url.text ? $0 : nil }
            // At the start the stored document will do; one that changed while the daemon runs is read anew.
            let fetched = stored == nil || !isNew ? remote : nil
            if let stored {
                let texts = remote.texts(stored.text, from: stored.source)
                await makePlugin(of: texts, at: path, mark: mark, thenFetch: fetched)
            } else {
                fetch(remote, at: path, mark: mark)
            }
        } catch is CancellationError {
            // The daemon stops.
        } catch {
            if known[path]?.mark == mark { leaveOut(path, error) }
        }
    }

    /// - Parameter remote: what is fetched when the document is read, which may be an older one.
    private func makePlugin(
        of texts: PluginTexts, at path: String, mark: ManifestMark,
        thenFetch remote: SourceReader.Remote? = nil
    ) async {
        @Sendable func make(_ registry: isolated PluginRegistry) async {
            do {
                let plugin = try await registry.read(texts)
                try await registry.adopt(plugin, at: path, mark: mark)
            } catch is CancellationError {
                // The daemon stops.
                return
            } catch {
                if registry.known[path]?.mark == mark { registry.leaveOut(path, error) }
            }
            if let remote, registry.known[path]?.mark == mark { registry.fetch(remote, at: path, mark: mark) }
        }
        if Self.isLarge(texts.document) { readAside(make) } else { await make(self) }
    }

    private func adopt(_ plugin: Plugin, at path: String, mark: ManifestMark) async throws {
        let servers = try await change { registry in
            registry.known[path]?.mark == mark ? registry.adopt(plugin, at: path) : []
        }
        for server in servers { await server.stop() }
    }

    /// Fetches a manifest's document in the background, and makes a plugin of it unless the manifest has changed or gone
    /// meanwhile.
    private func fetch(_ remote: SourceReader.Remote, at path: String, mark: ManifestMark) {
        fetches[path]?.cancel()
        logger.info(
            "document is being fetched", metadata: ["manifest": "\(path)", "url": "\(WebURL.shown(remote.url.text))"])
        fetches[path] = Task {
            do {
                let texts = try await reader.fetch(remote)
                // Before the change, which others wait for.
                let plugin = try await read(texts)
                try Task.checkCancellation()
                let servers: [any ToolServer] = try await change { registry in
                    guard registry.known[path]?.mark == mark else { return [] }
                    try await registry.keep(texts)
                    return registry.adopt(plugin, at: path)
                }
                for server in servers { await server.stop() }
            } catch is CancellationError {
                // The manifest has changed or gone, or the daemon stops.
            } catch {
                if known[path]?.mark == mark { leaveOut(path, error) }
            }
        }
    }

    /// Returns when nothing is being fetched any more.
    func fetchesEnd() async {
        for task in fetches.values { await task.value }
    }

    private func read(_ texts: PluginTexts) async throws -> Plugin {
        try await make(texts, isBundled: true, registeredAt: Date())
    }

    /// Takes the plugin of a folder's manifest, in place of what the manifest was before; within a change.
    ///
    /// - Returns: servers to be stopped after it.
    private func adopt(_ plugin: Plugin, at path: String) -> [any ToolServer] {
        var plugin = plugin
        let name = plugin.stored.name
        let old = plugins[name]
        let isOwn = old?.isBundled == true && (old?.stored.source == .file(path) || gaveWay(old, to: path))
        let isClaimed = known.contains { $0.key != path && $0.value.claim == name }
        if !isOwn, old != nil || isClaimed && known[path]?.claim != name {
            logger.warning(
                "plugin left out: the name is taken", metadata: ["plugin": "\(name)", "manifest": "\(path)"])
            return []
        }
        plugin.stored.isEnabled = !disabled.contains(name)
        if let old { plugin.stored.registeredAt = old.stored.registeredAt }
        let earlier = known[path]?.name
        known[path]?.name = name
        var servers = [put(plugin)]
        if let earlier, earlier != name { servers.append(forget(earlier, from: path)) }
        return servers.compactMap(\.self)
    }

    /// Whether a plugin has its name only because the manifest, which comes before its own, is large and was read later.
    private func gaveWay(_ plugin: Plugin?, to path: String) -> Bool {
        guard case .file(let other)? = plugin?.stored.source, let place = known[path]?.place,
            let later = known[other]?.place, place < later
        else { return false }
        known[other]?.name = nil
        return true
    }

    /// Stores the document of a folder's manifest, where it came over the network; within a change.
    func keep(_ texts: PluginTexts) async throws {
        guard case .file(let path) = texts.source, let url = texts.documentURL else { return }
        let document = FetchedDocument(
            manifest: path, url: url.text, source: texts.documentSource, text: texts.document)
        guard fetched[path] != document else { return }
        try await store.save(document)
        fetched[path] = document
    }

    private static let retryInterval = Duration.seconds(60)

    /// A plugin that worked stays as it was until its manifest is mended.
    private func leaveOut(_ path: String, _ error: any Error) {
        if (error as? PluginError)?.code == .manifestUnreachable {
            known[path]?.retry = .now + Self.retryInterval
            tryAgain(after: Self.retryInterval)
        }
        logger.warning("manifest left out", metadata: ["manifest": "\(path)", "reason": "\(error)"])
    }

    /// Drops a plugin that a folder's manifest no longer describes.
    ///
    /// - Returns: its server, to be stopped after the change.
    private func forget(_ name: String, from path: String) -> (any ToolServer)? {
        guard let plugin = plugins[name], plugin.isBundled, plugin.stored.source == .file(path) else { return nil }
        return drop(name)
    }

    private func forgetDocument(of path: String) async {
        do {
            try await store.removeFetchedDocument(of: path)
            fetched[path] = nil
        } catch {
            logger.warning("document not removed", metadata: ["manifest": "\(path)", "reason": "\(error)"])
        }
    }
}
