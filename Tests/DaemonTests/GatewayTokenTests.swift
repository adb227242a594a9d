import Core
import Foundation
import LoopbackClient
import LoopbackServer
import SquireClient
import SquireProtocol
import Subprocess
import Synchronization
import Testing

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// Who gets into the gateway, and what it does for him.
@Suite(.serialized, .timeLimit(.minutes(3)))
struct GatewayTokenTests {
    private func send(
        _ path: String, to address: String, token: String? = nil, body: JSONValue? = nil
    ) async throws -> LoopbackClient.Answer {
        try await LoopbackClient(address: address).send(
            LoopbackClient.Request(
                body == nil ? "GET" : "POST", path, headers: token.map { ["Authorization": "Bearer \($0)"] } ?? [:],
                body: body?.text))
    }

    /// Where the gateway of a daemon listens.
    private func address(of daemon: SquiredProcess) async throws -> String {
        try await eventually { daemon.log.contains("gateway ready") }
        return String(try #require(daemon.log.firstMatch(of: /address=(127\.0\.0\.1:\d+)/)?.1))
    }

    private func with(
        home: String, _ settings: [String: String] = [:], _ body: (SquiredProcess) async throws -> Void
    ) async throws {
        let settings = ["SQUIRE_GATEWAY_LISTEN": "127.0.0.1:0"].merging(settings) { $1 }
        try await SquiredProcess.withDaemon(home: home, settings: settings, body)
    }

    @Test func `where nothing is said, TCP wants a token that is made once, is the owner's alone, and can be replaced`()
        async throws
    {
        try await withHome { home in
            var first = ""
            try await with(home: home) { daemon in
                let place = try await address(of: daemon)
                #expect(try await send("/v1/models", to: place).status == 401)
                #expect(try await send("/metrics", to: place, token: "none").status == 401)
                #expect(try await send("/health", to: place).status == 200)
                let result = try await daemon.withClient { try await $0.call(GatewayToken.self, .init()) }
                first = try #require(result.token)
                #expect(first.count == 43)
                #expect(try await send("/v1/models", to: place, token: first).status == 200)
                #expect(!daemon.log.contains(first))
                let attributes = try FileManager.default.attributesOfItem(atPath: home + "/gateway.token")
                #expect(attributes[.posixPermissions] as? Int == 0o600)
            }
            try await with(home: home) { daemon in
                let place = try await address(of: daemon)
                #expect(try await send("/v1/models", to: place, token: first).status == 200)
                let second = try #require(
                    try await daemon.withClient { try await $0.call(GatewayToken.self, .init(new: true)) }.token)
                #expect(second != first)
                #expect(try await send("/v1/models", to: place, token: first).status == 401)
                #expect(try await send("/v1/models", to: place, token: second).status == 200)
                #expect(try printed(["gateway", "token"], daemon) == second + "\n")
                let json = try JSONValue(parsing: try printed(["gateway", "token", "--json"], daemon))
                #expect(json["token"] == .string(second) && json["listen"] == "127.0.0.1:0")
            }
        }
    }

    /// What `squire` prints.
    private func printed(_ arguments: [String], _ daemon: SquiredProcess) throws -> String {
        let process = Process()
        process.executableURL = RunningProgram.folder.appending(path: "squire")
        process.arguments = arguments + ["--socket", daemon.socket, "--no-start"]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }

