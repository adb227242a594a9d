import Core
import Foundation
import Logging

/// A folder's manifest as it was last read.
struct KnownManifest {
    var mark: String
    /// Of the plugin that came of it.
    var name: String?
    /// The name it will have when its document is there: no manifest that comes after it takes it meanwhile.
    var claim: String?
    /// When to read it again although it has not changed: its document was out of reach.
    var retry: ContinuousClock.Instant?
}

/// The plugins of folders. A manifest whose document is on the network is a plugin as soon as the document is there, from
/// the store or, in the background, from the network; nothing waits for the network.
extension PluginRegistry {
    /// Reads what has changed in the folders since the last time.
    package func refreshFolders() async throws {
        try await loaded()
        try await change { await $0.readFolders() }
    }

    /// Within a change.
    func readFolders() async {
        let manifests = folders.manifests()
        let paths = Set(manifests.map(\.path))
        for (path, entry) in known where !paths.contains(path) {
            known[path] = nil
            fetches[path]?.cancel()
            if let name = entry.name { await forget(name, from: path) }
        }
        for path in fetched.keys where !paths.contains(path) { await forgetDocument(of: path) }
        for (path, mark) in manifests {
            let earlier = known[path]
            if let earlier, earlier.mark == mark, earlier.retry.map({ $0 > .now }) ?? true { continue }
            known[path] = KnownManifest(mark: mark, name: earlier?.name)
            do {
                switch try await reader.readFile(path) {
                case .whole(let texts): await adopt(try await read(texts), at: path)
                case .remote(let remote):
                    known[path]?.claim = remote.name
                    let stored = fetched[path].flatMap { $0.url == remote.url.text ? $0 : nil }
                    if let stored {
                        await adopt(try await read(remote.texts(stored.text, from: stored.source)), at: path)
                    }
                    // At the start the stored document will do; one that changed while the daemon runs is read anew.
                    if stored == nil || earlier != nil { fetch(remote, at: path, mark: mark) }
                }
            } catch {
                leaveOut(path, error)
            }
        }
    }

    /// Fetches a manifest's document in the background, and makes a plugin of it unless the manifest has changed or gone
    /// meanwhile.
    private func fetch(_ remote: ManifestReader.Remote, at path: String, mark: String) {
        fetches[path]?.cancel()
        logger.info(
            "document is being fetched", metadata: ["manifest": "\(path)", "url": "\(WebURL.shown(remote.url.text))"])
        fetches[path] = Task {
            do {
                let texts = try await reader.fetch(remote)
                // Before the change, which others wait for.
                let plugin = try await read(texts)
                try Task.checkCancellation()
                try await change { registry in
                    guard registry.known[path]?.mark == mark else { return }
                    try await registry.keep(texts)
                    await registry.adopt(plugin, at: path)
                }
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

    private func read(_ texts: ManifestReader.Texts) async throws -> Plugin {
        try await reading.run { try Plugin.read(texts, isBundled: true, registeredAt: Date()) }
    }

    /// Takes the plugin of a folder's manifest, in place of what the manifest was before; within a change.
    private func adopt(_ plugin: Plugin, at path: String) async {
        var plugin = plugin
        let name = plugin.stored.name
        let old = plugins[name]
        let isOwn = old?.isBundled == true && old?.stored.source == .file(path)
        let isClaimed = known.contains { $0.key != path && $0.value.claim == name }
        if !isOwn, old != nil || isClaimed && known[path]?.claim != name {
            logger.warning(
                "plugin left out: the name is taken", metadata: ["plugin": "\(name)", "manifest": "\(path)"])
            return
        }
        plugin.stored.isEnabled = !disabled.contains(name)
        if let old { plugin.stored.registeredAt = old.stored.registeredAt }
        let earlier = known[path]?.name
        known[path]?.name = name
        await put(plugin)?.stop()
        if let earlier, earlier != name { await forget(earlier, from: path) }
    }

    /// Stores the document of a folder's manifest, where it came over the network; within a change.
    func keep(_ texts: ManifestReader.Texts) async throws {
        guard case .file(let path) = texts.source, let url = texts.documentURL else { return }
        let document = FetchedDocument(
            manifest: path, url: url.text, source: texts.documentSource, text: texts.document)
        guard fetched[path] != document else { return }
        try await store.save(document)
        fetched[path] = document
    }

    /// A plugin that worked stays as it was until its manifest is mended.
    private func leaveOut(_ path: String, _ error: any Error) {
        if (error as? PluginError)?.code == .manifestUnreachable { known[path]?.retry = .now + .seconds(60) }
        logger.warning("manifest left out", metadata: ["manifest": "\(path)", "reason": "\(error)"])
    }

    /// Drops a plugin that a folder's manifest no longer describes.
    private func forget(_ name: String, from path: String) async {
        guard let plugin = plugins[name], plugin.isBundled, plugin.stored.source == .file(path) else { return }
        await drop(name)?.stop()
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
