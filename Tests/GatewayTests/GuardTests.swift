import Core
import Foundation
import Testing

@testable import Gateway

@Suite(.timeLimit(.minutes(1)))
struct GuardTests {
    @Test func `without the token nobody gets in, but to ask whether it lives`() async throws {
        try await RunningGateway.with(token: "open-sesame") { gateway in
            for headers in [[:], ["Authorization": "Bearer open"], ["Authorization": "Basic open-sesame"]] {
                let answer = try await gateway.get("/v1/models", headers: headers)
                #expect(answer.status == 401)
                #expect(answer.headers["www-authenticate"] == "Bearer")
                #expect(try answer.json()["error"]?["code"] == "invalid_api_key")
                #expect(try await gateway.post("/v1/chat/completions", chat(), headers: headers).status == 401)
                #expect(try await gateway.get("/metrics", headers: headers).status == 401)
            }
            #expect(
                try await gateway.get("/v1/models", headers: ["Authorization": "Bearer open-sesame"]).status == 200)
            #expect(try await gateway.get("/health").status == 200)
        }
    }

    @Test func `on loopback only loopback's names are answered to`() async throws {
        try await RunningGateway.with { gateway in
            for host in ["localhost", "LOCALHOST:1", "127.0.0.1:99", "[::1]:80", "[::1]"] {
                #expect(try await gateway.get("/health", headers: ["Host": host]).status == 200, "\(host)")
            }
            for host in ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8080", "[::2]", "::1"] {
                let answer = try await gateway.get("/health", headers: ["Host": host])
                #expect(answer.status == 403, "\(host)")
                #expect(try answer.json()["error"]?["message"]?.string?.contains("Host") == true)
            }
        }
    }

    @Test func `other web pages are not answered, and no page is told it may read`() async throws {
        try await RunningGateway.with { gateway in
            for origin in ["https://evil.example", "null", "http://localhost:1"] {
                #expect(
                    try await gateway.post("/v1/chat/completions", chat(), headers: ["Origin": origin]).status == 403)
            }
            let own = try await gateway.get("/health", headers: ["Origin": gateway.base])
            #expect(own.status == 200)
            #expect(own.headers["access-control-allow-origin"] == nil)
        }
    }

    @Test(arguments: ["0.0.0.0:8080", "192.168.1.5:8080", "[::]:8080", "example.com:80", "127.example.com:80"])
    func `others than this machine need a token`(listen: String) throws {
        let error = #expect(throws: GatewayError.self) { try Self.gateway(listen, token: nil) }
        #expect(error?.kind == "gatewayTokenMissing")
        #expect(error?.message.contains("gateway.token") == true)
        #expect(throws: Never.self) { try Self.gateway(listen, token: "t") }
    }

    @Test(arguments: ["127.0.0.1:0", "localhost:8080", "[::1]:8080", "127.3.2.1:1", "unix:/run/squire/http.sock"])
    func `this machine needs none`(listen: String) throws {
        #expect(throws: Never.self) { try Self.gateway(listen, token: nil) }
    }

    @Test(arguments: ["", "8080", "127.0.0.1", "127.0.0.1:x", "127.0.0.1:65536", ":80", "::1:80", "unix:http.sock"])
    func `an address that is none is refused`(listen: String) {
        let error = #expect(throws: GatewayError.self) { try Self.gateway(listen, token: "t") }
        #expect(error?.kind == "gatewayAddressInvalid")
    }

    @Test(arguments: ["", "with space", "ümlaut"])
    func `a token that no header can hold is refused`(token: String) {
        let error = #expect(throws: GatewayError.self) { try Self.gateway("127.0.0.1:0", token: token) }
        #expect(error?.kind == "gatewayTokenInvalid")
    }

    @Test func `an address that is taken is told as that`() async throws {
        try await RunningGateway.with { gateway in
            let taken = String(gateway.base.dropFirst("http://".count))
            let error = await #expect(throws: GatewayError.self) { try await Self.gateway(taken, token: nil).run() }
            #expect(error?.kind == "gatewayListenFailed")
        }
    }

    private static func gateway(_ listen: String, token: String?) throws(GatewayError) -> Gateway {
        try Gateway(
            model: ScriptedModel(), modelName: "m", embedder: ScriptedEmbedder(), embeddingModelName: "e",
            chatModel: ScriptedCaller(), schemas: SchemaRules(unenforced: { _ in [] }), listen: listen, token: token,
            logger: .quiet)
    }
}
