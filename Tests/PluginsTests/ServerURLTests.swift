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

    @Test func `variables take their defaults`() throws {
        #expect(
            try server(
                "servers: [{url: 'https://{host}:{port}/v1', variables: {host: {default: a.example}, port: {default: 8443}}}]"
            ) == .url("https://a.example:8443/v1"))
    }

    @Test func `a relative URL is relative to the document's`() throws {
        let source = "https://a.example/docs/openapi.yaml"
        #expect(try server("servers: [{url: /v2}]", source: source) == .url("https://a.example/v2"))
        #expect(try server("servers: [{url: v2/}]", source: source) == .url("https://a.example/docs/v2"))
        #expect(try server("", source: source) == .url("https://a.example"))
        #expect(
            failure("servers: [{url: /v2}]", source: "/home/me/openapi.yaml").first?.hasPrefix(
                "servers[0].url: \"/v2\" is relative") == true)
        #expect(failure("").first?.hasPrefix("servers: is missing") == true)
    }

    @Test func `the path's servers go before the document's, the operation's before both`() throws {
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

    @Test func `unix: names a socket, with a path before the operation's`() throws {
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

    @Test func `a document from elsewhere cannot name a socket of this machine`() {
        #expect(
            failure("servers: [{url: 'unix:/run/docker.sock'}]", source: "https://a.example/openapi.yaml") == [
                "servers[0].url: a Unix socket is taken only from a document in a file or sent inline"
            ])
    }

    @Test(arguments: [
        "ftp://a.example", "file:///etc", "unix:relative.sock", "https://a.example:x", "https://a b.example",
        "https://", "javascript:x",
    ])
    func `other URLs are refused`(url: String) {
        #expect(failure("servers: [{url: '\(url)'}]").first?.hasPrefix("servers[0].url: \"\(url)\"") == true)
    }

    @Test func `a query is refused, and so is a user name; neither is told`() {
        #expect(
            failure("servers: [{url: 'https://a.example/?key=1'}]") == [
                "servers[0].url: \"https://a.example/\" has a query or fragment, and paths are to follow it"
            ])
        for source in [nil, "https://a.example/openapi.yaml", "/home/me/openapi.yaml"] {
            let problem = failure("servers: [{url: 'https://me:pw@a.example/v1'}]", source: source).first
            #expect(problem?.hasPrefix("servers[0].url: \"https://a.example/v1\" holds a user name") == true)
        }
        #expect(failure("servers: [{url: '//me:pw@a.example'}]", source: "https://a.example/x").count == 1)
    }

    @Test func `a URL is one in any letters, and an address in any spelling`() throws {
        #expect(try server("servers: [{url: 'HTTPS://A.Example:443/v1/'}]") == .url("https://a.example/v1"))
        #expect(try server("servers: [{url: 'hTTp://127.1:8/'}]") == .url("http://127.0.0.1:8"))
        #expect(try server("servers: [{url: 'UNIX:/run/a.sock'}]") == .unix(path: "/run/a.sock", base: ""))
    }

    @Test(arguments: [
        "http://127.0.0.1:8080", "HTTP://localhost", "http://x.localhost", "http://2130706433", "http://0x7f.1",
        "http://[::1]", "http://[::ffff:10.0.0.1]", "http://10.0.0.1/v1", "http://192.168.0.1",
        "http://169.254.1.1",
        "http://169.254.169.254", "http://[fd00::1]", "http://[fe80::1]", "http://0.0.0.0", "http://100.64.0.1",
        "//127.0.0.1/v1", "http://[64:ff9b::127.0.0.1]",
    ])
    func `a document from the Internet names no address of this machine or of a private network, by no spelling`(
        url: String
    ) {
        let problem = failure("servers: [{url: '\(url)'}]", source: "https://a.example/openapi.yaml").first
        #expect(problem?.hasPrefix("servers[0].url: ") == true)
        #expect(problem?.hasSuffix(" may not name") == true || problem?.contains(" is a reserved address") == true)
    }

    @Test func `a document names addresses of the kind it was read from, and public ones, and no other kind`() throws {
        func servers(from kind: AddressClass) -> [String] {
            ["http://127.0.0.1:1", "http://localhost:2", "http://192.168.1.5", "http://[fe80::1]", "https://b.example"]
                .filter { url in
                    let text =
                        "openapi: 3.0.3\ninfo: {title: T}\nservers: [{url: '\(url)'}]\npaths: {/a: {get: {summary: A}}}\n"
                    return (try? read(text, from: .url("http://somewhere/", from: kind))) != nil
                }
        }
        #expect(servers(from: .loopback) == ["http://127.0.0.1:1", "http://localhost:2", "https://b.example"])
        #expect(servers(from: .privateNetwork) == ["http://192.168.1.5", "https://b.example"])
        #expect(servers(from: .linkLocal) == ["http://[fe80::1]", "https://b.example"])
        #expect(servers(from: .global) == ["https://b.example"])
        #expect(servers(from: .reserved) == ["https://b.example"])
    }

    @Test func `what is called may reach what its document may name`() throws {
        let text =
            "openapi: 3.0.3\ninfo: {title: T}\nservers: [{url: 'http://nas'}]\npaths: {/a: {get: {summary: A}}}\n"
        for source in [
            PluginSource.file("/a"), .inline, .url("http://a/", from: .global), .url("http://a/", from: .loopback),
        ] {
            let operation = try #require(try read(text, from: source).operations.first)
            #expect(RequestBuilder(operation: operation).request([:], socket: nil).network == source.network)
        }
    }

    @Test func `an owner's document that names an address of no API is registered with a warning`() throws {
        let api = try read(
            "openapi: 3.0.3\ninfo: {title: T}\nservers: [{url: 'http://0.0.0.0:8000'}]\npaths: {/a: {get: {summary: A}}, /b: {get: {summary: B}}}\n"
        )
        #expect(
            api.warnings == [
                "servers[0].url: \"http://0.0.0.0:8000\" is a reserved address, at which no API can be: calls will fail"
            ])
    }
}
