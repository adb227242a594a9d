import ServiceLifecycle
import Store

/// Closes the database when nothing writes to it any more.
struct DatabaseService: Service {
    let database: Database

    func run() async throws {
        try? await gracefulShutdown()
        try database.close()
    }
}
