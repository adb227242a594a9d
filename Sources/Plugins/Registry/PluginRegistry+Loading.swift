import Core
import Folders
import Foundation
import Logging

extension PluginRegistry {
    /// Waits until the stored plugins and the folders' are read; begins to read them at the first call. Neither the network
    /// is waited for nor documents that are large.
    ///
    /// Never inlined, as the others that wait here: the optimizer of Swift 6.3.1 crashes on callers that hold several of them.
    @inline(never)
    package func loaded() async throws {
        let task =
            loading
            ?? Task {
                try await change { try await $0.load() }
                try await readFolders()
            }
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
        disabled = try await store.disabledFolderPlugins()
        let documents = try await store.fetchedDocuments()
        fetched = Dictionary(documents.map { ($0.manifest, $0) }) { first, _ in first }
        for stored in try await store.plugins() {
            if Self.isLarge(stored.document) {
                plugins[stored.name] = .unread(stored)
                readAside { await $0.readUnread(stored) }
            } else {
                plugins[stored.name] = try await read(stored)
            }
        }
    }

    private func read(_ stored: StoredPlugin) async throws -> Plugin {
        let texts = PluginTexts(
            source: stored.source, manifest: stored.manifest, document: stored.document,
            documentSource: stored.documentSource)
        do {
            return try await make(
                texts, isBundled: false, isEnabled: stored.isEnabled, registeredAt: stored.registeredAt)
        } catch let error as CancellationError {
            throw error
        } catch {
            logger.warning(
                "stored plugin cannot be read", metadata: ["plugin": "\(stored.name)", "reason": "\(error)"])
            return .unreadable(stored, because: error)
        }
    }

    /// Makes a plugin of its texts, away from the actor: a document may have megabytes.
    ///
    /// - Parameter refreshing: whether its tools are got from where they come, and not from what was kept of them.
    /// - Throws: `manifestUnreadable`, `manifestInvalid`, `CancellationError`.
    @inline(never)
    func make(
        _ texts: PluginTexts, isBundled: Bool, isEnabled: Bool = true, registeredAt: Date, refreshing: Bool = false
    ) async throws -> Plugin {
        let made = try await thread(for: texts.document).run { [kinds] in
            try kinds.kind(of: texts.first).plugin(of: texts)
        }
        guard Tool.isName(made.name) else {
            throw PluginError(
                .manifestInvalid, "the plugin's name is \"\(made.name)\"; names have 1 to 64 letters, digits, - and _")
        }
        do {
            var texts = texts
            if refreshing, let document = try await made.server.refresh() { texts.keep(document) }
            return Plugin(
                made, of: texts, tools: try await made.server.tools(), isBundled: isBundled, isEnabled: isEnabled,
                registeredAt: registeredAt)
        } catch {
            await made.server.stop()
            throw error
        }
    }

    // MARK: Large documents

    /// Of the size that takes a noticeable time to read; all that are smaller are there at the first question.
    static func isLarge(_ document: String) -> Bool { document.utf8.count > largeBytes }

    static let largeBytes = 256 << 10

    func thread(for document: String) -> ReadingThread { Self.isLarge(document) ? readingLarge : reading }

    /// Does what takes long because of a large document while everything else goes on.
    func readAside(_ body: @escaping @Sendable (isolated PluginRegistry) async -> Void) {
        asideCount += 1
        let number = asideCount
        aside[number] = Task {
            await body(self)
            aside[number] = nil
            if aside.isEmpty { pluginsChanged.send() }
        }
    }

    /// Whether there are plugins that are known only when their large documents are read.
    var isReadingAside: Bool { !aside.isEmpty }

    /// Returns when no large document is being read any more.
    @inline(never)
    func asideEnds() async {
        while let (_, task) = aside.first { await task.value }
    }

    /// A plugin that is asked for by its name is waited for.
    @inline(never)
    func asideEnds(for name: String) async {
        if let plugin = plugins[name], !plugin.isUnread { return }
        await asideEnds()
    }

    /// Makes a stored plugin ready, unless it was removed or replaced meanwhile.
    private func readUnread(_ stored: StoredPlugin) async {
        guard let plugin = try? await read(stored) else { return }
        try? await change { registry in
            guard let current = registry.plugins[stored.name], current.isUnread else { return }
            var plugin = plugin
            if !plugin.tools.isEmpty { plugin.stored.isEnabled = current.stored.isEnabled }
            registry.plugins[stored.name] = plugin
        }
    }
}
