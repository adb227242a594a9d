import Foundation
import Testing

@testable import Inference

struct DefaultModelsTests {
    @Test func `a default model is looked for in the shared cache, then in the installation`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "models-\(UUID().uuidString.prefix(8))")
            .path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let (cache, installation) = ("\(folder)/cache", "\(folder)/share")
        func place() -> String { DefaultModels.chat(sharedCache: cache, installation: installation) }
        let cached = DefaultModels.chat(sharedCache: cache)
        let installed = DefaultModels.chat(sharedCache: installation)
        // Where neither has it, the error names the cache.
        #expect(place() == cached)
        for path in [installed, cached] {
            let parent = (path as NSString).deletingLastPathComponent
            try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
            try Data("GGUF".utf8).write(to: URL(fileURLWithPath: path))
            #expect(place() == path)
        }
    }
}
