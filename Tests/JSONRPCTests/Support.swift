import Core
import Foundation
import JSONRPC
import NIOCore
import NIOPosix
import Testing

@testable import JSONRPC

/// Opens once; whoever waits goes on then.
actor Gate {
    private var isOpen = false
    private var waiters: [CheckedContinuation<Void, Never>] = []

    func open() {
        isOpen = true
        for waiter in waiters { waiter.resume() }
        waiters = []
    }

    func wait() async {
        if isOpen { return }
        await withCheckedContinuation { waiters.append($0) }
    }
}

/// Suspends until the task is cancelled, then opens the gate and throws `CancellationError`.
func waitForCancellation(opening gate: Gate? = nil, began: Gate? = nil) async throws {
    let (stream, continuation) = AsyncStream.makeStream(of: Never.self)
    await began?.open()
    for await _ in stream {}
    continuation.finish()
    await gate?.open()
    try Task.checkCancellation()
}

/// A path for a socket in a directory of its own, which is removed afterwards.
func withSocketPath<T>(_ body: (String) async throws -> T) async throws -> T {
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent("rpc-\(UUID().uuidString.prefix(8))")
    defer { try? FileManager.default.removeItem(at: directory) }
    return try await body(directory.appendingPathComponent("test.sock").path)
}

func withServer<T>(
    _ handler: any RPCHandler, limits: RPCLimits = RPCLimits(), _ body: (String, RPCServer) async throws -> T
) async throws -> T {
    try await withSocketPath { path in
        try await RPCServer.withServer(at: path, handler: handler, limits: limits) { try await body(path, $0) }
    }
}

/// A client that sends bytes as they are and reads lines.
struct RawClient: Sendable {
    let channel: any Channel
    let lines: AsyncStream<String>

    static func with<T>(_ path: String, _ body: (RawClient) async throws -> T) async throws -> T {
        let (lines, continuation) = AsyncStream.makeStream(of: String.self)
        let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(LineReader(continuation))
                }
            }
            .connect(unixDomainSocketPath: path).get()
        let result: T
        do {
            result = try await body(RawClient(channel: channel, lines: lines))
        } catch {
            try? await channel.close()
            throw error
        }
        try? await channel.close()
        return result
    }

    func send(_ text: String) async throws {
        try await channel.writeAndFlush(ByteBuffer(string: text))
    }

    func send(bytes: [UInt8]) async throws {
        try await channel.writeAndFlush(ByteBuffer(bytes: bytes))
    }

    /// The next line; nil when the server closed the connection.
    func line() async -> JSONValue? {
        for await line in lines { return try? JSONValue(parsing: line) }
        return nil
    }

    /// Sends a line and returns the next one.
    func ask(_ line: String) async throws -> JSONValue? {
        try await send(line + "\n")
        return await self.line()
    }

    private final class LineReader: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        private var splitter = LineSplitter(limit: 64 << 20)
        private let lines: AsyncStream<String>.Continuation

        init(_ lines: AsyncStream<String>.Continuation) { self.lines = lines }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            splitter.append(unwrapInboundIn(data))
            while case .line(let line) = splitter.next() { lines.yield(String(buffer: line)) }
        }

        func channelInactive(context: ChannelHandlerContext) { lines.finish() }
    }
}
