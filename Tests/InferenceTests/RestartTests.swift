import Core
import Foundation
import Testing

@testable import Inference

/// What is kept on disk, with real files and the real model.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct RestartTests {
    private let folder = FileManager.default.temporaryDirectory.path + "/squire-\(UUID().uuidString)"
    private static let system = (0..<12).map { "Rule \($0): answer kindly and to the point. " }.joined()

    private func engine(_ change: (inout ContextSettings) -> Void = { _ in }) -> InferenceEngine {
        var settings = TestModel.settings(context: 1024)
        change(&settings)
        return InferenceEngine(
            modelPath: TestModel.path, settings: settings, prefixes: InferenceEngine.PrefixFolder(path: folder))
    }

    private func ask(_ engine: InferenceEngine, _ question: String, conversation: String? = nil) async throws -> (
        text: String, usage: Usage
    ) {
        let prompt = try await engine.render([ChatMessage(.system, Self.system), ChatMessage(.user, question)])
        var text = ""
        let request = GenerationRequest(
            prompt: prompt, sampling: Sampling(maxTokens: 8), conversation: conversation)
        for try await event in engine.generate(request) {
            if case .text(let piece) = event { text += piece }
            if case .finished(_, let usage) = event { return (text, usage) }
        }
        return (text, Usage())
    }

    private var files: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).map { "\(folder)/\($0)" }
    }

    @Test func `after a restart the instructions are not read again, and the answer is the same`() async throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let first = engine()
        let before = try await ask(first, "What is the capital of Italy?", conversation: "c")
        #expect(before.usage.cachedTokens == 0)
        await first.stop()
        // The instructions, and the conversation's tail.
        #expect(files.count == 2)

        let second = engine()
        let again = try await ask(second, "What is the capital of Italy?", conversation: "c")
        #expect(again.usage.cachedTokens >= again.usage.promptTokens - 1)
        let other = try await ask(second, "Name a colour.")
        #expect(other.usage.cachedTokens >= 100)
        #expect(again.text == before.text)
        await second.stop()
    }

    @Test func `a damaged file is dropped, and the prompt is read`() async throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let first = engine()
        _ = try await ask(first, "One?")
        await first.stop()
        let path = try #require(files.first)
        var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        bytes[bytes.count / 2] ^= 1
        try Data(bytes).write(to: URL(fileURLWithPath: path))

        let second = engine()
        #expect(try await ask(second, "One?").usage.cachedTokens == 0)
        // The read that found the damage removed it; what is written again is whole.
        await second.stop()
        let third = engine()
        #expect(try await ask(third, "One?").usage.cachedTokens >= 100)
        await third.stop()
    }

    @Test func `what another way of keeping keys and values wrote is not used`() async throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let first = engine()
        _ = try await ask(first, "One?")
        await first.stop()
        let second = engine { $0.cacheType = .q8 }
        #expect(try await ask(second, "One?").usage.cachedTokens == 0)
        await second.stop()
    }

    @Test func `files cut anywhere, or full of anything, are no prefix files`() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let path = "\(folder)/a.prefix"
        let file = PrefixFile(fingerprint: Array(repeating: 7, count: 32), isPinned: true, tokens: [1, 2, 3])
        try file.write(state: [9, 8, 7], to: path)
        let whole = try Data(contentsOf: URL(fileURLWithPath: path))
        let head = try #require(PrefixFile.head(at: path))
        #expect(head.file.tokens == [1, 2, 3] && head.file.isPinned)
        #expect(PrefixFile.state(at: path, offset: head.stateOffset) == [9, 8, 7])
        for count in 0..<whole.count {
            try whole.prefix(count).write(to: URL(fileURLWithPath: path))
            let isReadable = PrefixFile.head(at: path).flatMap { PrefixFile.state(at: path, offset: $0.stateOffset) }
            #expect(isReadable == nil, "cut to \(count) bytes")
        }
    }

    @Test func `all files together stay within their bound, the oldest going first`() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let store = PrefixStore(folder: folder, byteLimit: 5000) { Array(repeating: 1, count: 32) }
        for index in 0..<6 {
            store.save([Token(index), 1], isPinned: index == 0, state: [UInt8](repeating: 0, count: 1500))
        }
        store.flush()
        #expect(store.bytes <= 5000)
        #expect(store.holds([0, 1]) && store.holds([5, 1]) && !store.holds([1, 1]))
    }
}
