import Folders
package import Logging
import Store
import SystemPackage

/// Follows the folders of all collections, and reads what changes in them.
package struct FolderService: Sendable {
    private let library: DocumentLibrary
    private let logger: Logger

    package init(library: DocumentLibrary, logger: Logger) {
        self.library = library
        self.logger = logger
    }

    private struct Root: Hashable {
        var collection: String
        var path: [UInt8]
        var followsLinks: Bool
    }

    /// Works until it is cancelled.
    package func run() async {
        var following: [Root: Task<Void, Never>] = [:]
        library.rootsChanged.send()
        for await _ in library.rootsChanged.events {
            do {
                let wanted = Set(
                    try await library.store.roots().map {
                        Root(collection: $0.collection, path: $0.path, followsLinks: $0.followsLinks)
                    })
                for (root, task) in following where !wanted.contains(root) {
                    task.cancel()
                    following[root] = nil
                }
                for root in wanted where following[root] == nil {
                    following[root] = Task { await follow(root) }
                }
            } catch {
                // What was followed goes on being followed.
                logger.error("which folders to follow is not known", metadata: ["error": "\(error)"])
            }
        }
        for task in following.values { task.cancel() }
        for task in following.values { await task.value }
    }

    private func follow(_ root: Root) async {
        let path = FilePath(bytes: root.path)
        let selection = FolderSelection(followsLinks: root.followsLinks)
        let walk = FolderWalk(path, selection)
        var isPeriodic = false
        for await change in FolderWatch(path, selection).changes() {
            if Task.isCancelled { return }
            switch change {
            case .gone: logger.warning("a followed folder is gone", metadata: ["folder": "\(path)"])
            case .everything(let reason):
                // Said once, and not each time.
                if reason.isPeriodic, !isPeriodic {
                    logger.warning(
                        "a folder cannot be followed", metadata: ["folder": "\(path)", "reason": "\(reason)"])
                }
                isPeriodic = reason.isPeriodic
                await read([walk], root)
            case .changed(let paths):
                await read(paths.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }.map(walk.at), root)
            }
        }
    }

    private func read(_ walks: [FolderWalk], _ root: Root) async {
        var batch = DocumentBatch(library: library, collection: root.collection)
        do {
            for walk in walks { try await library.addFiles(walk, to: &batch) { _ in } }
            try await batch.finish()
        } catch is CancellationError {
            return
        } catch {
            logger.error(
                "a followed folder is not read",
                metadata: ["folder": "\(FilePath(bytes: root.path))", "error": "\(error)"])
        }
        let outcome = batch.outcome
        guard outcome.added + outcome.updated + outcome.removed + outcome.failures.count > 0 else { return }
        logger.info(
            "a followed folder has changed",
            metadata: [
                "folder": "\(FilePath(bytes: root.path))", "added": "\(outcome.added)", "updated": "\(outcome.updated)",
                "removed": "\(outcome.removed)", "failed": "\(outcome.failures.count)",
            ])
        for failure in outcome.failures {
            logger.debug("a document was not read", metadata: ["path": "\(failure.path)", "error": "\(failure.error)"])
        }
    }
}
