import Core
import Foundation
import Logging

extension PluginRegistry {
    /// Waits until the stored plugins and the folders' are read; begins to read them at the first call. The network is
    /// not waited for.
    package func loaded() async throws {
        let task = loading ?? Task { try await change { try await $0.load() } }
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
            let texts = ManifestReader.Texts(
                source: stored.source, manifest: stored.manifest, document: stored.document,
                documentSource: stored.documentSource)
            do {
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
}
