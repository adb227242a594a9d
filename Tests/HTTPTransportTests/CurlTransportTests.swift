import Core
import Foundation
import HTTPTransport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct CurlTransportTests {
    /// Runs `body` with a transport and a server, and stops both.
    private func with(
        socketPath: String? = nil, reply: @escaping @Sendable (String) -> ScriptedServer.Reply,
        _ body: (CurlTransport, ScriptedServer) async throws -> Void
    ) async throws {
        let server = try await ScriptedServer(socketPath: socketPath, reply: reply)
        let transport = CurlTransport()
        try await body(transport, server)
        await transport.stop()
        try await server.stop()
    }

    private func code(_ transport: CurlTransport, _ request: HTTPRequest) async -> HTTPError? {
        await #expect(throws: HTTPError.self) { try await transport.fetch(request) }
    }

    @Test("a response comes back whole: status, headers and body", arguments: ["200 OK", "404 Not Found", "500 Oops"])
    func whole(status: String) async throws {
        try await with(reply: { _ in .response(status, headers: ["X-Kind: test"], body: Array("héllo".utf8)) }) {
            transport, server in
            let response = try await transport.fetch(HTTPRequest(url: server.url + "/x"))
            #expect(String(response.status) == status.prefix(3))
            #expect(response.header("x-kind") == "test")
            #expect(String(decoding: response.body, as: UTF8.self) == "héllo")
        }
    }

    @Test("a chunked body is put together")
    func chunked() async throws {
        let text = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
        try await with(reply: { _ in .text(text) }) { transport, server in
            let response = try await transport.fetch(HTTPRequest(url: server.url))
            #expect(response.body == Array("abcde".utf8))
        }
    }

    @Test("method, headers and body arrive as they were given, and a header cannot begin another")
    func request() async throws {
        try await with(reply: { .response("200 OK", body: Array($0.utf8)) }) { transport, server in
            let response = try await transport.fetch(
                HTTPRequest(
                    method: "PUT", url: server.url + "/a?b=c",
                    headers: [HTTPHeader("X-One", "1"), HTTPHeader("X-Bad", "a\r\nX-Injected: yes")],
                    body: Array("payload".utf8)))
            let seen = String(decoding: response.body, as: UTF8.self)
            #expect(seen.hasPrefix("PUT /a?b=c HTTP/1.1\r\n"))
            #expect(seen.contains("X-One: 1\r\n") && seen.hasSuffix("payload"))
            #expect(!seen.contains("\r\nX-Injected"))
            #expect(seen.contains("User-Agent: Squire/0.1"))
        }
    }

    @Test("a server on a Unix socket answers")
    func unixSocket() async throws {
        let path = "/tmp/squire-\(UUID().uuidString.prefix(8)).sock"
        try await with(socketPath: path, reply: { _ in .response("200 OK", body: [0x21]) }) { transport, _ in
            let response = try await transport.fetch(HTTPRequest(url: "http://plugin/time", socketPath: path))
            #expect(response.body == [0x21])
        }
    }

    @Test("where nothing listens, the connection is refused by name")
    func refused() async throws {
        let transport = CurlTransport()
        let error = await code(transport, HTTPRequest(url: "http://127.0.0.1:1/x"))
        #expect(error?.code == .refused)
        #expect(error?.message.contains("127.0.0.1") == true)
        let socket = await code(transport, HTTPRequest(url: "http://x/", socketPath: "/tmp/no-such.sock"))
        #expect(socket?.code == .refused)
        await transport.stop()
    }

    @Test(
        "what is no http URL is refused before anything is sent",
        arguments: ["file:///etc/passwd", "ftp://x/y", "", "nonsense"])
    func invalidURL(url: String) async throws {
        let transport = CurlTransport()
        #expect(await code(transport, HTTPRequest(url: url))?.code == .invalidURL)
        await transport.stop()
    }

    @Test("a server that falls silent in the middle is given up after the idle limit")
    func idle() async throws {
        let start = Array("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc".utf8)
        try await with(reply: { _ in .stall(start) }) { transport, server in
            let limits = HTTPLimits(idle: .milliseconds(200))
            #expect(await code(transport, HTTPRequest(url: server.url, limits: limits))?.code == .idleTimeout)
        }
    }

    @Test("a server that never answers is given up after the total limit")
    func total() async throws {
        try await with(reply: { _ in .stall([]) }) { transport, server in
            let limits = HTTPLimits(total: .milliseconds(200), idle: .seconds(30))
            let error = await code(transport, HTTPRequest(url: server.url, limits: limits))
            #expect(error?.code == .totalTimeout)
            #expect(error?.message.contains("0.2 s") == true)
        }
    }

    @Test("a TLS handshake nobody answers counts to the connect limit")
    func connect() async throws {
        try await with(reply: { _ in .stall([]) }) { transport, server in
            let url = server.url.replacing("http:", with: "https:")
            let limits = HTTPLimits(connect: .milliseconds(200))
            #expect(await code(transport, HTTPRequest(url: url, limits: limits))?.code == .connectTimeout)
        }
    }

    @Test("a body over the limit is refused, also one that only grows by decompression")
    func tooLarge() async throws {
        let limits = HTTPLimits(responseBytes: 1000)
        try await with(reply: { _ in .response("200 OK", body: Array(repeating: 0x61, count: 2000)) }) {
            transport, server in
            #expect(await code(transport, HTTPRequest(url: server.url, limits: limits))?.code == .tooLarge)
        }
        // 100,000 zero bytes, deflated (zlib) to 121.
        let bomb = try #require(Data(base64Encoded: Self.deflatedZeros))
        try await with(reply: { _ in .response("200 OK", headers: ["Content-Encoding: deflate"], body: Array(bomb)) }) {
            transport, server in
            #expect(await code(transport, HTTPRequest(url: server.url, limits: limits))?.code == .tooLarge)
            let whole = try await transport.fetch(HTTPRequest(url: server.url))
            #expect(whole.body.count == 100_000)
        }
    }

    @Test("redirects are followed up to their limit, and never to a file")
    func redirects() async throws {
        let reply: @Sendable (String) -> ScriptedServer.Reply = { request in
            if request.hasPrefix("GET /once") { return .response("302 Found", headers: ["Location: /end"]) }
            if request.hasPrefix("GET /file") {
                return .response("302 Found", headers: ["Location: file:///etc/passwd"])
            }
            if request.hasPrefix("GET /end") { return .response("200 OK", body: [0x65]) }
            return .response("302 Found", headers: ["Location: /loop"])
        }
        try await with(reply: reply) { transport, server in
            let end = try await transport.fetch(HTTPRequest(url: server.url + "/once"))
            #expect(end.body == [0x65] && end.url.hasSuffix("/end"))
            #expect(await code(transport, HTTPRequest(url: server.url + "/loop"))?.code == .tooManyRedirects)
            #expect(await code(transport, HTTPRequest(url: server.url + "/file"))?.code == .invalidURL)
        }
    }

    @Test("cancelling ends a request at once, and the transport goes on")
    func cancel() async throws {
        try await with(reply: { $0.hasPrefix("GET /slow") ? .stall([]) : .response("200 OK") }) { transport, server in
            let task = Task { try await transport.fetch(HTTPRequest(url: server.url + "/slow")) }
            _ = try await transport.fetch(HTTPRequest(url: server.url + "/fast"))
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            let after = try await transport.fetch(HTTPRequest(url: server.url + "/fast"))
            #expect(after.status == 200)
        }
    }

    @Test("a hundred requests at once are all answered")
    func many() async throws {
        try await with(reply: { .response("200 OK", body: Array($0.prefix(8).utf8)) }) { transport, server in
            try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<100 {
                    group.addTask { try await transport.fetch(HTTPRequest(url: "\(server.url)/\(number)")).status }
                }
                let statuses = try await group.reduce(into: [Int]()) { $0.append($1) }
                #expect(statuses == Array(repeating: 200, count: 100))
            }
        }
    }

    @Test("stopping fails what runs, and what comes after")
    func stop() async throws {
        try await with(reply: { _ in .stall([]) }) { transport, server in
            let url = server.url
            let task = Task { try await transport.fetch(HTTPRequest(url: url)) }
            await Task.yield()
            await transport.stop()
            await #expect(throws: CancellationError.self) { try await task.value }
            await #expect(throws: CancellationError.self) { try await transport.fetch(HTTPRequest(url: url)) }
        }
    }
}

extension CurlTransportTests {
    /// `zlib.compress(bytes(100000), 9)` of Python, as Base64.
    fileprivate static let deflatedZeros =
        "eNrtwTEBAAAAwqD1T20ND6AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAACAVwOGrwAB"
}
