import Core

/// Lets the model answer: from what plugins said, or from what it knows.
struct AnswerWriter: Sendable {
    let model: any LanguageModel

    /// Tokens of an answer from results; a small model that goes on longer only wanders off.
    private static let groundedTokens = 160

    /// An answer without tools, handed on as it is made.
    ///
    /// - Parameter untrusted: what its links are held against, where others' texts are in the conversation.
    func free(
        _ messages: [ChatMessage], sampling: Sampling, conversation: String, untrusted: UntrustedText?,
        emit: @Sendable (Assistant.Event) -> Void, draft: inout AnswerDraft
    ) async throws {
        let prompt = try await model.render(messages)
        let request = GenerationRequest(prompt: prompt, sampling: sampling, conversation: conversation)
        var stream = untrusted.map(UntrustedStream.init)
        for try await event in model.generate(request) {
            switch event {
            case .queued(let position): emit(.queued(position: position))
            case .text(let text):
                // Some models begin with a space or a line's end.
                var text = draft.text.isEmpty ? String(text.drop(while: \.isWhitespace)) : text
                if stream != nil { text = stream?.add(text) ?? "" }
                guard !text.isEmpty else { continue }
                draft.add(text)
                emit(.token(text))
            case .finished(let reason, let usage):
                if let rest = stream?.finish(), !rest.isEmpty {
                    draft.add(rest)
                    emit(.token(rest))
                }
                draft.usage += usage
                draft.finishReason = reason
            case .logProbabilities: break
            }
        }
        try Task.checkCancellation()
    }

    /// An answer from what plugins said. Sentences whose figures and names no source has are left out; where none is
    /// left, the model is asked once more, and then the plugin's own words stand.
    func grounded(
        question: String, steps: [Step], persona: String, emit: @Sendable (Assistant.Event) -> Void,
        draft: inout AnswerDraft
    ) async throws {
        let good = steps.filter { $0.status == .ok }
        let check = FactCheck(results: good.compactMap(\.result), given: [question])
        let untrusted = UntrustedText(sources: [question] + good.compactMap { $0.result.map(ResultText.lines) })
        let data = good.map { "\(ResultText.name(of: $0)):\n" + ResultText.lines($0.result ?? .null) }.joined(
            separator: "\n")
        let system = persona + " Answer the question in one sentence from the data. Use only the data."
        let user = "Data:\n\(data)\nQuestion: \(question)"
        let prompt = try await model.render([ChatMessage(.system, system), ChatMessage(.user, user)])
        // A plugin that says its answer in a sentence of its own is quoted: no paraphrase could be truer.
        let isSaid = good.allSatisfy { $0.result.flatMap(ResultText.summary) != nil }
        for attempt in 0..<2 where good.count == 1 && !isSaid {
            let sampling = Sampling(
                temperature: attempt == 0 ? 0 : 0.7, topP: 0.9, seed: 1, maxTokens: Self.groundedTokens, stop: ["\n\n"])
            let (text, usage) = try await model.text(GenerationRequest(prompt: prompt, sampling: sampling))
            draft.usage += usage
            let kept = Sentences.split(text, after: ".!?").prefix { check.unsupported(in: $0).isEmpty }
            let answer = untrusted.safe(kept.joined(separator: " "))
            if !answer.isEmpty, check.holdsResult(answer) {
                draft.add(answer)
                emit(.token(answer))
                return
            }
        }
        let plain = untrusted.safe(good.map(ResultText.plain).joined(separator: " "))
        draft.add(plain)
        emit(.token(plain))
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
    private(set) var firstToken: ContinuousClock.Instant?

    mutating func add(_ more: String) {
        if firstToken == nil { firstToken = .now }
        text += more
    }
}
