import NIOCore
import NIOPosix
import Synchronization

/// A connection that sends bytes as they are, for what a well-behaved client does not do.
final class RawConnection: Sendable {
    private let channel: any Channel
    private let log: Log

    private init(_ channel: any Channel, _ log: Log) {
        self.channel = channel
        self.log = log
    }

    /// What has come.
    private final class Log: Sendable {
        let received = Mutex("")
        let (changes, change) = AsyncStream<Void>.makeStream()
    }

    static func open(to base: String) async throws -> RawConnection {
        let parts = base.replacing("http://", with: "").split(separator: ":")
        let log = Log()
        let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Reader(log))
                }
            }
            .connect(host: String(parts[0]), port: Int(parts[1]) ?? 0).get()
        return RawConnection(channel, log)
    }

    func send(_ text: String) async throws {
        try await channel.writeAndFlush(ByteBuffer(string: text))
    }

    var text: String { log.received.withLock { $0 } }
    var isOpen: Bool { channel.isActive }

    /// Waits until a text has come, or the connection is closed.
    func read(until wanted: String) async -> String {
        for await _ in log.changes where text.contains(wanted) || !isOpen { break }
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
        private let log: Log

        init(_ log: Log) {
            self.log = log
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let text = String(buffer: unwrapInboundIn(data))
            log.received.withLock { $0 += text }
            log.change.yield()
        }

        func channelInactive(context: ChannelHandlerContext) {
            log.change.yield()
            log.change.finish()
        }
    }
}
