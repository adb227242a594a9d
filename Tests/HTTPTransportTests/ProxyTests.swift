import Core
import HTTPTransport
import LoopbackServer
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ProxyTests {
    /// Fetches through a transport whose environment names a proxy, which answers with the request it got.
    private func throughProxy(
        noProxy: String = "", _ body: (CurlTransport, ScriptedServer) async throws -> Void
    ) async throws {
        try await running(reply: { .response("200 OK", body: Array($0.utf8)) }) { _, proxy in
            let environment = ["http_proxy": proxy.url, "no_proxy": noProxy]
            // So that no resolver asks a network.
            let hooks = CurlTransport.Hooks(addresses: ["api.example.invalid": ["127.0.0.1"]])
            try await running(environment: environment, hooks: hooks) { transport in
                try await body(transport, proxy)
            }
        }
    }

    @Test func `a public name goes to the environment's proxy, which counts as a public place`() async throws {
        try await throughProxy { transport, proxy in
            let answer = try await transport.fetch(HTTPRequest(url: "http://api.example.com/x"))
            #expect(String(decoding: answer.body, as: UTF8.self).hasPrefix("GET http://api.example.com/x HTTP/1.1"))
            #expect(answer.addressClass == .global)
        }
    }

    @Test func `this machine, private networks and their names are never asked of a proxy`() async throws {
        try await throughProxy { transport, proxy in
            for host in ["127.0.0.1:1", "localhost:1", "0.0.0.0", "169.254.169.254"] {
                await #expect(throws: HTTPError.self) {
                    try await transport.fetch(HTTPRequest.own(url: "http://\(host)/"))
                }
            }
            for host in ["127.0.0.1", "10.0.0.1", "localhost", "[::1]"] {
                #expect(await failure(of: HTTPRequest(url: "http://\(host)/"), transport)?.code == .addressRefused)
            }
            #expect(proxy.connectionCount == 0)
        }
    }

    @Test func `a proxy that does not answer is named as such`() async throws {
        try await running(environment: ["http_proxy": "http://127.0.0.1:1"]) { transport in
            let error = await failure(of: HTTPRequest(url: "http://api.example.com/"), transport)
            #expect(error?.code == .refused && error?.message.contains("http_proxy") == true)
        }
    }

    @Test(arguments: ["*", "example.invalid", ".invalid", "a, api.example.invalid"])
    func `no_proxy names hosts, all below a domain, addresses and ranges`(noProxy: String) async throws {
        try await throughProxy(noProxy: noProxy) { transport, proxy in
            let error = await failure(of: HTTPRequest(url: "http://api.example.invalid/"), transport)
            // Looked up here, and found where no public name may lead.
            #expect(error?.code == .addressRefused)
            #expect(proxy.connectionCount == 0)
        }
    }
}
