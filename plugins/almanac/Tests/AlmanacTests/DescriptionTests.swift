import Foundation
import Testing

@testable import AlmanacAPI

struct DescriptionTests {
    @Test(arguments: [
        ("/openapi.yaml", "openapi.yaml"), ("/.well-known/openapi.yaml", "openapi.yaml"),
        ("/.well-known/ai-plugin.json", "ai-plugin.json"),
    ])
    func `the committed manifest is what the server says of itself`(path: String, file: String) async throws {
        // plugins/almanac/Tests/AlmanacTests → the repository.
        let root = (1...5).reduce(URL(filePath: #filePath)) { url, _ in url.deletingLastPathComponent() }
        let committed = try String(contentsOf: root.appending(path: "manifests/almanac/\(file)"), encoding: .utf8)
        let served = try await respond(to: path).text
        #expect(served == committed, "write it anew with `almanac --print-openapi` or `--print-manifest`")
    }

    @Test func `the manifest is a ChatGPT manifest that says how to start the server`() throws {
        struct Manifest: Decodable {
            struct API: Decodable { var type: String, url: String }
            struct Squire: Decodable { var run: [String] }
            enum CodingKeys: String, CodingKey {
                case version = "schema_version"
                case name = "name_for_model"
                case api
                case squire = "x-squire"
            }
            var version: String
            var name: String
            var api: API
            var squire: Squire
        }
        let manifest = try JSONDecoder().decode(Manifest.self, from: Data(PluginManifest.text.utf8))
        #expect(manifest.version == "v1")
        #expect(manifest.name == "almanac")
        #expect(manifest.api.url == "openapi.yaml")
        #expect(manifest.squire.run.first == "almanac")
        #expect(manifest.squire.run.contains("{socket}"))
    }

    @Test func `whose data the cities are can be read from the server itself`() async throws {
        let text = try await respond(to: "/legal").text
        #expect(text.contains("GeoNames") && text.contains("CC BY 4.0"))
    }
}
