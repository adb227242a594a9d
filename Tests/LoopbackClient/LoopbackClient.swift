import NIOCore
import NIOHTTP1
import NIOPosix

/// An HTTP client for tests of servers of our own. Unlike `HTTPTransport` it sends whatever header a test wants, and hands on
/// each piece of an answer when it comes.
package struct LoopbackClient: Sendable {
    package struct Request: Sendable {
        package var method: String
        package var path: String
        package var headers: [String: String]
        package var body: String?

        package init(
            _ method: String = "GET", _ path: String, headers: [String: String] = [:], body: String? = nil
        ) {
            self.method = method
            self.path = path
            self.headers = headers
            self.body = body
        }
    }

    package struct Answer: Sendable {
        package var status: Int
        /// Names in small letters; values of one name are joined by commas.
        package var headers: [String: String] = [:]
        package var text = ""
    }

    /// Why there is no whole answer.
    package enum Problem: Error {
        /// The server closed the connection first.
        case closed
    }

    private enum Place {
        case tcp(host: String, port: Int)
        case socket(path: String)
    }

    private let place: Place

    /// A server on loopback.
    package init(host: String, port: Int) {
        place = .tcp(host: host, port: port)
    }

    /// - Parameter address: `127.0.0.1:8080`.
    package init(address: some StringProtocol) {
        let parts = address.split(separator: ":")
        self.init(host: parts.first.map { String($0) } ?? "", port: parts.last.flatMap { Int($0) } ?? 0)
    }

    /// A server on a Unix socket.
    package init(socketPath: String) {
        place = .socket(path: socketPath)
    }

    /// Sends one request on a connection of its own, which is closed where the task is cancelled.
    ///
    /// - Parameter piece: called with each piece of the body when it comes.
    /// - Throws: what connecting throws; `Problem.closed`, or an error of the parser's, where the answer is cut; what `piece`
    ///   throws.
    @concurrent package func send(
        _ request: Request, piece: @Sendable (String) async throws -> Void = { _ in }
    ) async throws -> Answer {
        try await send([request], piece: piece)[0]
    }

    /// Sends requests on one connection, each when the one before is answered.
    @concurrent package func send(
        _ requests: [Request], piece: @Sendable (String) async throws -> Void = { _ in }
    ) async throws -> [Answer] {
        let channel = try await connect()
        return try await channel.executeThenClose { inbound, outbound in
            var answers: [Answer] = []
            var parts = inbound.makeAsyncIterator()
            for request in requests {
                try await outbound.write(contentsOf: self.parts(of: request))
                answers.append(try await Self.answer(&parts, piece))
            }
            return answers
        }
    }

    private typealias Connection = NIOAsyncChannel<HTTPClientResponsePart, HTTPPart<HTTPRequestHead, ByteBuffer>>

    private func connect() async throws -> Connection {
        let bootstrap = ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
        @Sendable func prepare(_ channel: any Channel) -> EventLoopFuture<Connection> {
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHTTPClientHandlers()
                try channel.pipeline.syncOperations.addHandler(RequestPartsInMemory())
                return try Connection(wrappingChannelSynchronously: channel)
            }
        }
        return switch place {
        case .tcp(let host, let port):
            try await bootstrap.connect(host: host, port: port, channelInitializer: prepare)
        case .socket(let path):
            try await bootstrap.connect(unixDomainSocketPath: path, channelInitializer: prepare)
        }
    }

    private var host: String {
        switch place {
        case .tcp(let host, let port): "\(host):\(port)"
        case .socket: "localhost"
        }
    }

    private func parts(of request: Request) -> [HTTPPart<HTTPRequestHead, ByteBuffer>] {
        var headers = HTTPHeaders([("Host", host)])
        if let body = request.body {
            headers.add(name: "Content-Type", value: "application/json")
            headers.add(name: "Content-Length", value: String(body.utf8.count))
        }
        for (name, value) in request.headers { headers.replaceOrAdd(name: name, value: value) }
        let head = HTTPRequestHead(
            version: .http1_1, method: HTTPMethod(rawValue: request.method), uri: request.path, headers: headers)
        return [.head(head)] + (request.body.map { [.body(ByteBuffer(string: $0))] } ?? []) + [.end(nil)]
    }

    @concurrent private static func answer(
        _ parts: inout NIOAsyncChannelInboundStream<HTTPClientResponsePart>.AsyncIterator,
        _ piece: @Sendable (String) async throws -> Void
    ) async throws -> Answer {
        var answer = Answer(status: 0)
        var body = ByteBuffer()
        while let part = try await parts.next() {
            switch part {
            case .head(let head):
                answer.status = Int(head.status.code)
                answer.headers = Dictionary(
                    head.headers.map { ($0.name.lowercased(), $0.value) }, uniquingKeysWith: { "\($0), \($1)" })
            case .body(var bytes):
                try await piece(String(buffer: bytes))
                body.writeBuffer(&bytes)
            case .end:
                answer.text = String(buffer: body)
                return answer
            }
        }
        try Task.checkCancellation()
        throw Problem.closed
    }
}

/// Bodies of tests are bytes in memory; SwiftNIO's encoder takes files too.
private final class RequestPartsInMemory: ChannelOutboundHandler, Sendable {
    typealias OutboundIn = HTTPPart<HTTPRequestHead, ByteBuffer>
    typealias OutboundOut = HTTPClientRequestPart

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let part: HTTPClientRequestPart =
            switch Self.unwrapOutboundIn(data) {
            case .head(let head): .head(head)
            case .body(let bytes): .body(.byteBuffer(bytes))
            case .end(let trailers): .end(trailers)
            }
        context.write(Self.wrapOutboundOut(part), promise: promise)
    }
}
