import Foundation
import Ownership
import ServiceLifecycle

/// Keeps the log of a daemon that runs in the background bounded.
struct LogService: Service {
    let file: LogFile

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while true {
                file.rotateIfLarge([STDOUT_FILENO, STDERR_FILENO])
                try await Task.sleep(for: .seconds(20))
            }
        }
    }
}
