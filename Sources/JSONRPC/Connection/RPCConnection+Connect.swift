package import Logging
package import NIOCore
import NIOPosix
import Ownership

extension RPCConnection {
    /// Connects to a Unix socket for as long as `body` runs. Nothing is sent to a process of another user but root.
    ///
    /// - Parameters:
    ///   - path: the socket's.
    ///   - handler: what answers requests of the other end and takes its notifications.
    /// - Throws: `RPCConnectionError` (`nobodyListens`, `notAllowed`, `foreignPeer`, `pathTooLong`, `socketFailed`), or
    ///   what `body` throws.
    package static func withConnection<Result>(
        to path: String, handler: any RPCHandler = RPCRouter(), limits: RPCLimits = RPCLimits(),
        logger: Logger = .silent,
        group: any EventLoopGroup = .singletonMultiThreadedEventLoopGroup,
        _ body: (RPCConnection) async throws -> Result
    ) async throws -> Result {
        let connection = try await connect(to: path, handler: handler, limits: limits, logger: logger, group: group)
        do {
            let result = try await body(connection)
            await connection.close()
            return result
        } catch {
            await connection.close()
            throw error
        }
    }

    private static func connect(
        to path: String, handler: any RPCHandler, limits: RPCLimits, logger: Logger, group: any EventLoopGroup
    ) async throws -> RPCConnection {
        try UnixSocket.checkLength(of: path)
        let connection: RPCConnection
        do {
            connection = try await ClientBootstrap(group: group)
                .channelOption(.autoRead, value: false)
                .connect(unixDomainSocketPath: path) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try RPCConnection.add(to: channel, rpc: handler, limits: limits, logger: logger)
                    }
                }
        } catch let error as IOError {
            throw UnixSocket.error(connecting: path, error.errnoCode)
        }
        let peer: Peer
        do {
            peer = try await connection.peer()
        } catch {
            await connection.close()
            throw RPCConnectionError(.closed, "The other end closed the connection at once: \(path).", cause: error)
        }
        guard peer.isTrusted else {
            await connection.close()
            throw RPCConnectionError(
                .foreignPeer,
                "The process that listens on \(path) is \(User.name(peer.user))'s, and not yours; nothing was sent to it. Choose another socket with --socket."
            )
        }
        return connection
    }
}
