import NIOCore
import NIOPosix
import Synchronization

/// A connection that sends bytes as they are, for what a well-behaved client does not do.
final class RawConnection: Sendable {
    private let channel: any Channel
    private let received = Mutex("")
    private let (changes, change) = AsyncStream<Void>.makeStream()

    private init(_ channel: any Channel) {
        self.channel = channel
    }

    static func open(to base: String) async throws -> RawConnection {
        let parts = base.replacing("http://", with: "").split(separator: ":")
        let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connect(host: String(parts[0]), port: Int(parts[1]) ?? 0).get()
        let connection = RawConnection(channel)
        try await channel.eventLoop.submit {
            try channel.pipeline.syncOperations.addHandler(Reader(connection))
        }.get()
        return connection
    }

    func send(_ text: String) async throws {
        try await channel.writeAndFlush(ByteBuffer(string: text))
    }

    var text: String { received.withLock { $0 } }
    var isOpen: Bool { channel.isActive }

    /// Waits until a text has come, or the connection is closed.
    func read(until wanted: String) async -> String {
        for await _ in changes where text.contains(wanted) || !isOpen { break }
        return text
    }

    /// All that comes until the other end closes.
    func readToEnd() async -> String {
        try? await channel.closeFuture.get()
        return text
    }

    func close() async { try? await channel.close().get() }

    private final class Reader: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        private let connection: RawConnection

        init(_ connection: RawConnection) {
            self.connection = connection
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let text = String(buffer: unwrapInboundIn(data))
            connection.received.withLock { $0 += text }
            connection.change.yield()
        }

        func channelInactive(context: ChannelHandlerContext) {
            connection.change.yield()
            connection.change.finish()
        }
    }
}
