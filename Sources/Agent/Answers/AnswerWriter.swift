import Core
import Languages
import Understanding

/// Lets the model answer: from what plugins said, or from what it knows.
struct AnswerWriter: Sendable {
    let model: any TokenModel
    let embedder: any Embedder
    let planner: ContextPlanner
    /// Where results are read.
    let reading: ReadingThread
    var language = QuestionLanguage.english

    /// Tokens of an answer from results; a small model that goes on longer only wanders off.
    private static let groundedTokens = 160

    /// What plugins said, for an answer.
    struct Results: Sendable {
        let question: String
        /// The calls whose results are told.
        let steps: [Step]
        /// All calls of the turn, by which the answer says where each of its parts comes from; nil where it does not say.
        var cited: [Step]?
        /// Those that were called may say what their results mean.
        let tools: [Tool]
    }

    /// An answer without tools, handed on as it is made.
    ///
    /// - Parameters:
    ///   - links: what its links are held against, where others' texts are in the conversation.
    ///   - gate: lets through what may be said; nil lets all through.
    func free(
        _ plan: ContextPlanner.Plan, sampling: Sampling, conversation: String, links: GivenLinks?,
        gate: inout AloneGate?, draft: inout AnswerDraft
    ) async throws {
        var sampling = sampling
        sampling.maxTokens = min(sampling.maxTokens ?? .max, plan.answerTokens)
        let request = GenerationRequest(prompt: plan.prompt, sampling: sampling, conversation: conversation)
        var stream = links.map { Neutralizer(.answer($0)) }
        var hasBegun = false
        var loop = LoopWatch()
        var pieces = 0
        generation: for try await event in model.generate(request) {
            switch event {
            case .queued(let position): draft.emit(.queued(position: position))
            // The planner has left out what does not fit, and says so in the ledger.
            case .dropped: break
            case .text(let text):
                pieces += 1
                let isLoop = loop.add(text)
                if isLoop || gate?.isHopeless == true {
                    // Leaving the loop ends the generation, which then does not say what it took.
                    draft.finishReason = isLoop ? .repetition : .stop
                    draft.usage += Usage(
                        promptTokens: plan.ledger.parts.total - plan.ledger.parts.answer, completionTokens: pieces)
                    break generation
                }
                // Some models begin with a space or a line's end.
                var text = gate == nil ? text : gate?.add(text) ?? ""
                if !hasBegun { text = String(text.drop(while: \.isWhitespace)) }
                if !text.isEmpty { hasBegun = true }
                if stream != nil { text = stream?.add(text) ?? "" }
                guard !text.isEmpty else { continue }
                draft.say(text, from: .model)
            case .finished(let reason, let usage):
                // What is not at its end when the tokens are is cut, and none of it can be held back.
                var rest = reason == .length && gate != nil ? "" : gate?.finish() ?? ""
                if !hasBegun { rest = String(rest.drop(while: \.isWhitespace)) }
                if stream != nil { rest = (stream?.add(rest) ?? "") + (stream?.finish() ?? "") }
                if !rest.isEmpty { draft.say(rest, from: .model) }
                draft.usage += usage
                draft.finishReason = reason
            case .logProbabilities: break
            }
        }
        try Task.checkCancellation()
    }

    /// An answer from what plugins said. A small model would embellish it, so that the plugin's own words and values are
    /// told; of a large one's words, sentences whose figures and names no source has are left out; where none is left, the
    /// model is asked once more, with no other figures than the sources' to write, or reads on in a result that it was given
    /// in part, and then the plugin's own words stand.
    ///
    /// - Parameter found: what is answered from.
    func grounded(_ found: Results, persona: String, draft: inout AnswerDraft) async throws {
        let question = found.question
        let good = found.steps.filter { $0.status == .ok }
        let (results, links) = try await reading.run {
            let results = good.map { ReadResult($0, in: language) }
            return (results, GivenLinks(said: [question], read: results))
        }
        // A plugin that says its answer in a sentence of its own is quoted: no paraphrase could be truer.
        let isSaid = results.allSatisfy { $0.summary != nil }
        let areEmpty = results.map(\.isEmpty)
        var parts: [String] = []
        if areEmpty == [false], !isSaid, let result = results.first, try await model.describe().isLarge,
            let answer = try await written(question: question, result: result, persona: persona, links, draft: &draft)
        {
            parts = [answer]
        }
        if parts.isEmpty {
            parts = try await reading.run {
                results.map { result in
                    let tool = found.tools.first {
                        $0.plugin == result.step.plugin && $0.operation == result.step.operation
                    }
                    let told = result.plain(question: question, described: tool?.results ?? [])
                    return Neutralizer.neutralised(told, .answer(links))
                }
            }
            let leftOut = draft.context?.leftOut ?? []
            draft.context = try await planner.quoted(question: question, part: .results, parts)
            draft.context?.leftOut = leftOut
        }
        if let steps = found.cited {
            // There is nothing to cite of a result that says nothing.
            let telling = results.indices.filter { !areEmpty[$0] }
            let said = telling.map { (results[$0], parts[$0]) }
            draft.citations = try await reading.run { StepCitation.citations(of: said, in: steps, language) }
            for (number, index) in telling.enumerated() { parts[index] += " [\(number + 1)]" }
        }
        // Lists have lines of their own.
        let text = parts.joined(separator: parts.contains { $0.contains("\n") } ? "\n\n" : " ")
        draft.say(text, from: .step)
    }

