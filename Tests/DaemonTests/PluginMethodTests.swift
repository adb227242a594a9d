import Core
import Foundation
import JSONRPC
import SquireClient
import SquireProtocol
import Testing

@Suite("plugins over the socket", .timeLimit(.minutes(2)))
struct PluginMethodTests {
    private let document: JSONValue = [
        "openapi": "3.0.3", "info": ["title": "Parcels", "version": "1", "description": "Knows where parcels are."],
        "servers": [["url": "http://127.0.0.1:9"]],
        "paths": [
            "/parcels/{number}": [
                "get": [
                    "operationId": "trackParcel", "summary": "Tells where a parcel is",
                    "parameters": [
                        ["name": "number", "in": "path", "required": true, "schema": ["type": "string"]]
                    ],
                ]
            ]
        ],
    ]

    @Test func `registered plugins, and which of them are disabled, survive a kill`() async throws {
        try await withHome { home in
            let daemon = try await SquiredProcess.start(home: home)
            let registered = try await daemon.withClient { client in
                let registered = try await client.call(PluginRegister.self, .init(document: document))
                try await client.call(PluginDisable.self, .init(name: registered.name))
                try await client.call(PluginDisable.self, .init(name: "almanac"))
                return registered
            }
            #expect(registered.operations == ["trackParcel"])
            #expect(registered.enabled)
            await daemon.end(with: SIGKILL)

            try await SquiredProcess.withDaemon(home: home) { again in
                try await again.withClient { client in
                    let plugins = try await client.call(PluginList.self).plugins
                    #expect(plugins.map(\.name) == ["almanac", registered.name])
                    #expect(plugins.map(\.enabled) == [false, false])
                    #expect(plugins.map(\.bundled) == [true, false])
                    try await client.call(PluginEnable.self, .init(name: registered.name))
                    let details = try await client.call(PluginGet.self, .init(name: registered.name))
                    #expect(details.plugin.enabled)
                    #expect(details.server == "http://127.0.0.1:9")
                    #expect(details.operations.first?.path == "/parcels/{number}")
                    try await client.call(PluginRemove.self, .init(name: registered.name))
                    let left = try await client.call(PluginList.self).plugins
                    #expect(left.map(\.name) == ["almanac"])
                }
            }
        }
    }

    @Test func `a call that fails is an error that says what failed`() async throws {
        try await SquiredProcess.withDaemon { daemon in
            try await daemon.withClient { client in
                let registered = try await client.call(PluginRegister.self, .init(document: document))
                let failed = await #expect(throws: RPCError.self) {
                    _ = try await client.call(
                        PluginCall.self,
                        .init(name: registered.name, operation: "trackParcel", arguments: ["number": "ZX8"]))
                }
                #expect(failed?.kind == "pluginFailed")
                #expect(failed?.message.contains("127.0.0.1") == true)
                let invalid = await #expect(throws: RPCError.self) {
                    _ = try await client.call(
                        PluginCall.self, .init(name: registered.name, operation: "trackParcel", arguments: [:]))
                }
                #expect(invalid?.kind == "argumentsInvalid")
            }
        }
    }

    @Test func `a manifest that is wrong is refused with the place, and nothing is registered`() async throws {
        try await SquiredProcess.withDaemon { daemon in
            try await daemon.withClient { client in
                var broken = document.object ?? [:]
                broken["paths"] = ["/a": ["get": ["parameters": [["in": "query"]]]]]
                let parameters = PluginRegister.Parameters(document: .object(broken))
                let error = await #expect(throws: RPCError.self) {
                    _ = try await client.call(PluginRegister.self, parameters)
                }
                #expect(error?.kind == "manifestInvalid")
                #expect(error?.message.contains("paths./a.get.parameters[0]") == true, "\(error?.message ?? "")")
                let plugins = try await client.call(PluginList.self).plugins
                #expect(plugins.map(\.name) == ["almanac"])
            }
        }
    }

    @Test
    func `a manifest that is put into a plugins folder is registered without being asked for, and gone with its file`()
        async throws
    {
        try await withHome { home in
            let folder = home + "/plugins"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            let settings = ["SQUIRE_PLUGINS_DIRECTORIES": folder]
            try await SquiredProcess.withDaemon(home: home, settings: settings) { daemon in
                try await daemon.withClient { client in
                    let file = folder + "/parcels.json"
                    try document.text.write(toFile: file, atomically: true, encoding: .utf8)
                    try await eventually { try await !client.call(PluginList.self).plugins.isEmpty }
                    let plugins = try await client.call(PluginList.self).plugins
                    #expect(plugins.map(\.source) == [file])
                    #expect(plugins.map(\.bundled) == [true])
                    try FileManager.default.removeItem(atPath: file)
                    try await eventually { try await client.call(PluginList.self).plugins.isEmpty }
                }
            }
        }
    }
}
