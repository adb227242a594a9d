import Core
import HTTPTypes

/// Has a text made until it is an instance of its schema, where generating it cannot be held to all that the schema asks.
struct CheckedText: Sendable {
    let model: any TokenModel
    let request: GenerationRequest
    let schema: JSONValue
    let schemas: SchemaRules

    /// How often a text is made before that is given up.
    static let mostTries = 5

    /// A stream whose text comes whole, once it is right.
    var stream: AnswerStream {
        AnswerStream { emit in
            var usage: Usage?
            var problem = ""
            for attempt in 0..<Self.mostTries {
                let (events, text, reason, spent) =
                    try await attempt == 0 ? made(request, emit) : made(retry(attempt), emit)
                usage =
                    usage.map { total in
                        var total = total
                        total.completionTokens += spent.completionTokens
                        return total
                    } ?? spent
                if reason == .stop, let found = fault(of: text) {
                    problem = found
                    continue
                }
                for event in events { emit(event) }
                emit(.finished(reason, usage ?? spent, []))
                return
            }
            throw APIError(
                .unprocessableContent,
                "\(Self.mostTries) texts were made and none met the schema: \(problem); make the schema simpler, or ask again",
                code: "schema_unmet")
        }
    }

    /// What is wrong with a text; nil where nothing is, or where it was ended by a text of the request's `stop`.
    private func fault(of text: String) -> String? {
        guard let value = try? JSONValue(parsing: text) else { return nil }
        return schemas.verdict(value, schema).problems.first
    }

    private func made(
        _ request: GenerationRequest, _ emit: @Sendable (AnswerEvent) -> Void
    ) async throws -> (events: [AnswerEvent], text: String, reason: FinishReason, usage: Usage) {
        var events: [AnswerEvent] = []
        var text = ""
        for try await event in model.generate(request) {
            switch event {
            case .queued: emit(.queued)
            case .finished(let reason, let usage): return (events, text, reason, usage)
            case .text(let more):
                text += more
                events.append(.text(more))
            case .dropped, .logProbabilities: events.append(AnswerEvent(event))
            }
        }
        // A stream that ends without `finished` is one that was cancelled.
        throw CancellationError()
    }

    /// The same question would be answered by the same text: the next one is drawn more freely.
    private func retry(_ attempt: Int) -> GenerationRequest {
        var again = request
        again.sampling.temperature = max(again.sampling.temperature ?? 0, 0.4 + 0.2 * Double(attempt))
        again.sampling.topP = min(again.sampling.topP ?? 1, 0.95)
        again.sampling.seed = again.sampling.seed.map { $0 &+ UInt32(attempt) &* 7919 }
        return again
    }
}
