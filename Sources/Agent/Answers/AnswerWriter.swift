import Core

/// Lets the model answer: from what plugins said, or from what it knows.
struct AnswerWriter: Sendable {
    let model: any LanguageModel
    let embedder: any Embedder
    let planner: ContextPlanner

    /// Tokens of an answer from results; a small model that goes on longer only wanders off.
    private static let groundedTokens = 160

    /// An answer without tools, handed on as it is made.
    func free(
        _ plan: ContextPlanner.Plan, sampling: Sampling, conversation: String,
        emit: @Sendable (Assistant.Event) -> Void,
        draft: inout AnswerDraft
    ) async throws {
        var sampling = sampling
        sampling.maxTokens = min(sampling.maxTokens ?? .max, plan.answerTokens)
        let request = GenerationRequest(prompt: plan.prompt, sampling: sampling, conversation: conversation)
        for try await event in model.generate(request) {
            switch event {
            case .queued(let position): emit(.queued(position: position))
            case .text(let text):
                // Some models begin with a space or a line's end.
                let text = draft.text.isEmpty ? String(text.drop(while: \.isWhitespace)) : text
                guard !text.isEmpty else { continue }
                draft.add(text)
                emit(.token(text))
            case .finished(let reason, let usage):
                draft.usage += usage
                draft.finishReason = reason
            case .logProbabilities: break
            }
        }
        try Task.checkCancellation()
    }

    /// An answer from what plugins said. Sentences whose figures and names no source has are left out; where none is
    /// left, the model is asked once more, or reads on in a result that it was given in part, and then the plugin's own
    /// words stand.
    func grounded(
        question: String, steps: [Step], persona: String, emit: @Sendable (Assistant.Event) -> Void,
        draft: inout AnswerDraft
    ) async throws {
        let good = steps.filter { $0.status == .ok }
        // A plugin that says its answer in a sentence of its own is quoted: no paraphrase could be truer.
        let isSaid = good.allSatisfy { $0.result.flatMap(ResultText.summary) != nil }
        var answer: String?
        if good.count == 1, !isSaid, let step = good.first {
            answer = try await written(question: question, step: step, persona: persona, draft: &draft)
        }
        if answer == nil {
            let said = good.map { ResultText.plain($0, question: question) }
            let leftOut = draft.context?.leftOut ?? []
            draft.context = try await planner.quoted(question: question, part: .results, said)
            draft.context?.leftOut = leftOut
            answer = said.joined(separator: " ")
        }
        let text = answer ?? ""
        draft.add(text)
        emit(.token(text))
    }

    /// What the model writes from a result; nil where nothing of it holds.
    private func written(
        question: String, step: Step, persona: String, draft: inout AnswerDraft
    ) async throws -> String? {
        let name = "\(step.plugin).\(step.operation)"
        let records = ResultText.records(step.result ?? .null)
        let whole = records.map { $0.text + "\n" }.joined()
        let heading = name + ":\n"
        let (tokens, headingTokens) = (try await planner.counts.count(whole), try await planner.counts.count(heading))
        let share =
            try await planner.resultShare(
                question: question, persona: persona, needs: tokens + headingTokens, answerTokens: Self.groundedTokens)
            - headingTokens
        func sentence(
            from data: String, temperature: Double, omission: ContextLedger.Omission? = nil
        ) async throws -> String? {
            let plan = try await planner.results(
                heading + data, question: question, persona: persona, answerTokens: Self.groundedTokens)
            draft.context = plan.ledger
            draft.context?.leftOut = [omission].compactMap(\.self)
            let sampling = Sampling(
                temperature: temperature, topP: 0.9, seed: 1, maxTokens: plan.answerTokens, stop: ["\n\n"])
            let (text, usage) = try await model.text(GenerationRequest(prompt: plan.prompt, sampling: sampling))
            draft.usage += usage
            // What the model was not given cannot bear out what it says.
            let check = FactCheck(texts: [data], given: [question])
            let kept = Sentences.split(text, after: ".!?").prefix { check.unsupported(in: $0).isEmpty }
            let answer = kept.joined(separator: " ")
            return !answer.isEmpty && check.holdsResult(answer) ? answer : nil
        }
        if tokens <= share {
            for temperature in [0, 0.7] {
                if let answer = try await sentence(from: whole, temperature: temperature) {
                    return answer
                }
            }
            return nil
        }
        let reading = ResultReading(records, question: question, share: share, tokens: tokens)
        let order = try await order(reading, question: question)
        // Where the question's words tell what to read there is nothing better to read on with.
        for (indices, temperature) in reading.isTold ? order.flatMap({ [($0, 0), ($0, 0.7)] }) : order.map({ ($0, 0) })
        {
            let part = try await reading.part(indices, within: share, counts: planner.counts)
            let omission = ContextLedger.Omission(
                part: .results, what: "\(name): all of \(records.count) records but \(part.place)",
                tokens: max(0, tokens - part.tokens))
            guard let answer = try await sentence(from: part.text, temperature: temperature, omission: omission) else {
                continue
            }
            // Another part may say otherwise, and no word told which to read.
            return reading.isTold
                ? answer : answer + " (I read only a part of the result: \(part.place) of \(records.count).)"
        }
        return nil
    }

    /// Parts of a result whose meaning is compared with the question's, and characters of each.
    private static let (mostCompared, compared) = (40, 400)

    /// The parts to read, one after the other.
    private func order(_ reading: ResultReading, question: String) async throws -> [[Int]] {
        guard !reading.isTold else { return reading.order() }
        let beginnings = reading.beginnings(characters: Self.compared)
        guard (2...Self.mostCompared).contains(beginnings.count) else { return reading.order() }
        let vectors = try await embedder.embed([question] + beginnings)
        // A cancelled call gives fewer.
        try Task.checkCancellation()
        return reading.order(nearness: vectors.dropFirst().map { AnchorIndex.cosine(vectors[0], $0) })
    }

    /// What to say of calls that failed: which, and why.
    static func failures(_ steps: [Step]) -> String {
        var seen: Set<String> = []
        return steps.filter { $0.status != .ok }.compactMap { step in
            let call = "\(step.plugin).\(step.operation)"
            guard seen.insert(call).inserted else { return nil }
            // The last failure of a call says what is still wrong.
            let reason =
                steps.last { $0.plugin == step.plugin && $0.operation == step.operation }?.error ?? "no reason given"
            if step.status == .denied { return "I did not call \(call), since it was not allowed." }
            return
                "I could not get an answer from \(call): \(reason)\(reason.last.map { ".!?".contains($0) } ?? false ? "" : ".")"
        }.joined(separator: " ")
    }
}

/// An answer while it is made: what is stored when it is cut.
struct AnswerDraft: Sendable {
    private(set) var text = ""
    var citations: [Citation] = []
    var usage = Usage()
    var finishReason = FinishReason.stop
    var context: ContextLedger?
    private(set) var firstToken: ContinuousClock.Instant?

    mutating func add(_ more: String) {
        if firstToken == nil { firstToken = .now }
        text += more
    }
}
