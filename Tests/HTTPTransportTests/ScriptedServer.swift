import Foundation
import NIOCore
import NIOPosix

/// A TCP or Unix-socket server that answers each connection with what a closure says, byte for byte: what no proper
/// HTTP server would send is what these tests need.
final class ScriptedServer: Sendable {
    enum Reply: Sendable {
        /// Sends these bytes and closes.
        case bytes([UInt8])
        /// Sends these bytes and keeps the connection open without a word.
        case stall([UInt8])

        static func text(_ text: String) -> Reply { .bytes(Array(text.utf8)) }

        /// A whole response.
        static func response(_ status: String, headers: [String] = [], body: [UInt8] = []) -> Reply {
            let head = (["HTTP/1.1 \(status)", "Content-Length: \(body.count)", "Connection: close"] + headers)
                .joined(separator: "\r\n")
            return .bytes(Array("\(head)\r\n\r\n".utf8) + body)
        }
    }

    private let channel: any Channel
    private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)

    /// - Parameters:
    ///   - socketPath: where to listen; nil takes a free loopback port.
    ///   - reply: given the request's text, as far as its first read held it.
    init(socketPath: String? = nil, reply: @escaping @Sendable (String) -> Reply) async throws {
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 256)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Handler(reply: reply))
                }
            }
        if let socketPath {
            channel = try await bootstrap.bind(unixDomainSocketPath: socketPath).get()
        } else {
            channel = try await bootstrap.bind(host: "127.0.0.1", port: 0).get()
        }
    }

    var url: String { "http://127.0.0.1:\(channel.localAddress?.port ?? 0)" }

    func stop() async throws {
        try await channel.close()
        try await group.shutdownGracefully()
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer
        private let reply: @Sendable (String) -> Reply

        init(reply: @escaping @Sendable (String) -> Reply) { self.reply = reply }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let request = String(buffer: Self.unwrapInboundIn(data))
            switch reply(request) {
            case .bytes(let bytes):
                let channel = context.channel
                channel.writeAndFlush(ByteBuffer(bytes: bytes)).whenComplete { _ in channel.close(promise: nil) }
            case .stall(let bytes):
                context.channel.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil)
            }
        }
    }
}
