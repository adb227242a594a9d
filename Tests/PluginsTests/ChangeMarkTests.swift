import Core
import Testing

@testable import Plugins

/// The number by which others see that the operations have changed.
struct ChangeMarkTests {
    private static let document = """
        openapi: 3.1.0
        info: {title: City Time}
        servers: [{url: "https://time.example"}]
        paths: {/time: {get: {operationId: time, summary: Tells the time}}}
        """

    @Test func `it changes with each change of the plugins, and with nothing else`() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(Self.document, to: "api.yaml")
        let registry = PluginRegistry(fetcher: ScriptedFetcher { _ in HTTPResponse(200, "{}") })
        var marks = [try await registry.changeMark()]
        _ = try await registry.register(source: path)
        marks.append(try await registry.changeMark())
        _ = try await registry.setEnabled(false, name: "city_time")
        marks.append(try await registry.changeMark())
        _ = try await registry.setEnabled(true, name: "city_time")
        marks.append(try await registry.changeMark())
        _ = try await registry.refresh("city_time")
        marks.append(try await registry.changeMark())
        // What only looks.
        try await registry.refreshFolders()
        _ = try await registry.tools(.auto)
        _ = try await registry.call(plugin: "city_time", operation: "time", arguments: [:])
        #expect(try await registry.changeMark() == marks.last)
        try await registry.remove("city_time")
        marks.append(try await registry.changeMark())
        #expect(Set(marks.map { $0 ?? -1 }).count == marks.count)
    }
}
