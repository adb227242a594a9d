import Core
import Languages
import Understanding

extension Assistant {
    /// Tokens of a part's summary, and of a summary that is not summarised again.
    private static let (mostOfPart, mostOfSummary) = (100, 400)
    /// Of the context, what a part may take: the rest is its summary's, and the template's.
    private static let partShare = 0.5
    /// How often summaries are summarised.
    private static let mostLevels = 3

    /// What is in progress while a long text is read.
    package static let readingText = QuestionLanguage.english.words.answers.longText.reading

    /// Summarises a text that does not fit the context, a part after the other. Each sentence is held against its part: what
    /// it states that does not stand there is left out.
    ///
    /// - Returns: whether that is the answer.
    func summarizeLongText(
        _ question: Question, draft: inout AnswerDraft, emit: @escaping @Sendable (Event) -> Void
    ) async throws -> Bool {
        let context = try await model.describe().context
        // No token has less than a byte: what is shorter fits.
        guard question.message.utf8.count > context, let long = LongText(question.message, in: language) else {
            return false
        }
        let tokens = try await planner.counts.estimate(question.message)
        guard tokens > context - Self.mostOfSummary else { return false }
        let most = try await planner.mostAtOnce(Int(Double(context) * Self.partShare))
        let bytes = max(200, long.text.utf8.count * most / max(1, tokens))
        let parts = long.parts(bytes: bytes, in: language)
        var notes: [String] = []
        var read = 0
        for part in parts {
            guard limits.left(after: draft.usage) > most + Self.mostOfPart else { break }
            emit(.reading(done: read, total: parts.count))
            notes += try await summary(of: part, long.instruction, draft: &draft)
            read += 1
        }
        emit(.reading(done: read, total: parts.count))
        for _ in 0..<Self.mostLevels {
            let joined = notes.joined(separator: " ")
            guard try await planner.counts.count(joined) > Self.mostOfSummary,
                limits.left(after: draft.usage) > most + Self.mostOfPart
            else { break }
            var shorter: [String] = []
            for part in LongText(instruction: long.instruction, text: joined).parts(bytes: bytes, in: language) {
                shorter += try await summary(of: part, long.instruction, draft: &draft)
            }
            // A model that says nothing that holds makes nothing shorter.
            guard !shorter.isEmpty, shorter.count < notes.count else { break }
            notes = shorter
        }
        var text = try await planner.counts.beginning(of: notes.joined(separator: " "), within: Self.mostOfSummary)
        if text.isEmpty { text = language.words.answers.alone.unsure }
        let links = GivenLinks(in: [question.message])
        say(Neutralizer.neutralised(text, .answer(links)), from: notes.isEmpty ? nil : .question, &draft, emit)
        if read < parts.count,
            let reason = limits.reason(after: Usage(promptTokens: settings.turnTokens), isLate: false)
        {
            draft.finishReason = .length
            var places = ["read": "\(read)", "count": "\(parts.count)"]
            places["reason"] = reason
            say("\n\n" + language.words.answers.longText.partRead(places), from: nil, &draft, emit)
        }
        draft.context = try await planner.quoted(question: question.message, part: .history, [])
        return true
    }

    private func say(
        _ text: String, from origin: Support.Origin?, _ draft: inout AnswerDraft, _ emit: @Sendable (Event) -> Void
    ) {
        draft.add(text, from: origin)
        emit(.token(text))
    }

    /// What the model says of a part, as far as the part bears it out.
    private func summary(
        of part: String, _ instruction: String, draft: inout AnswerDraft
    ) async throws -> [String] {
        try Task.checkCancellation()
        let prompt = try await model.render([
            ChatMessage(.system, settings.persona), ChatMessage(.user, "\(instruction)\n\n\(part)"),
        ])
        let (text, usage) = try await model.text(
            GenerationRequest(
                prompt: prompt, sampling: Sampling(temperature: 0, repeatPenalty: 1.1, maxTokens: Self.mostOfPart)))
        draft.usage += usage
        let check = FactCheck(texts: [part], given: [])
        var kept: [String] = []
        for sentence in Sentences.split(text.replacing("\n", with: " "), after: ".!?", in: language) {
            // One without an end was cut.
            guard sentence.last.map({ ".!?".contains($0) }) == true, check.unsupported(in: sentence).isEmpty,
                !kept.contains(sentence)
            else { continue }
            kept.append(sentence)
        }
        return kept
    }
}
