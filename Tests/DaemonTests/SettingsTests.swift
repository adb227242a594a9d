import Agent
import Core
import Daemon
import Foundation
import Gateway
import Inference
import Logging
import Testing

@Suite("configuration")
struct SettingsTests {
    private func settings(_ yaml: String?, _ environment: [String: String] = [:]) async throws -> DaemonSettings {
        try await withHome { home in
            let file = home + "/config.yaml"
            try yaml?.write(toFile: file, atomically: true, encoding: .utf8)
            // It may hold a token.
            if yaml != nil { try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file) }
            return try DaemonSettings(file: file, environment: environment)
        }
    }

    @Test func `without a file, and with one in which everything is commented out, the defaults hold`() async throws {
        for yaml in [nil, "", "# model:\n", "model:\n  # path: x\n"] {
            let settings = try await settings(yaml)
            #expect(settings.modelPath == nil)
            #expect(settings.model.context == 4096)
            #expect(settings.logLevel == .info)
            #expect(settings.stopGrace == .seconds(3))
        }
    }

    @Test func `the file's values are taken, and the environment's before them`() async throws {
        let settings = try await settings(
            """
            model: {path: /models/a.gguf, context: 2048}
            plugins: {directories: [/plugins/a, ~/b]}
            network: {privateHosts: [wiki.example.com]}
            sampling: {temperature: 0, topK: 7, stop: ["\\n"]}
            log: {level: debug}
            """,
            ["SQUIRE_MODEL_CONTEXT": "1024", "SQUIRE_SAMPLING_TOP_K": "9", "SQUIRE_LOG_LEVEL": ""])
        #expect(settings.modelPath == "/models/a.gguf")
        #expect(settings.model.context == 1024)
        #expect(settings.pluginDirectories == ["/plugins/a", NSHomeDirectory() + "/b"])
        #expect(settings.privateHosts == ["wiki.example.com"])
        #expect(settings.agent.sampling.temperature == 0)
        #expect(settings.agent.sampling.topK == 9)
        #expect(settings.agent.sampling.stop == ["\n"])
        #expect(settings.logLevel == .debug)
    }

    @Test func `a token is given, made, or not wanted; and what was allowed for good may end by itself`() async throws {
        #expect(try await settings(nil).gatewayToken == .made)
        #expect(try await settings("gateway: {token: none}").gatewayToken == GatewayTokenSetting.none)
        #expect(try await settings("gateway: {token: open-sesame}").gatewayToken == .given("open-sesame"))
        #expect(try await settings(nil).permissionsLast == nil)
        #expect(try await settings("approvals: {expireAfter: 30d}").permissionsLast == .seconds(2_592_000))
    }

    @Test func `a relative path is relative to the file that names it`() async throws {
        try await withHome { home in
            let file = home + "/config.yaml"
            try "model: {path: models/a.gguf}".write(toFile: file, atomically: true, encoding: .utf8)
            #expect(try DaemonSettings(file: file, environment: [:]).modelPath == home + "/models/a.gguf")
        }
    }

    @Test func `the example configuration that is installed is one`() throws {
        let file = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
            .appending(path: "../../etc/config.yaml").standardizedFileURL.path
        try #require(FileManager.default.fileExists(atPath: file))
        let settings = try DaemonSettings(file: file, environment: [:])
        #expect(settings.modelPath == nil)
        #expect(settings.agent.maxSteps == DaemonSettings().agent.maxSteps)
    }

    @Test(arguments: [
        ("modle: 1", "line 1: there is no key \"modle\"; did you mean model.batch?"),
        ("gatway: {listn: a}", "line 1: there is no key \"gatway\"; did you mean gateway.listen?"),
        ("gateway:\n  listn: a", "line 2: there is no key \"gateway.listn\"; did you mean gateway.listen?"),
        ("listen: a", "there is no key \"listen\"; did you mean gateway.listen?"),
        ("weather: a", "there is no key \"weather\"; the example config.yaml"),
        ("model:\n  pth: a", "line 2: there is no key \"model.pth\"; did you mean model.path?"),
        ("model: 7", "line 1: model holds keys, such as model.batch, and no value"),
        ("model: {context: lots}", "model.context in"),
        ("model: {context: 3}", "a whole number from 256 to 1048576, not 3"),
        ("model: {path: [a]}", "must be a path, not a list"),
        ("plugins: {directories: a}", "must be a list of paths, not \"a\""),
        ("sampling: {topP: 0}", "sampling.topP in"),
        ("approvals: {expireAfter: soon}", "a number and a unit, such as 90s"),
        ("log: {level: loud}", "one of trace, debug, info"),
        ("just words", "must hold keys and values"),
        ("model: [", "is not valid YAML"),
    ])
    func `a key that does not exist or has a value that does not fit is named`(_ yaml: String, _ message: String)
        async throws
    {
        let error = await #expect(throws: DaemonError.self) { _ = try await settings(yaml) }
        #expect(error?.code == .configurationInvalid)
        #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
    }

    @Test func `a variable whose value does not fit is named`() async throws {
        let error = await #expect(throws: DaemonError.self) {
            _ = try await settings(nil, ["SQUIRE_AGENT_MAX_STEPS": "many"])
        }
        #expect(error?.message == "SQUIRE_AGENT_MAX_STEPS must be a whole number from 0 to 32, not \"many\"")
    }

    @Test func `what the gateway gives ordinary clients is named, and nothing else is given`() async throws {
        #expect(try await settings("gateway: {listen: 127.0.0.1:0}").gatewayScope == nil)
        let both = try await settings("gateway: {plugins: auto, collections: [work, home]}").gatewayScope
        #expect(both == AssistantScope(plugins: .auto, collections: .named(["work", "home"])))
        let plugins = try await settings(nil, ["SQUIRE_GATEWAY_PLUGINS": "weather,almanac"]).gatewayScope
        #expect(plugins == AssistantScope(plugins: .named(["weather", "almanac"]), collections: .named([])))
        let documents = try await settings("gateway: {collections: auto}").gatewayScope
        #expect(documents == AssistantScope(plugins: .named([]), collections: .auto))
    }

    @Test func `limits of connections, bodies and time are configured`() async throws {
        let settings = try await settings(
            """
            daemon: {connections: 20}
            gateway: {connections: 30, bodyMegabytes: 64, headSeconds: 5, idleSeconds: 9.5}
            """)
        #expect(settings.socketConnections == 20 && settings.gatewayConnections == 30)
        #expect(settings.gatewayLimits.bodyBytes == 64 << 20)
        #expect(settings.gatewayLimits.head == .seconds(5) && settings.gatewayLimits.idle == .seconds(9.5))
        await #expect(throws: DaemonError.self) { try await self.settings("gateway: {bodyMegabytes: 1}") }
    }
}
