import Logging
import Ownership
import Synchronization

/// The gateway's Unix socket: its owner's alone from its first instant, and in nobody else's place.
enum GatewaySocket {
    /// Serves at a path for as long as `body` runs.
    ///
    /// - Parameters:
    ///   - path: where the socket shall be. One that a dead process of this user left is removed; anything else stays.
    ///   - body: serves at the path it is given, where nobody sees the socket, and calls `settle` once connections are
    ///     taken, which moves the socket to its place; where that fails, it ends.
    /// - Throws: `gatewayListenFailed`, or what `body` throws.
    static func serve(
        at path: String, logger: Logger,
        _ body: (_ socket: String, _ settle: @escaping @Sendable () -> Bool) async throws -> Void
    ) async throws {
        let waiting: SocketPlace.Waiting
        do throws(OwnershipError) {
            try SocketPlace.checkFolder(of: path)
        } catch {
            // Whom the owner lets into the folder is the owner's choice; whoever connects is told nothing about it.
            logger.warning("the gateway's socket is not safe where it is", metadata: ["reason": "\(error.message)"])
        }
        do throws(OwnershipError) {
            if try SocketPlace.check(path) {
                guard !SocketPlace.answers(path), let dead = FileFacts(at: path) else {
                    throw OwnershipError(.taken, "another process answers on \(path); stop it, or choose another path")
                }
                SocketPlace.remove(path, madeAs: dead)
            }
            waiting = try SocketPlace.Waiting(beside: path)
        } catch {
            throw failure(error)
        }
        // Written once by the server's task, read when it has ended.
        let result = Mutex<Result<FileFacts, OwnershipError>?>(nil)
        defer {
            waiting.discard()
            if case .success(let facts) = result.withLock(\.self) { SocketPlace.remove(path, madeAs: facts) }
        }
        try await body(waiting.socket) {
            let settled = Result { () throws(OwnershipError) in try waiting.settle() }
            result.withLock { $0 = settled }
            if case .success = settled { return true }
            return false
        }
        if case .failure(let error) = result.withLock(\.self) { throw failure(error) }
    }

    private static func failure(_ error: OwnershipError) -> GatewayError {
        GatewayError(.listenFailed, "the gateway cannot listen: \(error.message) (gateway.listen)", cause: error)
    }
}
