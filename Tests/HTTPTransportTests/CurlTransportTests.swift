import Core
import Foundation
import HTTPTransport
import LoopbackServer
import Testing

/// Short enough for the address of a Unix socket.
func temporarySocketPath() -> String {
    NSTemporaryDirectory() + "squire-\(UUID().uuidString.prefix(8)).sock"
}

@Suite(.timeLimit(.minutes(1)))
struct CurlTransportTests {
    @Test(arguments: ["200 OK", "404 Not Found", "500 Oops"])
    func `a response comes back whole: status, headers and body`(status: String) async throws {
        let reply = ScriptedServer.Reply.response(status, headers: ["X-Kind: test"], body: Array("héllo".utf8))
        try await running(reply: { _ in reply }) { transport, server in
            let response = try await transport.fetch(HTTPRequest.own(url: server.url + "/x"))
            #expect(String(response.status) == status.prefix(3))
            #expect(response.header("x-kind") == "test")
            #expect(String(decoding: response.body, as: UTF8.self) == "héllo")
            #expect(response.url == server.url + "/x")
        }
    }

    @Test func `a chunked body is put together`() async throws {
        let text = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
        try await running(reply: { _ in .text(text) }) { transport, server in
            let response = try await transport.fetch(HTTPRequest.own(url: server.url))
            #expect(response.body == Array("abcde".utf8))
        }
    }

    @Test func `a body that ends before its length is an error and no response`() async throws {
        try await running(reply: { _ in .text("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc") }) {
            transport, server in
            #expect(await failure(of: HTTPRequest.own(url: server.url), transport)?.code == .broken)
        }
    }

    @Test(arguments: [("POST", "payload"), ("PUT", "payload"), ("PATCH", ""), ("DELETE", "payload")])
    func `method, headers and body arrive as they were given`(method: String, body: String) async throws {
        try await running(reply: { .response("200 OK", body: Array($0.utf8)) }) { transport, server in
            let headers = [HTTPHeader("X-One", "1"), HTTPHeader("X-Empty", "")]
            let response = try await transport.fetch(
                HTTPRequest.own(method: method, url: server.url + "/a?b=c", headers: headers, body: Array(body.utf8)))
            let seen = String(decoding: response.body, as: UTF8.self)
            #expect(seen.hasPrefix("\(method) /a?b=c HTTP/1.1\r\n"))
            #expect(seen.contains("\r\nX-One: 1\r\n") && seen.contains("\r\nX-Empty:\r\n"))
            #expect(seen.contains("\r\nContent-Length: \(body.utf8.count)\r\n") && seen.hasSuffix("\r\n\r\n" + body))
            #expect(seen.contains("\r\nUser-Agent: Squire/0.1\r\n"))
            #expect(!seen.contains("\r\nContent-Type:") && !seen.contains("\r\nExpect:"))
        }
    }

    @Test func `a method or a header in which another line hides, and a header of the connection's, are refused`()
        async throws
    {
        try await running { transport in
            let requests =
                [
                    HTTPRequest.own(method: "GET / HTTP/1.1\r\nX: y", url: "http://127.0.0.1:1/"),
                    HTTPRequest.own(url: "http://127.0.0.1:1/", headers: [HTTPHeader("X", "a\r\nX-Injected: yes")]),
                    HTTPRequest.own(url: "http://127.0.0.1:1/", headers: [HTTPHeader("X: y\r\nZ", "a")]),
                ]
                + ["Host", "cookie", "Transfer-Encoding", "Connection", "Content-Length", "Proxy-Authorization"].map {
                    HTTPRequest.own(url: "http://127.0.0.1:1/", headers: [HTTPHeader($0, "a")])
                }
            for request in requests {
                #expect(await failure(of: request, transport)?.code == .invalidRequest)
            }
        }
    }

    @Test(arguments: ["file:///etc/passwd", "ftp://x/y", "", "nonsense", "http://", "http://x/a b", "http://x/\0"])
    func `what is no http URL is refused before anything is sent`(url: String) async throws {
        try await running { transport in
            #expect(await failure(of: HTTPRequest.own(url: url), transport)?.code == .invalidURL)
        }
    }

    @Test func `a user name in a URL is refused, and not told`() async throws {
        try await running { transport in
            let error = await failure(of: HTTPRequest.own(url: "http://me:pw@127.0.0.1:1/x"), transport)
            #expect(error?.code == .invalidURL)
            #expect(error?.message.contains("http://127.0.0.1:1/x\" holds a user name") == true)
            #expect(error?.message.contains("pw") == false)
        }
    }

    @Test func `a server on a Unix socket answers`() async throws {
        let path = temporarySocketPath()
        try await running(socketPath: path, reply: { _ in .response("200 OK", body: [0x21]) }) { transport, _ in
            let response = try await transport.fetch(HTTPRequest.own(url: "http://plugin/time", socketPath: path))
            #expect(response.body == [0x21])
        }
    }

    @Test func `a socket's path that no address can hold is named as such`() async throws {
        try await running { transport in
            let path = "/" + String(repeating: "x", count: 200)
            let error = await failure(of: HTTPRequest.own(url: "http://x/", socketPath: path), transport)
            #expect(error?.code == .invalidRequest)
        }
    }

    @Test func `where nothing listens, the connection is refused by name, and the query is not told`() async throws {
        try await running { transport in
            let error = await failure(of: HTTPRequest.own(url: "http://127.0.0.1:1/x?key=secret"), transport)
            #expect(error?.code == .refused)
            #expect(error?.message.contains("http://127.0.0.1:1/x") == true)
            #expect(error?.message.contains("secret") == false)
            let path = temporarySocketPath()
            let socket = await failure(of: HTTPRequest.own(url: "http://x/", socketPath: path), transport)
            #expect(socket?.code == .refused)
            #expect(socket?.message.contains(path) == true)
        }
    }

    @Test func `a host that cannot be is unknown by name`() async throws {
        try await running { transport in
            // A label has at most 63 characters (RFC 1035), so that no resolver asks a network.
            let host = String(repeating: "x", count: 64) + ".invalid"
            let error = await failure(of: HTTPRequest.own(url: "http://\(host)/"), transport)
            #expect(error?.code == .unresolved)
            #expect(error?.message.contains(host) == true)
        }
    }

    @Test func `a server that does not speak TLS is no secure connection`() async throws {
        try await running(reply: { _ in .response("200 OK") }) { transport, server in
            let url = server.url.replacing("http:", with: "https:")
            #expect(await failure(of: HTTPRequest.own(url: url), transport)?.code == .tls)
        }
    }

    @Test func `requests one after another share a connection`() async throws {
        try await running(reply: { _ in .kept("200 OK", body: [1]) }) { transport, server in
            for _ in 0..<5 {
                let answer = try await transport.fetch(HTTPRequest.own(url: server.url))
                #expect(answer.body == [1])
            }
            #expect(server.connectionCount == 1)
        }
    }

    @Test func `a hundred requests at once are all answered, each with its own answer`() async throws {
        try await running(reply: { .response("200 OK", body: Array($0.prefix { $0 != "\r\n" }.utf8)) }) {
            transport, server in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<100 {
                    group.addTask {
                        let response = try await transport.fetch(HTTPRequest.own(url: "\(server.url)/\(number)"))
                        #expect(String(decoding: response.body, as: UTF8.self) == "GET /\(number) HTTP/1.1")
                    }
                }
                try await group.waitForAll()
            }
        }
    }
}
