import Core
import Foundation
import Inference
import Testing

@Suite(.timeLimit(.minutes(2)))
struct ModelFileTests {
    private func error(of path: String) async -> InferenceError? {
        let engine = InferenceEngine(modelPath: path, settings: TestModel.settings(context: 256))
        let error = await #expect(throws: InferenceError.self) { try await engine.describe() }
        // A request after the failure gets the same reason, at once.
        await #expect(throws: InferenceError.self) {
            for try await _ in engine.generate(GenerationRequest(prompt: Prompt([.text("x")]))) {}
        }
        await engine.stop()
        return error
    }

    private func temporary(_ bytes: Data) throws -> String {
        let url = FileManager.default.temporaryDirectory.appending(path: "squire-\(UUID()).gguf")
        try bytes.write(to: url)
        return url.path
    }

    @Test func `a missing file is named`() async {
        let error = await error(of: "/nowhere/model.gguf")
        #expect(error?.code == .modelMissing)
        #expect(error?.message.contains("/nowhere/model.gguf") == true)
    }

    @Test func `a file that is not GGUF is told from a damaged one`() async throws {
        let path = try temporary(Data("PK\u{3}\u{4} this is a zip".utf8))
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(await error(of: path)?.code == .modelNotGGUF)
    }

    @Test(arguments: [60_000_000, 100_000, 30])
    func `a file cut in its tensors, and one cut in its header, are truncated`(length: Int) async throws {
        let handle = try #require(FileHandle(forReadingAtPath: TestModel.path))
        let path = try temporary(try #require(try handle.read(upToCount: length)))
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(await error(of: path)?.code == .modelTruncated)
    }

    @Test func `an unknown architecture is named`() async throws {
        // The architecture's name stands once, as a string of five bytes after its length, near the file's beginning.
        var bytes = try Data(contentsOf: URL(filePath: TestModel.path))
        let key = Data("general.architecture".utf8)
        let range = try #require(bytes.range(of: key, in: 0..<4096))
        // Key, value type (4 bytes), length (8 bytes), "llama".
        let name = (range.upperBound + 12)..<(range.upperBound + 17)
        try #require(bytes[name] == Data("llama".utf8))
        bytes.replaceSubrange(name, with: Data("bloop".utf8))
        let path = try temporary(bytes)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let error = await error(of: path)
        #expect(error?.code == .modelUnsupported)
        #expect(error?.message.contains("bloop") == true)
    }

    @Test func `a model is described once, when it is loaded, and its file is not looked at again`() async throws {
        let path = try temporary(try Data(contentsOf: URL(filePath: TestModel.path)))
        let engine = InferenceEngine(modelPath: path, settings: TestModel.settings(context: 256))
        let first = try await engine.describe()
        try FileManager.default.removeItem(atPath: path)
        let again = try await engine.describe()
        #expect(again == first)
        #expect(again.bytes > 0)
        await engine.stop()
    }

    @Test func `a model's description holds what its file says`() async throws {
        let description = try await TestModel.engine.describe()
        #expect(description.architecture == "llama")
        #expect(description.vocabularySize == 49_152)
        #expect(description.chatTemplate?.contains("<|im_start|>") == true)
    }
}
