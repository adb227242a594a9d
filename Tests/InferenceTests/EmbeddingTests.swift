import Foundation
import Inference
import Testing

@Suite(.timeLimit(.minutes(2)))
struct EmbeddingTests {
    let engine = EmbeddingEngine(
        modelPath: TestModel.path.split(separator: "/models/")[0] + "/models/53aa51172d142c89/all-MiniLM-L6-v2-F16.gguf"
    )

    private func cosine(_ a: [Float], _ b: [Float]) -> Float {
        zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
    }

    @Test func `texts of the same meaning are nearer than texts of another`() async throws {
        let vectors = try await engine.embed([
            "What time is it in Paris?", "the current hour in a city", "How to bake sourdough bread",
        ])
        #expect(vectors.allSatisfy { $0.count == 384 })
        #expect(cosine(vectors[0], vectors[1]) > cosine(vectors[0], vectors[2]) + 0.2)
    }

    @Test func `a text's vector has length one and is the same in any company`() async throws {
        let text = "A small model on two cores"
        let alone = try await engine.embed([text])
        let together = try await engine.embed(Array(repeating: "something else entirely", count: 40) + [text])
        #expect(together.count == 41)
        #expect(cosine(alone[0], alone[0]) > 0.999)
        #expect(cosine(alone[0], together[40]) > 0.999)
    }

    @Test func `what somebody waits for goes before what nobody waits for`() async throws {
        try await engine.loaded()
        let many = (0..<600).map {
            "an operation that lists the \($0) newest orders of a shop, by the time they were made"
        }
        let idle = Task { try await engine.embedWhenIdle(many) }
        // It has begun.
        _ = try await engine.embed(["first"])
        let ended = Task {
            _ = try await idle.value
            return ContinuousClock.now
        }
        for number in 0..<5 { _ = try await engine.embed(["question \(number)"]) }
        let asked = ContinuousClock.now
        #expect(try await ended.value > asked)
    }

    @Test func `who computed vectors is the file, not its name alone`() async throws {
        let maker = try #require(await engine.maker())
        #expect(maker.contains(engine.modelPath))
        let missing = EmbeddingEngine(modelPath: "/nowhere/model.gguf")
        #expect(await missing.maker() == nil)
        await missing.stop()
    }

    @Test func `a text longer than the model's context is embedded by its beginning`() async throws {
        let vectors = try await engine.embed([String(repeating: "long text ", count: 2000), ""])
        #expect(vectors.count == 2)
    }
}
