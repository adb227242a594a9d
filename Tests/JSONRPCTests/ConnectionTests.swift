import Core
import Foundation
import JSONRPC
import NIOCore
import Testing

@testable import JSONRPC

@Suite(.timeLimit(.minutes(1))) struct ConnectionTests {
    private func router(_ add: (inout RPCRouter) -> Void = { _ in }) -> RPCRouter {
        var router = RPCRouter()
        router.on(Echo.self) { text, _ in text }
        add(&router)
        return router
    }

    @Test func `a request that arrives byte by byte is answered`() async throws {
        try await withServer(router()) { path, _ in
            try await RawClient.with(path) { client in
                for byte in #"{"jsonrpc":"2.0","id":1,"method":"echo","params":{"text":"grüße"}}"#.utf8 {
                    try await client.send(bytes: [byte])
                }
                #expect(try await client.ask("")?["result"]?["text"] == "grüße")
            }
        }
    }

    @Test func `many messages in one write are all answered, blank lines are not`() async throws {
        try await withServer(router()) { path, _ in
            try await RawClient.with(path) { client in
                let lines = (1...100).map {
                    #"{"jsonrpc":"2.0","id":\#($0),"method":"echo","params":{"text":"t"}}"# + "\n\r\n"
                }
                try await client.send(lines.joined())
                var ids: Set<Int> = []
                for _ in 1...100 { ids.insert(await client.line()?["id"]?.integer ?? 0) }
                #expect(ids == Set(1...100))
            }
        }
    }

    @Test func `a line over the limit is answered with the limit, and the next line is served`() async throws {
        try await withServer(router(), limits: RPCLimits(lineBytes: 1000)) { path, _ in
            try await RawClient.with(path) { client in
                try await client.send(String(repeating: "x", count: 500_000))
                let error = await client.line()?["error"]
                #expect(error?["code"] == -32600)
                #expect(error?["data"]?["limit"] == 1000)
                try await client.send("xx\n")
                #expect(
                    try await client.ask(#"{"jsonrpc":"2.0","id":7,"method":"echo","params":{"text":"a"}}"#)?["id"] == 7
                )
            }
        }
    }

    @Test func `requests in flight are answered in the order they finish`() async throws {
        let gate = Gate()
        let router = router {
            $0.on(Slow.self) { _, _ in
                await gate.wait()
                return Text(text: "done")
            }
        }
        try await withServer(router) { path, _ in
            try await RawClient.with(path) { client in
                try await client.send(#"{"jsonrpc":"2.0","id":"slow","method":"slow"}"# + "\n")
                let quick = try await client.ask(
                    #"{"jsonrpc":"2.0","id":"quick","method":"echo","params":{"text":""}}"#)
                #expect(quick?["id"] == "quick")
                await gate.open()
                #expect(await client.line()?["id"] == "slow")
            }
        }
    }

    @Test func `a notification $/cancelRequest cancels the handler, and the answer is -32800`() async throws {
        let began = Gate()
        let router = router {
            $0.on(Wait.self) { _, _ in
                try await waitForCancellation(began: began)
                return RPCNothing()
            }
        }
        try await withServer(router) { path, _ in
            try await RawClient.with(path) { client in
                try await client.send(#"{"jsonrpc":"2.0","id":4,"method":"wait"}"# + "\n")
                await began.wait()
                let answer = try await client.ask(#"{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":4}}"#)
                #expect(answer?["id"] == 4)
                #expect(answer?["error"]?["code"] == -32800)
            }
        }
    }

    @Test func `cancelling the calling task cancels the handler at the other end`() async throws {
        let began = Gate()
        let cancelled = Gate()
        let router = router {
            $0.on(Wait.self) { _, _ in
                try await waitForCancellation(opening: cancelled, began: began)
                return RPCNothing()
            }
        }
        try await withServer(router) { path, _ in
            try await RPCConnection.withConnection(to: path) { connection in
                let call = Task { try await connection.call(Wait.self, RPCNothing()) }
                await began.wait()
                call.cancel()
                await cancelled.wait()
                await #expect(throws: CancellationError.self) { try await call.value }
                let after = try await connection.call(Echo.self, Text(text: "still open"))
                #expect(after.text == "still open")
            }
        }
    }

    @Test func `a client that vanishes cancels what it asked for`() async throws {
        let began = Gate()
        let cancelled = Gate()
        let router = router {
            $0.on(Wait.self) { _, _ in
                try await waitForCancellation(opening: cancelled, began: began)
                return RPCNothing()
            }
        }
        try await withServer(router) { path, server in
            try await RawClient.with(path) { client in
                try await client.send(#"{"jsonrpc":"2.0","id":4,"method":"wait"}"# + "\n")
                await began.wait()
                #expect(server.connectionCount == 1)
            }
            await cancelled.wait()
            // Nothing of it is left, and others are answered.
            while server.connectionCount > 0 { try await Task.sleep(for: .milliseconds(5)) }
            let answer = try await RawClient.with(path) { client in
                try await client.ask(#"{"jsonrpc":"2.0","id":5,"method":"nothing"}"#)
            }
            #expect(answer?["id"] == 5)
        }
    }

    @Test func `a client that only stops sending still gets its answers, then the connection closes`() async throws {
        let gate = Gate()
        let router = router {
            $0.on(Slow.self) { _, _ in
                await gate.wait()
                return Text(text: "done")
            }
        }
        try await withServer(router) { path, _ in
            try await RawClient.with(path) { client in
                try await client.channel.setOption(.allowRemoteHalfClosure, value: true).get()
                try await client.send(#"{"jsonrpc":"2.0","id":4,"method":"slow"}"# + "\n")
                try await client.channel.close(mode: .output)
                await gate.open()
                #expect(await client.line()?["id"] == 4)
            }
        }
    }

    @Test func `notifications reach the asker in order and before the result`() async throws {
        let router = router {
            $0.on(Count.self) { _, context in
                for number in 1...200 {
                    try await context.notify(Number.self, Number.Parameters(n: number))
                }
                return RPCNothing()
            }
        }
        try await withServer(router) { path, _ in
            let (stream, numbers) = AsyncStream.makeStream(of: Int.self)
            var listener = RPCRouter()
            listener.on(Number.self) { parameters, _ in numbers.yield(parameters.n) }
            try await RPCConnection.withConnection(to: path, handler: listener) { connection in
                _ = try await connection.call(Count.self, RPCNothing())
                numbers.finish()
            }
            var received: [Int] = []
            for await number in stream { received.append(number) }
            #expect(received == Array(1...200))
        }
    }

    @Test func `the server may ask the client back while it works on its request`() async throws {
        let router = router {
            $0.on(Greet.self) { text, context in
                let answer = try await context.call(Approve.self, text)
                return Text(text: "approved: \(answer.text)")
            }
        }
        var approver = RPCRouter()
        approver.on(Approve.self) { text, _ in Text(text: text.text.uppercased()) }
        try await withServer(router) { [approver] path, _ in
            try await RPCConnection.withConnection(to: path, handler: approver) { connection in
                let greeting = try await connection.call(Greet.self, Text(text: "yes"))
                #expect(greeting.text == "approved: YES")
            }
            let error = await #expect(throws: RPCError.self) {
                try await RPCConnection.withConnection(to: path) { connection in
                    _ = try await connection.call(Greet.self, Text(text: "yes"))
                }
            }
            #expect(error?.code == .methodNotFound, "a client that answers nothing says so")
        }
    }

    @Test func `a call that is not answered in time throws and is cancelled at the other end`() async throws {
        let cancelled = Gate()
        let router = router {
            $0.on(Wait.self) { _, _ in
                try await waitForCancellation(opening: cancelled)
                return RPCNothing()
            }
        }
        try await withServer(router) { path, _ in
            try await RPCConnection.withConnection(to: path) { connection in
                let error = await #expect(throws: RPCConnectionError.self) {
                    try await connection.call(Wait.self, RPCNothing(), timeout: .milliseconds(20))
                }
                #expect(error?.code == .timedOut)
                await cancelled.wait()
            }
        }
    }

    @Test func `a call fails when the server goes away, and later calls fail at once`() async throws {
        let router = router {
            $0.on(Close.self) { _, context in
                await context.connection.close()
                return RPCNothing()
            }
        }
        try await withServer(router) { path, _ in
            try await RPCConnection.withConnection(to: path) { connection in
                for _ in 1...2 {
                    let error = await #expect(throws: RPCConnectionError.self) {
                        try await connection.call(Close.self, RPCNothing())
                    }
                    #expect(error?.code == .closed)
                }
            }
        }
    }

    @Test func `a message over the limit is refused before it is sent, and a result over it is an error`() async throws
    {
        let router = router {
            $0.on(Long.self) { _, _ in Text(text: String(repeating: "x", count: 2000)) }
        }
        try await withServer(router, limits: RPCLimits(lineBytes: 1000)) { path, _ in
            try await RPCConnection.withConnection(to: path, limits: RPCLimits(lineBytes: 1000)) { connection in
                let sending = await #expect(throws: RPCConnectionError.self) {
                    try await connection.call(Echo.self, Text(text: String(repeating: "x", count: 2000)))
                }
                #expect(sending?.code == .messageTooLong)
                let result = await #expect(throws: RPCError.self) {
                    try await connection.call(Long.self, RPCNothing())
                }
                #expect(result?.kind == "resultTooLong")
            }
        }
    }
}
