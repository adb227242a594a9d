import Retrieval
import ServiceLifecycle

/// Computes documents' vectors and follows folders, until the daemon stops.
struct DocumentService: Service {
    let library: DocumentLibrary
    let folders: FolderService

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await library.run() }
                group.addTask { await folders.run() }
            }
            // A service that returns ends the daemon.
            try? await gracefulShutdown()
        }
    }
}
