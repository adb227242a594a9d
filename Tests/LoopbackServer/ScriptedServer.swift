import NIOCore
import NIOPosix
import Synchronization

/// A TCP or Unix-socket server that answers each request with what a closure says, byte for byte: what no proper
/// HTTP server would send is what these tests need.
package final class ScriptedServer: Sendable {
    package enum Reply: Sendable {
        /// Sends these bytes and closes.
        case bytes([UInt8])
        /// Sends these bytes and keeps the connection open without a word.
        case stall([UInt8])

        package static func text(_ text: String) -> Reply { .bytes(Array(text.utf8)) }

        /// A whole response, after which the connection closes.
        package static func response(_ status: String, headers: [String] = [], body: [UInt8] = []) -> Reply {
            .bytes(whole(status, headers: ["Connection: close"] + headers, body: body))
        }

        /// A whole response, after which the connection waits for the next request.
        package static func kept(_ status: String, body: [UInt8] = []) -> Reply {
            .stall(whole(status, headers: [], body: body))
        }

        package static func redirect(_ status: Int, to location: String) -> Reply {
            .response("\(status) Elsewhere", headers: ["Location: \(location)"])
        }

        private static func whole(_ status: String, headers: [String], body: [UInt8]) -> [UInt8] {
            let head = ["HTTP/1.1 \(status)", "Content-Length: \(body.count)"] + headers
            return Array("\(head.joined(separator: "\r\n"))\r\n\r\n".utf8) + body
        }
    }

    package enum Event: Sendable {
        /// The bytes of one read came; all of a request here, where requests are short.
        case request(String)
        /// The other side, or this one, closed a connection.
        case closed
    }

    /// What happened, in order. For one consumer.
    let events: AsyncStream<Event>
    private let channel: any Channel
    private let connections: Counter
    private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)

    /// - Parameters:
    ///   - socketPath: where to listen; nil takes a free loopback port.
    ///   - reply: given the request's text, as far as its first read held it.
    package init(socketPath: String? = nil, reply: @escaping @Sendable (String) -> Reply) async throws {
        let (events, reporter) = AsyncStream.makeStream(of: Event.self)
        let connections = Counter()
        (self.events, self.connections) = (events, connections)
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 256)
            .childChannelInitializer { channel in
                connections.count.withLock { $0 += 1 }
                return channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Handler(reply: reply, reporter: reporter))
                }
            }
        if let socketPath {
            channel = try await bootstrap.bind(unixDomainSocketPath: socketPath).get()
        } else {
            channel = try await bootstrap.bind(host: "127.0.0.1", port: 0).get()
        }
    }

    package var url: String { "http://127.0.0.1:\(channel.localAddress?.port ?? 0)" }

    /// How many there have been.
    package var connectionCount: Int { connections.count.withLock { $0 } }

    /// Returns when a request has come whose text begins so.
    package func receives(_ start: String) async {
        for await case .request(let text) in events where text.hasPrefix(start) { return }
    }

    /// Returns when a connection has been closed.
    package func seesClose() async {
        for await case .closed in events { return }
    }

    package func stop() async throws {
        try await channel.close()
        try await group.shutdownGracefully()
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer
        private let reply: @Sendable (String) -> Reply
        private let reporter: AsyncStream<Event>.Continuation

        init(reply: @escaping @Sendable (String) -> Reply, reporter: AsyncStream<Event>.Continuation) {
            (self.reply, self.reporter) = (reply, reporter)
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let request = String(buffer: Self.unwrapInboundIn(data))
            reporter.yield(.request(request))
            switch reply(request) {
            case .bytes(let bytes):
                let channel = context.channel
                channel.writeAndFlush(ByteBuffer(bytes: bytes)).whenComplete { _ in channel.close(promise: nil) }
            case .stall(let bytes):
                context.channel.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil)
            }
        }

        func channelInactive(context: ChannelHandlerContext) {
            reporter.yield(.closed)
        }
    }
}

/// A count that a server and its connections' closures hold together.
private final class Counter: Sendable {
    let count = Mutex(0)
}
