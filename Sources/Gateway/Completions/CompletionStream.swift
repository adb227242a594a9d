import Core

/// Writes text completions in chunks.
struct CompletionStream: Sendable {
    private let form: CompletionForm
    private let request: CompletionRequest
    private var answers: [CollectedAnswer]
    /// Tokens whose text has not been sent yet, by answer.
    private var tokens: [[TokenLogProbabilities]]
    /// How many characters of tokens have been sent, by answer.
    private var offsets: [Int]

    init(form: CompletionForm, request: CompletionRequest) {
        self.form = form
        self.request = request
        let count = request.prompts.count * request.choices
        answers = Array(repeating: CollectedAnswer(), count: count)
        tokens = Array(repeating: [], count: count)
        offsets = Array(repeating: 0, count: count)
    }

    mutating func send(
        _ run: AnswerRun, until disconnection: DisconnectWatch, metrics: Metrics, to events: inout EventWriter
    ) async throws {
        // Until the end, the member is null where it is wanted.
        let noUsage: JSONValue? = request.includesUsage ? .null : nil
        try await run.forEach(until: disconnection) { index, event in
            answers[index].add(event)
            if case .finished(_, let usage, _) = event { metrics.add(usage) }
            guard let choice = choice(index, event) else { return }
            try await events.send(form.completion([choice], usage: noUsage))
        }
        if request.includesUsage {
            try await events.send(
                form.completion([], usage: CompletionRoute.usage(answers, request).completionJSON))
        }
        try await events.sendDone()
    }

    private mutating func choice(_ index: Int, _ event: AnswerEvent) -> JSONValue? {
        switch event {
        case .queued, .dropped, .warning: return nil
        case .logProbabilities(let token):
            tokens[index].append(token)
            return nil
        case .text(let text): return form.choice(index, text, logProbabilities: takeTokens(index))
        case .finished:
            let rest: JSONValue = tokens[index].isEmpty ? nil : takeTokens(index)
            return form.choice(index, "", logProbabilities: rest, finishReason: answers[index].finishReason)
        }
    }

    private mutating func takeTokens(_ index: Int) -> JSONValue {
        guard request.sampling.logProbabilities != nil else { return nil }
        defer { tokens[index] = [] }
        return tokens[index].completionJSON(offset: &offsets[index])
    }
}
