import Core
import HTTPTransport
import LoopbackServer
import Testing

/// Addresses are looked at when a connection is made: what a name means is not known before.
@Suite(.timeLimit(.minutes(1)))
struct AddressTests {
    private func port(_ server: ScriptedServer) -> Substring {
        server.url.split(separator: ":").last ?? ""
    }

    /// A server that must not be reached, and a transport that knows the names.
    private func untouched(
        names: LocalNames = LocalNames(), addresses: [String: [String]] = [:],
        _ body: (CurlTransport, _ port: Substring) async throws -> Void
    ) async throws {
        try await running(reply: { _ in .response("200 OK") }) { _, server in
            try await running(names: names, hooks: CurlTransport.Hooks(addresses: addresses)) { transport in
                try await body(transport, port(server))
            }
            #expect(server.connectionCount == 0)
        }
    }

    @Test func `a public name that the DNS leads to this machine is not called, whoever named it`() async throws {
        try await untouched(addresses: ["evil.example.com": ["127.0.0.1", "::1", "::ffff:127.0.0.1"]]) {
            transport, port in
            for network in [NetworkPolicy.owner, .global, .from(.loopback)] {
                let request = HTTPRequest(url: "http://evil.example.com:\(port)/", network: network)
                let error = await failure(of: request, transport)
                #expect(error?.code == .addressRefused)
                #expect(error?.message.contains("http://evil.example.com:\(port)") == true)
            }
        }
    }

    @Test func `what came from the Internet reaches this machine by no spelling of its address`() async throws {
        try await untouched { transport, port in
            for host in [
                "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0x7f.0.0.1", "127.0.0.1.",
                "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "localhost",
                "LOCALHOST", "a.localhost", "localhost.", "0.0.0.0", "0", "[::]", "１２７.0.0.1",
            ] {
                let error = await failure(of: HTTPRequest(url: "http://\(host):\(port)/"), transport)
                #expect(error?.code == .addressRefused, "\(host)")
            }
        }
    }

    @Test(arguments: ["0.0.0.0", "169.254.169.254", "[ff02::1]", "224.0.0.1"])
    func `an address of no API is called by nobody`(host: String) async throws {
        try await running { transport in
            let error = await failure(of: HTTPRequest.own(url: "http://\(host)/"), transport)
            #expect(error?.code == .addressRefused)
        }
    }

    @Test func `the owner's own names of this machine and of private networks are called`() async throws {
        try await running(reply: { .response("200 OK", body: Array($0.utf8)) }) { _, server in
            let names = LocalNames(["wiki.corp.example.com", "*.inside.example.com"])
            let hosts = ["nas", "nas.lan", "wiki.corp.example.com", "a.b.inside.example.com"]
            let addresses = Dictionary(uniqueKeysWithValues: hosts.map { ($0, ["127.0.0.1"]) })
            try await running(names: names, hooks: CurlTransport.Hooks(addresses: addresses)) { transport in
                for host in hosts + ["127.1", "localhost", "2130706433"] {
                    let answer = try await transport.fetch(HTTPRequest.own(url: "http://\(host):\(port(server))/"))
                    #expect(answer.status == 200 && answer.addressClass == .loopback)
                }
            }
        }
    }

    @Test func `of a host's addresses the forbidden ones are passed over`() async throws {
        try await running(reply: { _ in .response("200 OK") }) { _, server in
            let hooks = CurlTransport.Hooks(addresses: ["nas.lan": ["169.254.169.254", "127.0.0.1"]])
            try await running(hooks: hooks) { transport in
                let answer = try await transport.fetch(HTTPRequest.own(url: "http://nas.lan:\(port(server))/"))
                #expect(answer.status == 200)
            }
        }
    }

    @Test func `a connection that the owner's request has made is of no use to what came from the Internet`()
        async throws
    {
        try await running(reply: { _ in .kept("200 OK", body: [1]) }) { _, server in
            try await running(hooks: CurlTransport.Hooks(addresses: ["nas.lan": ["127.0.0.1"]])) { transport in
                let url = "http://nas.lan:\(port(server))/"
                let first = try await transport.fetch(HTTPRequest.own(url: url))
                #expect(first.status == 200)
                let error = await failure(of: HTTPRequest(url: url), transport)
                #expect(error?.code == .addressRefused)
                #expect(server.connectionCount == 1)
            }
        }
    }

    @Test func `a redirect to a name leads where the request itself might have gone, and nowhere else`() async throws {
        try await untouched(addresses: ["b.lan": ["127.0.0.1"]]) { _, port in
            try await running(reply: { _ in .redirect(302, to: "http://b.lan:\(port)/") }) { transport, server in
                let request = HTTPRequest.own(url: server.url, redirects: .publicOrigins)
                #expect(await failure(of: request, transport)?.code == .redirectRefused)
            }
        }
    }
}
