import Core
package import Logging
package import NIOCore
import NIOPosix
import Synchronization

/// Listens on a Unix socket and answers whoever connects.
package final class RPCServer: Sendable {
    private let channel: any Channel
    private let connections: ConnectionSet
    private let path: String
    private let identity: UnixSocket.FileIdentity?

    /// Listens for as long as `body` runs. The socket's file is made with mode 0600, in a directory that is made
    /// with 0700 where missing, and is removed at the end. Whether a file that is there already may be removed is for
    /// the caller to know.
    ///
    /// - Parameters:
    ///   - path: the socket's.
    ///   - handler: what answers requests, of all connections.
    ///   - connectionLimit: the most connections. One more takes the place of the oldest that has no request in flight.
    ///   - admits: says which processes are answered; the connections of others are closed at once. Runs on the
    ///     connection's thread.
    ///   - body: begins once connecting works. When it ends, requests still in flight are cancelled; `stop` before
    ///     lets them finish.
    /// - Throws: `RPCConnectionError` (`socketExists`, `notAllowed`, `pathTooLong`, `socketFailed`), or what `body`
    ///   throws.
    package static func withServer<Result>(
        at path: String, handler: any RPCHandler, limits: RPCLimits = RPCLimits(), connectionLimit: Int = 1024,
        admits: @escaping @Sendable (Peer) -> Bool = \.isTrusted, logger: Logger = .silent,
        group: any EventLoopGroup = .singletonMultiThreadedEventLoopGroup,
        _ body: (RPCServer) async throws -> Result
    ) async throws -> Result {
        let server = try await listen(
            at: path, handler: handler, limits: limits, connectionLimit: connectionLimit, admits: admits,
            logger: logger,
            group: group)
        do {
            let result = try await body(server)
            await server.stop(within: .zero)
            return result
        } catch {
            await server.stop(within: .zero)
            throw error
        }
    }

    private init(channel: any Channel, connections: ConnectionSet, path: String) {
        self.channel = channel
        self.connections = connections
        self.path = path
        identity = UnixSocket.identity(of: path)
    }

    private static func listen(
        at path: String, handler: any RPCHandler, limits: RPCLimits, connectionLimit: Int,
        admits: @escaping @Sendable (Peer) -> Bool, logger: Logger, group: any EventLoopGroup
    ) async throws -> RPCServer {
        let descriptor = try UnixSocket.bind(to: path)
        let connections = ConnectionSet()
        let ledger = ConnectionLedger(limit: connectionLimit)
        let lines = ByteBudget(limit: limits.sharedLineBytes)
        let bootstrap = ServerBootstrap(group: group)
            .childChannelOption(.autoRead, value: false)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelInitializer { channel in
                Peer.of(channel).flatMapThrowing { peer in
                    guard admits(peer) else {
                        logger.notice(
                            "connection refused", metadata: ["user": "\(peer.user)", "process": "\(peer.process)"])
                        throw RPCConnectionError(.notAllowed, "This process is not answered.")
                    }
                    guard let place = ledger.admit(close: { channel.close(promise: nil) }) else {
                        return try channel.pipeline.syncOperations.addHandler(
                            ConnectionRefusal(limit: connectionLimit))
                    }
                    channel.closeFuture.whenComplete { _ in ledger.remove(place) }
                    var logger = logger
                    let number = connections.makeNumber()
                    logger[metadataKey: "connection"] = "\(number)"
                    let connection = try RPCConnection.add(
                        to: channel, rpc: handler, limits: limits, logger: logger,
                        place: ConnectionPlace(ledger: ledger, number: place, lines: lines))
                    connections.insert(connection, number)
                    channel.closeFuture.whenComplete { _ in connections.remove(number) }
                }
            }
        do {
            let channel = try await bootstrap.withBoundSocket(descriptor).get()
            UnixSocket.setBacklog(descriptor, 1024)
            return RPCServer(channel: channel, connections: connections, path: path)
        } catch {
            throw RPCConnectionError(.socketFailed, "Could not listen on \(path): \(error)", cause: error)
        }
    }

    /// How many connections are open.
    package var connectionCount: Int { connections.all.count }

    /// Stops: accepts no more connections and requests, lets those in flight finish for `deadline`, then cancels
    /// them, and closes each connection when its requests are answered (at the latest `RPCLimits.cancellation`
    /// after the deadline). Returns when all are closed. Stopping again does nothing.
    package func stop(within deadline: Duration) async {
        UnixSocket.remove(path, identity: identity)
        // Fails only where it is closed already.
        try? await channel.close().get()
        await withDiscardingTaskGroup { group in
            for connection in connections.all {
                group.addTask { await connection.drain(within: deadline) }
            }
        }
    }
}

/// The open connections of a server.
private final class ConnectionSet: Sendable {
    private struct State {
        var lastNumber = 0
        var connections: [Int: RPCConnection] = [:]
    }

    /// Written by the event loops as connections come and go.
    private let state = Mutex(State())

    var all: [RPCConnection] { state.withLock { Array($0.connections.values) } }

    func makeNumber() -> Int {
        state.withLock { state in
            state.lastNumber += 1
            return state.lastNumber
        }
    }

    func insert(_ connection: RPCConnection, _ number: Int) {
        state.withLock { $0.connections[number] = connection }
    }

    func remove(_ number: Int) {
        state.withLock { _ = $0.connections.removeValue(forKey: number) }
    }
}
