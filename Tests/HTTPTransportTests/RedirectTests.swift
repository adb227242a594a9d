import Core
import HTTPTransport
import LoopbackServer
import Testing

/// What a redirect may do with a request is safety: a method repeated at another address deletes what nobody meant.
@Suite(.timeLimit(.minutes(1)))
struct RedirectTests {
    /// Redirects `/from…` with the status to `/to`, where the request comes back as the body.
    private static func echo(_ status: Int) -> @Sendable (String) -> ScriptedServer.Reply {
        { request in
            request.contains(" /from HTTP")
                ? .redirect(status, to: "/to") : .response("200 OK", body: Array(request.utf8))
        }
    }

    @Test(arguments: [
        ("POST", 301, "GET"), ("POST", 302, "GET"), ("POST", 303, "GET"), ("DELETE", 303, "GET"),
        ("PUT", 303, "GET"), ("POST", 307, "POST"), ("PUT", 308, "PUT"), ("DELETE", 302, "DELETE"),
    ])
    func `a redirect after a change asks for reading, and one that keeps the method sends the body again`(
        method: String, status: Int, after: String
    ) async throws {
        try await running(reply: Self.echo(status)) { transport, server in
            let request = HTTPRequest.own(
                method: method, url: server.url + "/from", headers: [HTTPHeader("Content-Type", "text/plain")],
                body: Array("payload".utf8))
            let response = try await transport.fetch(request)
            let seen = String(decoding: response.body, as: UTF8.self)
            #expect(seen.hasPrefix("\(after) /to HTTP/1.1\r\n"))
            #expect(seen.hasSuffix("payload") == (after == method))
            #expect(seen.contains("Content-Type: text/plain") == (after == method))
            #expect(response.url == server.url + "/to")
        }
    }

    @Test func `a HEAD stays a HEAD`() async throws {
        try await running(reply: Self.echo(302)) { transport, server in
            let response = try await transport.fetch(HTTPRequest.own(method: "HEAD", url: server.url + "/from"))
            #expect(response.status == 200 && response.body.isEmpty && response.url.hasSuffix("/to"))
        }
    }

    @Test(arguments: [301, 302, 303, 307, 308])
    func `what is sent stays with the origin it was meant for`(status: Int) async throws {
        let headers = [HTTPHeader("Authorization", "Bearer 1"), HTTPHeader("X-API-Key", "2")]
        try await running(reply: { _ in .response("200 OK") }) { _, other in
            let url = other.url
            try await running(reply: { request in
                if request.contains(" /away") { return .redirect(status, to: url + "/to") }
                return request.contains(" /near")
                    ? .redirect(status, to: "/to") : .response("200 OK", body: Array(request.utf8))
            }) { transport, server in
                let near = try await transport.fetch(HTTPRequest.own(url: server.url + "/near", headers: headers))
                let kept = String(decoding: near.body, as: UTF8.self)
                #expect(kept.contains("Authorization: Bearer 1") && kept.contains("X-API-Key: 2"))
                let body = Array("payload".utf8)
                for request in [
                    HTTPRequest.own(url: server.url + "/away"),
                    HTTPRequest.own(url: server.url + "/away", redirects: .publicOrigins),
                    HTTPRequest.own(method: "POST", url: server.url + "/away", headers: headers, body: body),
                    HTTPRequest.own(method: "DELETE", url: server.url + "/away"),
                ] {
                    let error = await failure(of: request, transport)
                    #expect(error?.code == .redirectRefused)
                    #expect(error?.message.contains("redirects to another origin, \(url), ") == true)
                }
            }
            #expect(other.connectionCount == 0)
        }
    }

    @Test func `redirects are followed up to their limit; a limit of none hands the redirect back`() async throws {
        let steps: @Sendable (String) -> ScriptedServer.Reply = { request in
            let number = request.split(separator: " ").dropFirst().first.flatMap { Int($0.dropFirst()) } ?? 0
            return number == 0 ? .response("200 OK") : .redirect(302, to: "/\(number - 1)")
        }
        try await running(reply: steps) { transport, server in
            let limits = HTTPLimits(redirects: 3)
            let answer = try await transport.fetch(HTTPRequest.own(url: server.url + "/3", limits: limits))
            #expect(answer.status == 200)
            let error = await failure(of: HTTPRequest.own(url: server.url + "/4", limits: limits), transport)
            #expect(error?.code == .tooManyRedirects)
            #expect(error?.message.contains("\(server.url)/4 redirects more than 3 times") == true)
            let none = HTTPLimits(redirects: 0)
            let response = try await transport.fetch(HTTPRequest.own(url: server.url + "/4", limits: none))
            #expect(response.status == 302 && response.header("Location") == "/3")
        }
    }

    @Test(arguments: [
        "file:///etc/passwd", "FILE:///x", "ftp://127.0.0.1/x", "data:,x", "unix:/run/x.sock",
        "http://u@127.0.0.1/",
    ])
    func `a redirect out of HTTP is refused`(location: String) async throws {
        try await running(reply: { _ in .redirect(302, to: location) }) { transport, server in
            let error = await failure(of: HTTPRequest.own(url: server.url), transport)
            #expect(error?.code == .invalidURL)
            #expect(error?.message.contains(server.url) == true)
        }
    }

    @Test func `a redirect stays on the Unix socket it came from, and with its origin`() async throws {
        let path = temporarySocketPath()
        try await running(
            socketPath: path,
            reply: { request in
                request.contains(" /from")
                    ? .redirect(302, to: "http://plugin/to")
                    : request.contains(" /away")
                        ? .redirect(302, to: "https://plugin/to") : .response("200 OK", body: Array(request.utf8))
            }
        ) { transport, _ in
            let response = try await transport.fetch(HTTPRequest.own(url: "http://plugin/from", socketPath: path))
            #expect(String(decoding: response.body, as: UTF8.self).hasPrefix("GET /to"))
            let error = await failure(of: HTTPRequest.own(url: "http://plugin/away", socketPath: path), transport)
            #expect(error?.code == .redirectRefused)
        }
    }
}
