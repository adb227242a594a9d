import Foundation

/// Ends a private daemon with the program that started it.
enum StarterWatch {
    /// Ends this process as SIGTERM does once standard input has ended. A pipe's end comes with its writer's, however
    /// that died.
    static func begin() {
        Thread.detachNewThread {
            while let bytes = try? FileHandle.standardInput.read(upToCount: 1024), !bytes.isEmpty {}
            kill(getpid(), SIGTERM)
        }
    }
}
