import Core
import Foundation
import JSONRPC
import Testing

/// What one end may take of a server's connections and memory.
@Suite(.timeLimit(.minutes(1)))
struct ConnectionLimitTests {
    private static var router: RPCRouter {
        var router = RPCRouter()
        router.on(Ping.self) { _, _ in RPCNothing() }
        router.on(Wait.self) { _, _ in
            try await Task.sleep(for: .seconds(60))
            return RPCNothing()
        }
        return router
    }

    private static func with(
        limits: RPCLimits = RPCLimits(), connections: Int = 256, _ body: (String) async throws -> Void
    ) async throws {
        try await withSocketPath { path in
            try await RPCServer.withServer(at: path, handler: router, limits: limits, connectionLimit: connections) {
                _ in
                try await body(path)
            }
        }
    }

    private static let ping = #"{"jsonrpc":"2.0","id":1,"method":"ping"}"# + "\n"

    @Test func `connections that ask nothing lock nobody out`() async throws {
        try await Self.with(connections: 4) { path in
            let (closed, closings) = AsyncStream.makeStream(of: Void.self)
            let open = (0..<30).map { _ in
                Task {
                    try await RawClient.with(path) { client in
                        for await _ in client.lines {}
                        closings.yield()
                    }
                }
            }
            // All thirty were let in once only four are left: none comes later and takes the place of the one that asks.
            for await _ in closed.prefix(26) {}
            try await RPCConnection.withConnection(to: path) { connection in
                await #expect(throws: Never.self) {
                    _ = try await connection.call(Ping.self, RPCNothing(), timeout: .seconds(10))
                }
            }
            for task in open { task.cancel() }
        }
    }

    @Test func `where all have requests in flight, who comes is told so`() async throws {
        try await Self.with(connections: 1) { path in
            try await RawClient.with(path) { first in
                try await first.send(Self.ping)
                var lines = first.lines.makeAsyncIterator()
                _ = await lines.next()
                try await first.send(#"{"jsonrpc":"2.0","id":2,"method":"wait"}"# + "\n")
                try await Task.sleep(for: .milliseconds(100))
                try await RawClient.with(path) { second in
                    var lines = second.lines.makeAsyncIterator()
                    #expect(await lines.next()?.contains("tooManyConnections") == true)
                    #expect(await lines.next() == nil)
                }
            }
        }
    }

    @Test func `a line that does not come to its end is cut, one that comes steadily is not`() async throws {
        let limits = RPCLimits(line: .milliseconds(1500), lineRate: 10)
        try await Self.with(limits: limits) { path in
            try await RawClient.with(path) { client in
                try await client.send(#"{"jsonrpc":"2.0","#)
                var lines = client.lines.makeAsyncIterator()
                #expect(await lines.next()?.contains("lineTooSlow") == true)
                #expect(await lines.next() == nil)
            }
            try await RawClient.with(path) { client in
                let line =
                    #"{"jsonrpc":"2.0","id":1,"method":"ping","params":{"x":""# + String(repeating: "a", count: 4000)
                for part in stride(from: 0, to: line.count, by: 400) {
                    try await client.send(String(line.dropFirst(part).prefix(400)))
                    try await Task.sleep(for: .milliseconds(170))
                }
                try await client.send("\"}}\n")
                var lines = client.lines.makeAsyncIterator()
                #expect(await lines.next()?.contains("result") == true)
            }
        }
    }

    @Test func `half-read lines of all connections share a bound, and small ones have room`() async throws {
        let limits = RPCLimits(freeLineBytes: 1 << 10, sharedLineBytes: 64 << 10)
        try await Self.with(limits: limits) { path in
            try await RawClient.with(path) { first in
                try await first.send(String(repeating: "a", count: 60 << 10))
                try await Task.sleep(for: .milliseconds(100))
                try await RawClient.with(path) { second in
                    try await second.send(String(repeating: "b", count: 30 << 10))
                    var lines = second.lines.makeAsyncIterator()
                    #expect(await lines.next()?.contains("linesTooLong") == true)
                }
                try await RawClient.with(path) { third in
                    try await third.send(Self.ping)
                    var lines = third.lines.makeAsyncIterator()
                    #expect(await lines.next()?.contains("result") == true)
                }
            }
        }
    }
}
