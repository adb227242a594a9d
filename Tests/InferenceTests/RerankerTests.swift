import Foundation
import Inference
import Testing

@Suite(.timeLimit(.minutes(2)))
struct RerankerTests {
    private static let embeddingModel =
        String(TestModel.path.split(separator: "/models/")[0]) + "/models/53aa51172d142c89/all-MiniLM-L6-v2-F16.gguf"

    @Test func `each text has one score for a query, the same in any company`() async throws {
        let path = try RerankerFile.make(of: Self.embeddingModel)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let engine = EmbeddingEngine.reranker(modelPath: path)
        let texts = ["Whales sing.", "Bread is baked."] + (0..<40).map { "text number \($0)" }
        let together = try await engine.scores(of: texts, for: "What do whales do?")
        #expect(together.count == texts.count)
        let alone = try await engine.scores(of: [texts[1]], for: "What do whales do?")
        #expect(abs(together[1] - alone[0]) < 0.02)
        #expect(together[0] != together[1])
        let other = try await engine.scores(of: [texts[1]], for: "How is bread made?")
        #expect(abs(other[0] - alone[0]) > 0.02)
        // Of a text that is too long for the two, the beginning counts; of a query, too.
        let long = String(repeating: "whales and bread ", count: 2000)
        #expect(try await engine.scores(of: [long], for: long).count == 1)
        #expect(try await engine.scores(of: [], for: "nothing").isEmpty)
        await engine.stop()
    }

    @Test func `an embedding model is no re-ranker, nor a re-ranker an embedding model`() async throws {
        let reranker = EmbeddingEngine.reranker(modelPath: Self.embeddingModel)
        let error = await #expect(throws: InferenceError.self) { try await reranker.scores(of: ["a"], for: "b") }
        #expect(error?.code == .modelUnsupported)
        #expect(error?.message.contains("re-ranker") == true)
        await reranker.stop()
        let path = try RerankerFile.make(of: Self.embeddingModel)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let embedding = EmbeddingEngine(modelPath: path)
        let other = await #expect(throws: InferenceError.self) { try await embedding.embed(["a"]) }
        #expect(other?.code == .modelUnsupported)
        await embedding.stop()
    }
}
