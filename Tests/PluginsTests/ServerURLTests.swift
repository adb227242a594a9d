import Core
import Testing

@testable import Plugins

@Suite("Where an API is")
struct ServerURLTests {
    private func server(_ servers: String, source: String? = nil) throws -> APIServer? {
        try read(
            "openapi: 3.0.3\ninfo: {title: T}\n\(servers)\npaths: {/a: {get: {summary: A}}}\n", source: source
        ).operations.first?.server
    }

    private func failure(_ servers: String, source: String? = nil) -> [String] {
        problems("openapi: 3.0.3\ninfo: {title: T}\n\(servers)\npaths: {/a: {get: {summary: A}}}\n", source: source)
    }

    @Test("variables take their defaults")
    func variables() throws {
        #expect(
            try server(
                "servers: [{url: 'https://{host}:{port}/v1', variables: {host: {default: a.example}, port: {default: 8443}}}]"
            ) == .url("https://a.example:8443/v1"))
    }

    @Test("a relative URL is relative to the document's")
    func relative() throws {
        let source = "https://a.example/docs/openapi.yaml"
        #expect(try server("servers: [{url: /v2}]", source: source) == .url("https://a.example/v2"))
        #expect(try server("servers: [{url: v2/}]", source: source) == .url("https://a.example/docs/v2"))
        #expect(try server("", source: source) == .url("https://a.example"))
        #expect(
            failure("servers: [{url: /v2}]", source: "/home/me/openapi.yaml").first?.hasPrefix(
                "servers[0].url: \"/v2\" is relative") == true)
        #expect(failure("").first?.hasPrefix("servers: is missing") == true)
    }

    @Test("the path's servers go before the document's, the operation's before both")
    func levels() throws {
        let api = try read(
            """
            openapi: 3.1.0
            info: {title: T}
            servers: [{url: "https://document.example"}]
            paths:
              /a: {get: {summary: A}}
              /b:
                servers: [{url: "https://path.example"}]
                get: {summary: B}
                put: {summary: B, servers: [{url: "https://operation.example"}]}
            """)
        #expect(
            api.operations.map(\.server.text) == [
                "https://document.example", "https://path.example", "https://operation.example",
            ])
    }

    @Test("unix: names a socket, with a path before the operation's")
    func unix() throws {
        #expect(try server("servers: [{url: 'unix:/run/a.sock'}]") == .unix(path: "/run/a.sock", base: ""))
        #expect(try server("servers: [{url: 'unix:/run/a.sock:/v1/'}]") == .unix(path: "/run/a.sock", base: "/v1"))
        let operation = try #require(
            try read(
                "openapi: 3.1.0\ninfo: {title: T}\nservers: [{url: 'unix:/run/a.sock:/v1'}]\npaths: {/a: {get: {summary: A}}}"
            ).operations.first)
        let request = RequestBuilder(operation: operation).request([:], socket: nil)
        #expect(request.socketPath == "/run/a.sock")
        #expect(request.url == "http://localhost/v1/a")
    }

    @Test("a document from elsewhere cannot name a socket of this machine")
    func remoteSocket() {
        #expect(
            failure("servers: [{url: 'unix:/run/docker.sock'}]", source: "https://a.example/openapi.yaml") == [
                "servers[0].url: a Unix socket is taken only from a document in a file or sent inline"
            ])
    }

    @Test(
        "other URLs are refused",
        arguments: ["ftp://a.example", "file:///etc", "https://a.example/?key=1", "unix:relative.sock"])
    func refused(url: String) {
        #expect(failure("servers: [{url: '\(url)'}]").first?.hasPrefix("servers[0].url: \"\(url)\"") == true)
    }
}
