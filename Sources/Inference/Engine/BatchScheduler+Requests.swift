import Core
import Grammar

extension BatchScheduler {
    /// Makes a generation of a request.
    ///
    /// - Throws: `promptEmpty`, `promptTooLong`, `samplingInvalid`.
    mutating func begin(
        _ item: EngineRequest, _ request: GenerationRequest, _ constraint: (Constraint, CompiledGrammar)?,
        emit: @escaping (GenerationEvent) -> Void
    ) throws(InferenceError) {
        let sampling = try request.sampling.checked()
        var request = request
        request.sampling = sampling
        item.keep = sampling.keep ?? 0
        // Room for an answer, but not for the longest one that might be given.
        let reserve = min(sampling.maxTokens ?? Generation.defaultMaxTokens, contextSize / 4)
        let dropped = try fill(item, with: request.prompt, reserve: reserve)
        let generation = try Generation(
            request, model: model, automaton: constraint.map { automaton(of: $0.0, $0.1) }, prompt: item.tokens,
            emit: emit)
        generation.usage.droppedTurns = dropped > 0 ? dropped : nil
        if dropped > 0 { emit(.dropped(turns: dropped)) }
        item.work = .generation(generation)
        switch generation.opening() {
        case .more(let tokens):
            item.tokens += tokens
            guard item.tokens.count < contextSize else { throw tooLong(item.tokens.count) }
        case .finished(let reason):
            generation.finish(reason)
            item.cancel.set()
        case .failed(let error): throw error
        }
    }

    /// Makes a scoring of a request.
    ///
    /// - Throws: `promptEmpty`, `promptTooLong`.
    mutating func begin(
        _ item: EngineRequest, scoring alternatives: [String], after prompt: Prompt,
        answer: @escaping (Result<(scores: [AlternativeScore], usage: Usage), InferenceError>) -> Void
    ) throws(InferenceError) {
        let model = model
        // What is computed of a continuation, all but its last token, must fit a batch.
        let most = min(ModelContext.outputs, context.batchSize) + 1
        let tokens = alternatives.map { Array(model.tokens(of: $0, special: false).prefix(most)) }
        _ = try fill(item, with: prompt, reserve: tokens.map(\.count).max() ?? 0)
        item.work = .scoring(Scoring(tokens, promptTokens: item.tokens.count, answer: answer))
    }

    /// Gives a request its tokens, without the turns that there is no room for.
    ///
    /// - Parameter reserve: tokens that should be left for the answer.
    /// - Returns: how many turns were dropped.
    private func fill(_ item: EngineRequest, with prompt: Prompt, reserve: Int) throws(InferenceError) -> Int {
        let prompt = item.prepared ?? model.tokens(of: prompt)
        item.prepared = nil
        guard !prompt.tokens.isEmpty else {
            throw InferenceError(.promptEmpty, "the prompt has no tokens; give it some text")
        }
        item.tokens = prompt.tokens
        item.promptCount = prompt.tokens.count
        item.turnStarts = prompt.turnStarts
        item.pinned = min(prompt.pinned, prompt.tokens.count)
        var dropped = 0
        if prompt.tokens.count + reserve > contextSize,
            let plan = TurnDropping.plan(
                count: prompt.tokens.count, turnStarts: prompt.turnStarts, keep: item.keep,
                limit: contextSize - reserve)
                // The last turn may be long itself; then it gets what room there is.
                ?? TurnDropping.plan(
                    count: prompt.tokens.count, turnStarts: prompt.turnStarts, keep: item.keep, limit: contextSize - 1)
        {
            item.drop(plan)
            dropped = plan.turns
        }
        guard item.tokens.count < contextSize else {
            throw tooLong(item.tokens.count)
        }
        return dropped
    }

    private func tooLong(_ count: Int) -> InferenceError {
        InferenceError(.promptTooLong, TooLong.sentence(tokens: count, room: contextSize))
    }
}
