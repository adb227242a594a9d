import Core
import Foundation
import HTTPTransport
import LoopbackServer
import Testing

@Suite(.timeLimit(.minutes(1)))
struct LimitTests {
    @Test func `a server that falls silent in the middle is given up after the idle limit`() async throws {
        let start = Array("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc".utf8)
        try await running(reply: { _ in .stall(start) }) { transport, server in
            let limits = HTTPLimits(idle: .milliseconds(200))
            let error = await failure(of: HTTPRequest.own(url: server.url, limits: limits), transport)
            #expect(error?.code == .idleTimeout)
            #expect(error?.message.contains("\(server.url) sent nothing for 0.2 s") == true)
            await server.seesClose()
        }
    }

    @Test func `a server that never answers is given up after the total limit`() async throws {
        try await running(reply: { _ in .stall([]) }) { transport, server in
            let limits = HTTPLimits(total: .milliseconds(200), idle: .seconds(30))
            let error = await failure(of: HTTPRequest.own(url: server.url, limits: limits), transport)
            #expect(error?.code == .totalTimeout)
            #expect(error?.message.contains("0.2 s") == true)
        }
    }

    @Test func `a TLS handshake nobody answers counts to the connect limit, and not to a shorter idle limit`()
        async throws
    {
        try await running(reply: { _ in .stall([]) }) { transport, server in
            let url = server.url.replacing("http:", with: "https:")
            let limits = HTTPLimits(connect: .milliseconds(300), idle: .milliseconds(50))
            let error = await failure(of: HTTPRequest.own(url: url, limits: limits), transport)
            #expect(error?.code == .connectTimeout)
            #expect(error?.message.contains("127.0.0.1 within 0.3 s") == true)
        }
    }

    @Test func `limits too long for libcurl and for any clock are as good as none`() async throws {
        try await running(reply: { _ in .response("204 No Content") }) { transport, server in
            let long = Duration.seconds(Int64.max)
            let limits = HTTPLimits(connect: long, total: long, idle: long, responseBytes: .max)
            let answer = try await transport.fetch(HTTPRequest.own(url: server.url, limits: limits))
            #expect(answer.status == 204)
        }
    }

    @Test(arguments: [true, false])
    func `a body may have as many bytes as the limit says and no more`(isAnnounced: Bool) async throws {
        let head =
            "HTTP/1.1 200 OK\r\nConnection: close\r\n" + (isAnnounced ? "Content-Length: 100000\r\n\r\n" : "\r\n")
        let whole = Array(head.utf8) + Array(repeating: 0x61, count: 100_000)
        try await running(reply: { _ in .bytes(whole) }) { transport, server in
            let exact = HTTPRequest.own(url: server.url, limits: HTTPLimits(responseBytes: 100_000))
            let answer = try await transport.fetch(exact)
            #expect(answer.body.count == 100_000)
            let short = HTTPRequest.own(url: server.url, limits: HTTPLimits(responseBytes: 99_999))
            let error = await failure(of: short, transport)
            #expect(error?.code == .tooLarge)
            #expect(error?.message.contains("\(server.url) answered with more than 99999 bytes") == true)
        }
    }

    @Test(arguments: ["gzip", "deflate"])
    func `a small body that decompression makes large is refused`(encoding: String) async throws {
        let bomb = try #require(Data(base64Encoded: encoding == "gzip" ? Self.gzipped : Self.deflated))
        let reply = ScriptedServer.Reply.response(
            "200 OK", headers: ["Content-Encoding: \(encoding)"], body: Array(bomb))
        try await running(reply: { _ in reply }) { transport, server in
            let limits = HTTPLimits(responseBytes: 1000)
            #expect(await failure(of: HTTPRequest.own(url: server.url, limits: limits), transport)?.code == .tooLarge)
            let whole = try await transport.fetch(HTTPRequest.own(url: server.url))
            #expect(whole.body == Array(repeating: 0, count: 100_000))
        }
    }

    @Test func `headers without end are refused`() async throws {
        let lines = (0..<4000).map { "X-\($0): " + String(repeating: "x", count: 100) }
        try await running(reply: { _ in .response("200 OK", headers: lines) }) { transport, server in
            #expect(await failure(of: HTTPRequest.own(url: server.url), transport)?.code == .tooLarge)
        }
    }

    // 100,000 zero bytes, compressed by Python's zlib and gzip at level 9, as Base64.
    private static let deflated =
        "eNrtwTEBAAAAwqD1T20ND6AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
        + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAACAVwOGrwAB"
    private static let gzipped =
        "H4sIAAAAAAACA+3BMQEAAADCoPVPbQ0PoAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
        + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAIBXA32VEdSghgEA"
}
