import Core
import Grammar
import JSONRPC
import SquireProtocol

/// `model/complete` and `model/infill`.
struct CompletionMethods: Sendable {
    let model: any TokenModel

    func add(to router: inout RPCRouter) {
        router.on(ModelComplete.self) { parameters, context in
            try await complete(parameters, context: context)
        }
        router.on(ModelInfill.self) { parameters, context in
            let prompt = try await model.infillPrompt(prefix: parameters.prefix, suffix: parameters.suffix)
            let request = GenerationRequest(
                prompt: prompt, sampling: parameters.sampling.map(Sampling.init) ?? Sampling())
            return try await run(request, unenforced: [], stream: parameters.stream == true, context: context)
        }
    }

    // Off the connection's thread: compiling a schema and rendering compute before they first wait.
    @concurrent
    private func complete(
        _ parameters: ModelComplete.Parameters, context: RPCContext
    ) async throws -> ModelComplete.Result {
        let constraint = try Self.constraint(parameters)
        let unenforced = try constraint.map { try CompiledGrammar($0).unenforced } ?? []
        let request = GenerationRequest(
            prompt: try await prompt(parameters), sampling: parameters.sampling.map(Sampling.init) ?? Sampling(),
            constraint: constraint, conversation: parameters.conversation)
        return try await run(request, unenforced: unenforced, stream: parameters.stream == true, context: context)
    }

    /// Generates as many texts as are asked for, all at once; the prompt is read for the first.
    private func run(
        _ request: GenerationRequest, unenforced: [String], stream: Bool, context: RPCContext
    ) async throws -> ModelComplete.Result {
        let start = ContinuousClock.now
        return try await EventSender.withSender(to: context, isWanted: stream) { sender in
            try await withThrowingTaskGroup(of: (Int, Completion).self) { group in
                // The engine refuses a number out of range, when it looks at the first.
                for index in 0..<max(1, min(8, request.sampling.choices ?? 1)) {
                    group.addTask {
                        var request = request
                        request.sampling.seed = request.sampling.seed.map { $0 &+ UInt32(index) }
                        return (index, try await one(request, sender: index == 0 ? sender : nil))
                    }
                }
                let done = try await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
                let choices = done.map {
                    ModelComplete.Result.Choice(
                        text: $0.text, finishReason: WireFinishReason($0.reason), logProbabilities: $0.reported)
                }
                return ModelComplete.Result(
                    text: done[0].text, finishReason: WireFinishReason(done[0].reason),
                    usage: WireUsage(done.map(\.usage).reduce(into: Usage()) { $0 += $1 }),
                    timings: WireTimings(
                        firstTokenSeconds: done[0].firstToken.map { ($0 - start) / .seconds(1) },
                        totalSeconds: (.now - start) / .seconds(1)),
                    unenforced: unenforced.isEmpty ? nil : unenforced, logProbabilities: done[0].reported,
                    choices: choices.count > 1 ? choices : nil)
            }
        }
    }

    private struct Completion: Sendable {
        var text = ""
        var reason = FinishReason.stop
        var usage = Usage()
        var logProbabilities: [TokenLogProbabilities] = []
        var firstToken: ContinuousClock.Instant?

        var reported: [ModelComplete.LogProbabilities]? {
            logProbabilities.isEmpty ? nil : logProbabilities.map(ModelComplete.LogProbabilities.init)
        }
    }

    private func one(_ request: GenerationRequest, sender: EventSender?) async throws -> Completion {
        var completion = Completion()
        for try await event in model.generate(request) {
            switch event {
            case .queued(let position):
                sender?.send(.queued) { $0.position = position }
            // It stands in the usage.
            case .dropped: break
            case .text(let more):
                completion.firstToken = completion.firstToken ?? .now
                completion.text += more
                sender?.send(.token) { $0.text = more }
            case .logProbabilities(let token): completion.logProbabilities.append(token)
            case .finished(let reason, let usage):
                completion.reason = reason
                completion.usage = usage
                return completion
            }
        }
        // A stream that ends without `finished` is one that was cancelled.
        throw CancellationError()
    }

    private func prompt(_ parameters: ModelComplete.Parameters) async throws -> Prompt {
        switch (parameters.prompt, parameters.messages) {
        case (let prompt?, nil): return Prompt([.template(prompt)])
        case (nil, let turns?):
            return try await model.render(try ChatMessage.all(of: turns, for: ModelComplete.self))
        default:
            throw RPCError.invalidParameters(ModelComplete.self, "give either prompt or messages, and not both")
        }
    }

    private static func constraint(_ parameters: ModelComplete.Parameters) throws -> Constraint? {
        switch (parameters.grammar, parameters.schema) {
        case (nil, nil): return nil
        case (let grammar?, nil): return .grammar(grammar)
        case (nil, let schema?): return .schema(schema)
        default:
            throw RPCError.invalidParameters(ModelComplete.self, "give either grammar or schema, and not both")
        }
    }
}

extension ModelComplete.LogProbabilities {
    fileprivate init(_ token: TokenLogProbabilities) {
        self.init(chosen: Alternative(token.chosen), likeliest: token.likeliest.map(Alternative.init))
    }
}

extension ModelComplete.LogProbabilities.Alternative {
    fileprivate init(_ token: TokenLogProbabilities.Alternative) {
        self.init(token: token.token, text: token.text, logProbability: token.logProbability, bytes: token.bytes)
    }
}