    @Test func `no token is the owner's choice, which the log says at each start`() async throws {
        try await withHome { home in
            for _ in 0..<2 {
                try await with(home: home, ["SQUIRE_GATEWAY_TOKEN": "none"]) { daemon in
                    let place = try await address(of: daemon)
                    #expect(try await send("/v1/models", to: place).status == 200)
                    #expect(daemon.log.contains("warning") && daemon.log.contains("without a token"))
                    #expect(try await daemon.withClient { try await $0.call(GatewayToken.self, .init()) }.token == nil)
                    await #expect(throws: (any Error).self) {
                        _ = try await daemon.withClient { try await $0.call(GatewayToken.self, .init(new: true)) }
                    }
                }
            }
            #expect(!FileManager.default.fileExists(atPath: home + "/gateway.token"))
        }
    }

    @Test func `a configured token holds, and a Unix socket needs none`() async throws {
        try await withHome { home in
            try await with(home: home, ["SQUIRE_GATEWAY_TOKEN": "open-sesame"]) { daemon in
                let place = try await address(of: daemon)
                #expect(try await send("/v1/models", to: place).status == 401)
                #expect(try await send("/v1/models", to: place, token: "open-sesame").status == 200)
            }
            try await with(home: home, ["SQUIRE_GATEWAY_LISTEN": "unix:\(home)/http.sock"]) { daemon in
                try await eventually { daemon.log.contains("gateway ready") }
                let answer = try await LoopbackClient(socketPath: "\(home)/http.sock")
                    .send(LoopbackClient.Request("GET", "/v1/models"))
                #expect(answer.status == 200)
                #expect(try await daemon.withClient { try await $0.call(GatewayToken.self, .init()) }.token == nil)
            }
            #expect(!FileManager.default.fileExists(atPath: home + "/gateway.token"))
        }
    }

    @Test(arguments: ["open to others", "a link", "a second name", "a folder", "cut"])
    func `a token that is not the owner's alone is refused by name, and one that was cut is made anew`(kind: String)
        async throws
    {
        try await withHome { home in
            let path = home + "/gateway.token"
            let other = home + "/other"
            let token = String(repeating: "a", count: 43)
            try (kind == "cut" ? "abc" : token).write(toFile: other, atomically: true, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: other)
            switch kind {
            case "a link": try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: other)
            case "a second name": try FileManager.default.linkItem(atPath: other, toPath: path)
            case "a folder": try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            default: try FileManager.default.moveItem(atPath: other, toPath: path)
            }
            if kind == "open to others" {
                try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
            }
            guard kind == "cut" else {
                let (status, error) = try await SquiredProcess.run(
                    home: home, settings: ["SQUIRE_GATEWAY_LISTEN": "127.0.0.1:0"])
                #expect(status == 1 && error.contains(path), "\(error)")
                return
            }
            try await with(home: home) { daemon in
                let made = try await daemon.withClient { try await $0.call(GatewayToken.self, .init()) }.token
                #expect(made?.count == 43)
            }
        }
    }

    @Test
    func
        `a call that changes something is not made through the gateway, whatever was allowed, and the answer says why`()
        async throws
    {
        let requests = Mutex<[String]>([])
        let server = try await ScriptedServer { request in
            requests.withLock { $0.append(String(request.prefix { $0 != "\r" })) }
            return .response("200 OK", headers: ["Content-Type: application/json"], body: Array("{}".utf8))
        }
        let document: JSONValue = [
            "openapi": "3.1.0", "info": ["title": "Lamp", "version": "1"],
            "servers": [["url": .string(server.url)]],
            "paths": [
                "/lamp": [
                    "post": [
                        "operationId": "switchLamp", "summary": "Switches the lamp on.",
                        "x-squire-examples": [
                            ["question": "Switch on the lamp.", "arguments": [:]],
                            ["question": "Please turn the lamp on.", "arguments": [:]],
                        ],
                    ]
                ]
            ],
        ]
        try await withHome { home in
            try await with(home: home, ["SQUIRE_GATEWAY_TOKEN": "open-sesame"]) { daemon in
                let place = try await address(of: daemon)
                try await daemon.withClient { client in
                    _ = try await client.call(PluginRegister.self, .init(document: document))
                    _ = try await client.call(PluginPermit.self, .init(name: "lamp", operation: "switchLamp"))
                    // Which shows that it would have been called.
                    let own = try await client.call(
                        AssistantAsk.self, .init(message: "Switch on the lamp.", plugins: .named(["lamp"])))
                    #expect(own.message.steps.map(\.status) == [.ok])
                }
                let answer = try await send(
                    "/v1/chat/completions", to: place, token: "open-sesame",
                    body: [
                        "messages": [["role": "user", "content": "Switch on the lamp."]],
                        "squire": ["plugins": ["lamp"]],
                    ])
                #expect(answer.status == 200)
                #expect(answer.text.contains("Nothing was switched: "), "\(answer.text)")
                #expect(answer.text.contains("through the gateway"), "\(answer.text)")
            }
        }
        #expect(requests.withLock { $0 }.count == 1)
        try await server.stop()
    }
}
