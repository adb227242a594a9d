import Core
import Foundation
import Testing

@testable import Plugins

/// Folders of manifests that are really followed.
@Suite("Followed folders of manifests", .serialized, .timeLimit(.minutes(1)))
struct FollowedFolderTests {
    private func document(_ title: String, summary: String = "Tells") -> String {
        "openapi: 3.1.0\ninfo: {title: \(title)}\nservers: [{url: 'https://a.example'}]\npaths: {/a: {get: {summary: \(summary)}}}\n"
    }

    private func follow(
        _ folders: [String], _ body: (PluginRegistry) async throws -> Void
    ) async throws {
        let registry = PluginRegistry(fetcher: ScriptedFetcher(pages: [:]), folders: folders)
        try await registry.loaded()
        let following = Task { await registry.followFolders() }
        // What comes from now on is noticed because it is told, and not because the folders are looked through at the start.
        while await registry.looks < 2 { try await Task.sleep(for: .milliseconds(10)) }
        try await isIdle(registry)
        try await body(registry)
        following.cancel()
        await following.value
    }

    /// Waits until the registry's plugins are these, each with the summary of its operation.
    private func becomes(_ plugins: [String], _ registry: PluginRegistry) async throws {
        func found() async throws -> [String] {
            try await registry.tools(.auto).map { "\($0.plugin) \($0.description)" }.sorted()
        }
        var now = try await found()
        while now != plugins {
            try await Task.sleep(for: .milliseconds(10))
            now = try await found()
        }
        #expect(now == plugins)
    }

    @Test func `what is written, changed, replaced and removed is noticed`() async throws {
        let folder = try TemporaryFolder()
        try await follow([folder.path]) { registry in
            let one = try folder.write(document("One"), to: "one.yaml")
            try await becomes(["one Tells."], registry)
            try folder.write(document("One", summary: "Told"), to: "one.yaml")
            try await becomes(["one Told."], registry)
            // As editors do. The new file has the size and the time of the old one.
            let other = try folder.write(document("One", summary: "Tale"), to: ".one.yaml.new")
            let times = try FileManager.default.attributesOfItem(atPath: one)
            try FileManager.default.setAttributes(
                [.modificationDate: try #require(times[.modificationDate])], ofItemAtPath: other)
            try #require(unsafe rename(other, one) == 0)
            try await becomes(["one Tale."], registry)
            try FileManager.default.removeItem(atPath: one)
            try await becomes([], registry)
        }
    }

    @Test func `a manifest that is written in parts is a plugin when the last part is there`() async throws {
        let folder = try TemporaryFolder()
        let whole = document("One")
        let start = String(whole.prefix(whole.count / 2))
        try await follow([folder.path]) { registry in
            let path = try folder.write(start, to: "one.yaml")
            let before = await registry.looks
            while await registry.looks == before { try await Task.sleep(for: .milliseconds(10)) }
            #expect(try await registry.list().isEmpty)
            let file = try #require(FileHandle(forWritingAtPath: path))
            try file.seekToEnd()
            try file.write(contentsOf: Data(whole.dropFirst(start.count).utf8))
            // It stays open, as where a program writes on.
            try await becomes(["one Tells."], registry)
            try file.close()
        }
    }

    @Test func `a folder of its own is a plugin with its document, and nothing deeper is looked at`() async throws {
        let folder = try TemporaryFolder()
        try await follow([folder.path]) { registry in
            try folder.write(document("Any"), to: "two/api.yaml")
            try folder.write(#"{"name_for_model": "two", "api": {"url": "api.yaml"}}"#, to: "two/ai-plugin.json")
            try await becomes(["two Tells."], registry)
            try folder.write(document("Any", summary: "Told"), to: "two/api.yaml")
            try await becomes(["two Told."], registry)
            try folder.write("x", to: "two/data/x.json")
            // The folder itself is new, what is in it is not looked at.
            try await isIdle(registry)
            let looks = await registry.looks
            try folder.write("y", to: "two/data/y.json")
            try await Task.sleep(for: .milliseconds(800))
            #expect(await registry.looks == looks)
            try FileManager.default.moveItem(atPath: folder.path + "/two", toPath: folder.path + "/.off")
            try await becomes([], registry)
        }
    }

    @Test func `a folder that comes later is noticed, and one that goes`() async throws {
        let folder = try TemporaryFolder()
        try await follow(["\(folder.path)/config/plugins"]) { registry in
            try folder.write(document("One"), to: "config/plugins/one.yaml")
            try await becomes(["one Tells."], registry)
            try FileManager.default.removeItem(atPath: "\(folder.path)/config")
            try await becomes([], registry)
        }
    }

    @Test func `what git ignores is a plugin all the same`() async throws {
        let folder = try TemporaryFolder()
        try folder.write("*\n", to: ".gitignore")
        try await follow([folder.path]) { registry in
            try folder.write(document("One"), to: "one.yaml")
            try await becomes(["one Tells."], registry)
        }
    }

    @Test func `where nothing changes nothing is looked at`() async throws {
        let folder = try TemporaryFolder()
        try folder.write(document("One"), to: "one.yaml")
        try await follow([folder.path, folder.path + "/missing"]) { registry in
            try await isIdle(registry)
            let looks = await registry.looks
            try await Task.sleep(for: .seconds(4))
            #expect(await registry.looks == looks)
        }
    }

    /// Waits until the folders have not been looked at for a moment.
    private func isIdle(_ registry: PluginRegistry) async throws {
        var looks = -1
        while await registry.looks != looks {
            looks = await registry.looks
            // Beside tests that compute, a look may come late.
            try await Task.sleep(for: .milliseconds(2400))
        }
    }
}
