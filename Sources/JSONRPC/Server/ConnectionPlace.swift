import Core
import NIOCore

/// A connection's place among all of its server, and its share of what half-read lines may take of memory.
struct ConnectionPlace: Sendable {
    let ledger: ConnectionLedger
    let number: ConnectionLedger.Number
    /// Bytes of lines that have not come to their end, of all connections.
    let lines: ByteBudget
}

/// Tells who connects that there is no room, and closes.
final class ConnectionRefusal: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let limit: Int

    init(limit: Int) {
        self.limit = limit
    }

    func channelActive(context: ChannelHandlerContext) {
        let error = RPCError(
            kind: "tooManyConnections",
            "All \(limit) connections to this socket have requests in flight. Close some, or try again later.")
        context.writeAndFlush(wrapOutboundOut(OutgoingMessage.failure(id: .null, error)), promise: nil)
        context.close(promise: nil)
    }
}
