import Core
import Grammar
import JSONRPC
import SquireProtocol

/// `model/complete`.
struct CompletionMethods: Sendable {
    let model: any LanguageModel

    func add(to router: inout RPCRouter) {
        router.on(Method.modelComplete) { (parameters: ModelCompleteParameters, context) in
            try await complete(parameters, context: context)
        }
    }

    // Off the connection's thread: compiling a schema and rendering compute before they first wait.
    @concurrent
    private func complete(
        _ parameters: ModelCompleteParameters, context: RPCContext
    ) async throws -> ModelCompleteResult {
        let start = ContinuousClock.now
        let grammar = try Self.grammar(parameters)
        let request = GenerationRequest(
            prompt: try await prompt(parameters), sampling: parameters.sampling ?? Sampling(), grammar: grammar?.text)
        return try await EventSender.withSender(to: context, isWanted: parameters.stream == true) { sender in
            var text = ""
            var firstToken: ContinuousClock.Instant?
            for try await event in model.generate(request) {
                switch event {
                case .queued(let position):
                    sender.send(.queued) { $0.position = position }
                case .text(let more):
                    firstToken = firstToken ?? .now
                    text += more
                    sender.send(.token) { $0.text = more }
                case .finished(let reason, let usage):
                    return ModelCompleteResult(
                        text: text, finishReason: reason, usage: usage,
                        timings: Timings(
                            firstTokenSeconds: firstToken.map { ($0 - start) / .seconds(1) },
                            totalSeconds: (.now - start) / .seconds(1)),
                        unenforced: grammar.flatMap { $0.unenforced.isEmpty ? nil : $0.unenforced })
                }
            }
            // A stream that ends without `finished` is one that was cancelled.
            throw CancellationError()
        }
    }

    private func prompt(_ parameters: ModelCompleteParameters) async throws -> Prompt {
        switch (parameters.prompt, parameters.messages) {
        case (let prompt?, nil): return Prompt([.template(prompt)])
        case (nil, let turns?):
            return try await model.render(
                turns.enumerated().map { index, turn in
                    guard let role = ChatMessage.Role(rawValue: turn.role) else {
                        throw RPCError.invalidParameters(
                            Method.modelComplete,
                            "messages[\(index)].role must be system, user or assistant, not \"\(turn.role)\"")
                    }
                    return ChatMessage(role, turn.content)
                })
        default:
            throw RPCError.invalidParameters(Method.modelComplete, "give either prompt or messages, and not both")
        }
    }

    private static func grammar(
        _ parameters: ModelCompleteParameters
    ) throws -> (text: String, unenforced: [String])? {
        switch (parameters.grammar, parameters.schema) {
        case (nil, nil): return nil
        case (let grammar?, nil): return (grammar, [])
        case (nil, let schema?): return try SchemaGrammar.compile(schema)
        default:
            throw RPCError.invalidParameters(Method.modelComplete, "give either grammar or schema, and not both")
        }
    }
}
