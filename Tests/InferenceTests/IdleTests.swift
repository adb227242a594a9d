import Core
import Testing

@testable import Inference

/// Texts that nobody waits for, with the real model.
@Suite(.serialized, .timeLimit(.minutes(2)))
struct IdleTests {
    private func request(_ tokens: Int) -> GenerationRequest {
        GenerationRequest(
            prompt: Prompt([.text("Once upon a time")]),
            sampling: Sampling(maxTokens: tokens, ignoreEnd: true))
    }

    @Test func `idle work gives way to what is asked, and comes to its end after it`() async throws {
        let engine = InferenceEngine(modelPath: TestModel.path, settings: TestModel.settings(context: 1024))
        _ = try await engine.describe()
        let idle = Task { (try await engine.textWhenIdle(request(400)), ContinuousClock.now) }
        // It runs now.
        while engine.queueCounts.running == 0 { try await Task.sleep(for: .milliseconds(5)) }
        var beside = 0
        for try await case .text in engine.generate(request(100)) { beside = engine.queueCounts.running }
        let asked = ContinuousClock.now
        #expect(beside <= 1)
        let (text, ended) = try await idle.value
        #expect(text.usage.completionTokens == 400)
        #expect(ended > asked)
        await engine.stop()
    }

    @Test func `idle work that is cancelled ends`() async throws {
        let engine = InferenceEngine(modelPath: TestModel.path, settings: TestModel.settings(context: 1024))
        let idle = Task { try await engine.textWhenIdle(request(900)) }
        while engine.queueCounts.running == 0 { try await Task.sleep(for: .milliseconds(5)) }
        idle.cancel()
        await #expect(throws: CancellationError.self) { try await idle.value }
        while engine.queueCounts.running > 0 { try await Task.sleep(for: .milliseconds(5)) }
        await engine.stop()
    }
}