    /// What the model writes from a result; nil where nothing of it holds.
    private func written(
        question: String, result: ReadResult, persona: String, _ links: GivenLinks, draft: inout AnswerDraft
    ) async throws -> String? {
        let name = result.name
        let records = result.records
        let whole = result.text
        let heading = name + ":\n"
        let (tokens, headingTokens) = (
            try await planner.counts.estimate(whole), try await planner.counts.count(heading)
        )
        let share =
            try await planner.resultShare(
                question: question, persona: persona, needs: tokens + headingTokens, answerTokens: Self.groundedTokens)
            - headingTokens
        func sentence(
            from data: String, isHeld: Bool, omission: ContextLedger.Omission? = nil
        ) async throws -> String? {
            let plan = try await planner.results(
                heading + data, question: question, persona: persona, answerTokens: Self.groundedTokens)
            draft.context = plan.ledger
            draft.context?.leftOut = [omission].compactMap(\.self)
            // What the model was not given cannot bear out what it says.
            let check = FactCheck(texts: [data], given: [question])
            // The same words again would be as wrong where it was not a figure that was.
            let sampling = Sampling(
                temperature: isHeld ? 0.7 : 0, topP: 0.9, seed: 1, maxTokens: plan.answerTokens, stop: ["\n\n"])
            let (text, usage) = try await model.text(
                GenerationRequest(
                    prompt: plan.prompt, sampling: sampling,
                    constraint: isHeld ? FigureGrammar.constraint(check.figures) : nil))
            draft.usage += usage
            let kept = Sentences.split(text, after: ".!?", in: language).prefix { check.unsupported(in: $0).isEmpty }
            let answer = Neutralizer.neutralised(kept.joined(separator: " "), .answer(links))
            return !answer.isEmpty && check.holdsResult(answer) ? answer : nil
        }
        if tokens <= share {
            for isHeld in [false, true] {
                if let answer = try await sentence(from: whole, isHeld: isHeld) { return answer + result.cutNote }
            }
            return nil
        }
        let reading = try await reading.run {
            ResultReading(records, question: question, share: share, tokens: tokens, in: language)
        }
        // Of more than is read no word tells what to read: the model would only guess, three times over.
        guard reading.isTold || !result.isCut else { return nil }
        let order = try await order(reading, question: question)
        let leftOut = language.words.answers.leftOut
        // Where the question's words tell what to read there is nothing better to read on with.
        let attempts =
            reading.isTold ? order.flatMap { [($0, false), ($0, true)] } : order.map { ($0, false) }
        for (indices, isHeld) in attempts {
            let part = try await reading.part(indices, within: share, counts: planner.counts)
            let omission = ContextLedger.Omission(
                part: .results,
                what: (result.isCut ? leftOut.recordsAndMore : leftOut.records)([
                    "name": name, "part": part.told(of: records.count, leftOut),
                ]),
                tokens: max(0, tokens - part.tokens))
            guard let answer = try await sentence(from: part.text, isHeld: isHeld, omission: omission) else {
                continue
            }
            // Another part may say otherwise, and no word told which to read.
            return reading.isTold
                ? answer + result.cutNote
                : answer + language.words.answers.results.partRead(["part": part.told(of: records.count, leftOut)])
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
}
