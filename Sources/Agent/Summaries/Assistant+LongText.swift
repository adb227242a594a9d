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

    /// Sentences of a text's own that make its summary.
    private static let mostSentences = 10

    /// Summarises a text that is too long to be read at once, a part after the other. A large model summarises each part,
    /// and each sentence is held against the part: what it states that does not stand there is left out. A small one would
    /// make up what a text says: of each part the sentences that say most of it are quoted.
    ///
    /// - Returns: whether that is the answer.
    func summarizeLongText(_ asked: AskedQuestion, draft: inout AnswerDraft) async throws -> Bool {
        let description = try await model.describe()
        let room = try await planner.mostAtOnce(description.context - Self.mostOfSummary)
        // No token has less than a byte: what is shorter fits.
        guard asked.message.utf8.count > room, let long = LongText(asked.message, in: language) else {
            return false
        }
        let tokens = try await planner.counts.estimate(asked.message)
        guard tokens > room else { return false }
        let most = try await planner.mostAtOnce(Int(Double(description.context) * Self.partShare))
        let bytes = max(200, long.text.utf8.count * most / max(1, tokens))
        if description.isLarge {
            try await summarize(long, bytes: bytes, most: most, draft: &draft)
        } else {
            try await quote(long, bytes: bytes, draft: &draft)
        }
        draft.context = try await planner.quoted(question: asked.message, part: .history, [])
        return true
    }

    /// Quotes what says most of a text.
    private func quote(_ long: LongText, bytes: Int, draft: inout AnswerDraft) async throws {
        let language = language
        let parts = long.parts(bytes: bytes, in: language)
        let central = try await answers.reading.run { CentralSentences(of: long.text, in: language) }
        let each = max(1, Self.mostSentences / max(1, parts.count))
        var found: [(sentence: String, score: Double)] = []
        for (index, part) in parts.enumerated() {
            try Task.checkCancellation()
            draft.emit(.reading(done: index, total: parts.count))
            found += try await answers.reading.run { central.best(each, of: part) }
        }
        draft.emit(.reading(done: parts.count, total: parts.count))
        let best = Set(
            found.indices.sorted { (-found[$0].score, $0) < (-found[$1].score, $1) }.prefix(Self.mostSentences))
        let lines = found.indices.filter(best.contains).map { "- \(found[$0].sentence)" }
        guard !lines.isEmpty else { return draft.say(language.words.answers.alone.unsure) }
        draft.say(language.words.answers.longText.quoted + "\n")
        let links = GivenLinks(in: [long.text])
        draft.say(Neutralizer.neutralised(lines.joined(separator: "\n"), .answer(links)), from: .question)
    }

    /// Lets a large model summarise a text.
    ///
    /// - Parameter most: tokens of a part.
    private func summarize(
        _ long: LongText, bytes: Int, most: Int, draft: inout AnswerDraft
    ) async throws {
        let parts = long.parts(bytes: bytes, in: language)
        var notes: [String] = []
        var read = 0
        for part in parts {
            guard limits.left(after: draft.usage) > most + Self.mostOfPart else { break }
            draft.emit(.reading(done: read, total: parts.count))
            notes += try await summary(of: part, long.instruction, draft: &draft)
            read += 1
        }
        draft.emit(.reading(done: read, total: parts.count))
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
        let links = GivenLinks(in: [long.text])
        draft.say(Neutralizer.neutralised(text, .answer(links)), from: notes.isEmpty ? nil : .model)
        if read < parts.count,
            let reason = limits.reason(after: Usage(promptTokens: settings.turnTokens), isLate: false)
        {
            draft.finishReason = .length
            var places = ["read": "\(read)", "count": "\(parts.count)"]
            places["reason"] = reason
            draft.say("\n\n" + language.words.answers.longText.partRead(places))
        }
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
