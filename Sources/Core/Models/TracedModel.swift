/// A model that tells the task's trace what it read and what it made of it.
package struct TracedModel: TokenModel {
    private let model: any TokenModel

    package init(model: any TokenModel) {
        self.model = model
    }

    package func generate(_ request: GenerationRequest) -> AsyncThrowingStream<GenerationEvent, any Error> {
        let events = model.generate(request)
        guard let trace = Trace.current else { return events }
        let start = ContinuousClock.now
        let (stream, continuation) = AsyncThrowingStream<GenerationEvent, any Error>.makeStream()
        let forwarding = Task {
            var text = ""
            defer {
                trace.add(
                    TraceEntry(
                        stage: "generate", prompt: request.prompt.text, output: text,
                        seconds: (.now - start) / .seconds(1)))
            }
            do {
                for try await event in events {
                    if case .text(let more) = event { text += more }
                    continuation.yield(event)
                }
                continuation.finish()
            } catch {
                continuation.finish(throwing: error)
            }
        }
        continuation.onTermination = { _ in forwarding.cancel() }
        return stream
    }

    package func textWhenIdle(_ request: GenerationRequest) async throws -> (text: String, usage: Usage) {
        try await model.textWhenIdle(request)
    }

    package func logProbabilities(of alternatives: [String], after prompt: Prompt) async throws -> (
        scores: [AlternativeScore], usage: Usage
    ) {
        let start = ContinuousClock.now
        let outcome = try await model.logProbabilities(of: alternatives, after: prompt)
        Trace.current?.add(
            TraceEntry(
                stage: "score", prompt: prompt.text,
                candidates: zip(alternatives, outcome.scores).map {
                    TraceEntry.Candidate(text: $0, score: $1.logProbability)
                }, seconds: (.now - start) / .seconds(1)))
        return outcome
    }

    package func render(_ messages: [ChatMessage]) async throws -> Prompt { try await model.render(messages) }

    package func tokenize(_ text: String, special: Bool) async throws -> [TokenPiece] {
        try await model.tokenize(text, special: special)
    }

    package func tokenCount(of prompt: Prompt) async throws -> Int { try await model.tokenCount(of: prompt) }

    package func describe() async throws -> ModelDescription { try await model.describe() }

    package func infillPrompt(prefix: String, suffix: String) async throws -> Prompt {
        try await model.infillPrompt(prefix: prefix, suffix: suffix)
    }
}
