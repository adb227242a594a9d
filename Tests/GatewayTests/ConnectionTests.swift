import Core
import Foundation
import Testing

@testable import Gateway

/// What clients may take of the gateway's connections, time and memory.
@Suite(.timeLimit(.minutes(1)))
struct ConnectionTests {
    private static let slow = "GET /health HTTP/1.1\r\nHost: localhost\r\nX: "

    private static func limits(_ change: (inout GatewayLimits) -> Void) -> GatewayLimits {
        var limits = GatewayLimits()
        change(&limits)
        return limits
    }

    @Test func `more idle connections than there may be lock nobody out`() async throws {
        try await RunningGateway.with(limits: Self.limits { $0.connections = 8 }) { gateway in
            var open: [RawConnection] = []
            for _ in 0..<40 {
                let connection = try await RawConnection.open(to: gateway.base)
                try await connection.send(Self.slow)
                open.append(connection)
            }
            #expect(try await gateway.get("/health").status == 200)
            // The oldest went for those that came later.
            for connection in open.prefix(20) { #expect(await connection.readToEnd() == "") }
            for connection in open { await connection.close() }
        }
    }

    @Test func `where all are being answered, who comes is told so at once`() async throws {
        let model = ScriptedModel(ScriptedModel.Script(events: [.text("a")], isEndless: true))
        try await RunningGateway.with(model: model, limits: Self.limits { $0.connections = 2 }) { gateway in
            let body = chat("Hi", ["stream": true]).text
            var busy: [RawConnection] = []
            for _ in 0..<2 {
                let connection = try await RawConnection.open(to: gateway.base)
                try await connection.send(
                    "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
                )
                #expect(await connection.read(until: "\"content\":\"a\"").contains("200 OK"))
                busy.append(connection)
            }
            let refused = try await RawConnection.open(to: gateway.base)
            let answer = await refused.readToEnd()
            #expect(answer.hasPrefix("HTTP/1.1 503 "))
            #expect(answer.contains("Retry-After: 1") && answer.contains("too_many_connections"))
            await busy[0].close()
            await model.waitForCancellation()
            // The place is free when the connection is closed at this end too.
            var status: Int?
            for _ in 0..<500 where status != 200 {
                status = try? await gateway.get("/health").status
                if status != 200 { try await Task.sleep(for: .milliseconds(10)) }
            }
            #expect(status == 200)
            await busy[1].close()
        }
    }

    @Test func `a head that comes byte by byte is cut, and a connection that asks nothing`() async throws {
        let limits = Self.limits {
            $0.head = .milliseconds(300)
            $0.idle = .milliseconds(600)
        }
        try await RunningGateway.with(limits: limits) { gateway in
            let started = ContinuousClock.now
            let slow = try await RawConnection.open(to: gateway.base)
            let trickle = Task {
                try await slow.send(Self.slow)
                while true {
                    try await Task.sleep(for: .milliseconds(40))
                    try await slow.send("a")
                }
            }
            #expect(await slow.readToEnd() == "")
            trickle.cancel()
            let silent = try await RawConnection.open(to: gateway.base)
            #expect(await silent.readToEnd() == "")
            let kept = try await RawConnection.open(to: gateway.base)
            try await kept.send("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")
            #expect(await kept.readToEnd().contains("200 OK"))
            #expect(ContinuousClock.now - started < .seconds(20))
        }
    }

    @Test func `a body that comes too slowly is cut and told why, one that comes in time is not`() async throws {
        let limits = Self.limits {
            $0.bodyInterval = .milliseconds(400)
            $0.bodyRate = 100
        }
        try await RunningGateway.with(limits: limits) { gateway in
            let slow = try await RawConnection.open(to: gateway.base)
            try await slow.send(
                "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\n\r\n{")
            #expect(await slow.readToEnd().hasPrefix("HTTP/1.1 408 "))
            let body = chat().text
            let steady = try await RawConnection.open(to: gateway.base)
            try await steady.send(
                "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
            )
            for part in body.split(separator: ",", omittingEmptySubsequences: false).enumerated() {
                try await Task.sleep(for: .milliseconds(50))
                try await steady.send((part.offset == 0 ? "" : ",") + part.element)
            }
            #expect(await steady.readToEnd().contains("200 OK"))
        }
    }

    @Test func `who asks whether to go on is told to, or why not`() async throws {
        try await RunningGateway.with { gateway in
            let body = chat().text
            let head = "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n"
            let asks = try await RawConnection.open(to: gateway.base)
            try await asks.send("\(head)Content-Length: \(body.utf8.count)\r\n\r\n")
            #expect(await asks.read(until: "\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n")
            try await asks.send(body)
            #expect(await asks.read(until: "Hello there").contains("200 OK"))
            await asks.close()
            let large = try await RawConnection.open(to: gateway.base)
            try await large.send("\(head)Content-Length: \(99 << 20)\r\n\r\n")
            #expect(await large.readToEnd().hasPrefix("HTTP/1.1 413 "))
            let strange = try await RawConnection.open(to: gateway.base)
            try await strange.send("\(head.replacing("100-continue", with: "jam"))Content-Length: 2\r\n\r\n")
            #expect(await strange.readToEnd().hasPrefix("HTTP/1.1 417 "))
        }
    }

    @Test(arguments: [
        (
            "both lengths", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}",
            400
        ),
        ("two lengths", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}", 400),
        (
            "the same length twice", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\n{}",
            400
        ),
        ("a length with a sign", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +2\r\n\r\n{}", 400),
        ("a length below zero", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -2\r\n\r\n{}", 400),
        ("a length too large", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n{}", 400),
        (
            "a chunk's size",
            "POST /v1/embeddings HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n{}\r\n", 400
        ),
        ("a space before the colon", "GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400),
        ("no header", "GET / HTTP/1.1\r\nHost: a\r\nnonsense\r\n\r\n", 400),
        ("no host", "GET /health HTTP/1.1\r\n\r\n", 400),
        ("two hosts", "GET /health HTTP/1.1\r\nHost: localhost\r\nHost: evil\r\n\r\n", 400),
        ("no request", "\u{16}\u{3}\u{1} hello\r\n\r\n", 400),
        ("another encoding", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", 501),
        ("a header too large", "GET / HTTP/1.1\r\nHost: a\r\nX: \(String(repeating: "a", count: 40_000))\r\n\r\n", 431),
        ("too many headers", "GET / HTTP/1.1\r\nHost: a\r\n\(String(repeating: "X: 1\r\n", count: 500))\r\n", 431),
    ])
    func `what is no request is answered with a status that says so, and closed`(
        what: String, bytes: String, status: Int
    ) async throws {
        try await RunningGateway.with { gateway in
            let connection = try await RawConnection.open(to: gateway.base)
            try await connection.send(bytes)
            let answer = await connection.readToEnd()
            #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "\(what): \(answer)")
            #expect(answer.contains("\"type\":\"invalid_request_error\"") || status > 499)
            #expect(answer.lowercased().contains("connection: close"))
            #expect(answer.components(separatedBy: "HTTP/1.1 ").count == 2)
            #expect(try await gateway.get("/health").status == 200)
        }
    }

    @Test func `bodies wait for each other's memory, and are refused where it does not come`() async throws {
        let limits = Self.limits {
            $0.bodyBytes = 16 << 20
            $0.bodyWait = .milliseconds(300)
        }
        try await RunningGateway.with(limits: limits) { gateway in
            let head = "POST /v1/embeddings HTTP/1.1\r\nHost: localhost\r\nContent-Length: \(16 << 20)\r\n\r\n"
            let holder = try await RawConnection.open(to: gateway.base)
            try await holder.send(head + #"{"input": ""# + String(repeating: "a", count: 12 << 20))
            let body = #"{"model": "x", "input": ""# + String(repeating: "a", count: 8 << 20) + #""}"#
            var refused = try await gateway.send("POST", "/v1/embeddings", body: body)
            // The first may not have been read when the second came.
            for _ in 0..<20 where refused.status != 503 {
                try await Task.sleep(for: .milliseconds(100))
                refused = try await gateway.send("POST", "/v1/embeddings", body: body)
            }
            #expect(refused.status == 503)
            #expect(try refused.json()["error"]?["code"] == "bodies_too_many")
            #expect(refused.headers["retry-after"] == "1")
            // A small one has room.
            #expect(try await gateway.post("/v1/chat/completions", chat()).status == 200)
            await holder.close()
            var free = try await gateway.send("POST", "/v1/embeddings", body: body)
            for _ in 0..<20 where free.status == 503 {
                free = try await gateway.send("POST", "/v1/embeddings", body: body)
            }
            #expect(free.status != 503)
        }
    }
}
