import Core
import Languages
import Understanding

/// Makes the prompts of answers so that they always fit, and says what is in them.
struct ContextPlanner: Sendable {
    let model: any TokenModel
    let counts: TokenCounts
    let language: QuestionLanguage

    private var prompts: Prompts { language.words.prompts }

    /// - Parameter language: in which the model is told what to do.
    init(model: any TokenModel, language: QuestionLanguage = .english) {
        self.model = model
        self.language = language
        counts = TokenCounts(model: model)
    }

    /// A prompt, how long its answer may be, and what the model has before it.
    struct Plan: Sendable {
        var prompt: Prompt
        var answerTokens: Int
        var ledger: ContextLedger
    }

    /// Tokens of an answer of which nothing else is said.
    private static let usualAnswer = 1024
    /// Tokens of results and of passages that a smaller one is given at once: two cores read about a thousand a second.
    private static let mostAtOnce = 1000

    // MARK: From what plugins said

    /// Tokens that a result may have in a prompt with this question.
    ///
    /// - Throws: `promptTooLong`.
    func resultShare(question: String, persona: String, needs: Int, answerTokens: Int) async throws -> Int {
        let shares = try await shares(
            [.results: needs, .answer: answerTokens], question: question,
            frame: data("", question: "", persona: persona))
        return try await mostAtOnce(shares[.results] ?? 0)
    }

    /// A prompt that asks for one sentence from data.
    func results(_ data: String, question: String, persona: String, answerTokens: Int) async throws -> Plan {
        try await plan(
            self.data(data, question: question, persona: persona), question: question,
            frame: self.data("", question: "", persona: persona), other: .results, answerTokens: answerTokens)
    }

    private func data(_ data: String, question: String, persona: String) -> [ChatMessage] {
        [
            ChatMessage(.system, prompts.fromData(["persona": persona])),
            ChatMessage(.user, prompts.data(["data": data, "question": question])),
        ]
    }

    // MARK: From passages

    /// A prompt that asks for one or two sentences from passages: as many of the best as fit, the worst left out first.
    ///
    /// - Returns: also how many of the passages are in it.
    func passages(
        _ passages: [Passage], question: String, persona: String, answerTokens: Int
    ) async throws -> (plan: Plan, count: Int) {
        let texts = passages.enumerated().map { "[\($0 + 1)] \($1.title): \($1.text)\n" }
        let needs = try await counts.counts(texts).reduce(0) { $0 + $1 + 1 }
        let frame = self.passages("", question: "", persona: persona)
        let shares = try await shares([.passages: needs, .answer: answerTokens], question: question, frame: frame)
        let share = try await mostAtOnce(shares[.passages] ?? 0)
        var fit = try await counts.fitting(texts, within: share).count
        var given = Array(texts.prefix(fit))
        if fit == 0, let best = texts.first {
            given = [try await counts.beginning(of: best, within: share)]
            fit = 1
        }
        var plan = try await plan(
            self.passages(given.joined(separator: "\n"), question: question, persona: persona), question: question,
            frame: frame, other: .passages, answerTokens: answerTokens)
        let missing = needs - plan.ledger.parts.passages
        if fit < texts.count || given.first != texts.first {
            let phrases = language.words.answers.leftOut
            let phrase = given.first == texts.first ? phrases.lastPassages : phrases.restOfPassage
            let what = phrase(["left": "\(texts.count - fit)", "count": "\(texts.count)"])
            plan.ledger.leftOut.append(
                ContextLedger.Omission(part: .passages, what: what, tokens: max(1, missing)))
        }
        return (plan, fit)
    }

    private func passages(_ data: String, question: String, persona: String) -> [ChatMessage] {
        [
            ChatMessage(.system, prompts.fromPassages(["persona": persona])),
            ChatMessage(.user, prompts.passages(["data": data, "question": question])),
        ]
    }

    // MARK: Without a prompt

    /// What an answer was made of that nothing was asked of the model for: the plugin's or the document's own words.
    func quoted(
        question: String, part: ContextLedger.Part, _ texts: [String]
    ) async throws -> ContextLedger {
        var parts = ContextLedger.Parts()
        parts.question = try await counts.count(question)
        parts[part] = try await counts.counts(texts).reduce(0, +)
        // What was quoted from need not have fitted at once.
        let size = try await model.describe().context
        parts[part] = min(parts[part], size - min(parts.question, size))
        return ContextLedger(size: size, parts: parts)
    }

    // MARK: Sharing

    /// - Parameter answerTokens: the most an answer may have; nil where nobody has said.
    /// - Throws: `promptTooLong`.
    func shares(
        _ needs: [ContextLedger.Part: Int], question: String, frame: [ChatMessage]
    ) async throws -> [ContextLedger.Part: Int] {
        var needs = needs
        needs[.instructions] = try await counts.count(try await model.render(frame))
        needs[.question] = try await counts.count(question)
        return try await shares(needs)
    }

    /// - Parameter needs: those of the instructions, the tools and the question among them.
    /// - Throws: `promptTooLong`.
    func shares(_ needs: [ContextLedger.Part: Int]) async throws -> [ContextLedger.Part: Int] {
        let size = try await model.describe().context
        var needs = needs
        needs[.answer] = min(needs[.answer] ?? Self.usualAnswer, size)
        guard let shares = ContextBudget(size: size).shares(of: needs) else {
            let question = needs[.question] ?? 0
            let beside = (needs[.instructions] ?? 0) + (needs[.tools] ?? 0)
            throw AgentError(
                .promptTooLong,
                question >= beside
                    ? TooLong.sentence(tokens: question + beside, room: size)
                    : TooLong.besides(
                        needs[.tools] == nil ? "the instructions" : "the instructions and tools", room: size))
        }
        return shares
    }

    func mostAtOnce(_ share: Int) async throws -> Int {
        try await model.describe().isLarge ? share : min(share, Self.mostAtOnce)
    }

    /// A plan of messages that were made to fit.
    ///
    /// - Parameters:
    ///   - frame: the same without question and data.
    ///   - other: the part that the rest of the tokens belongs to.
    func plan(
        _ messages: [ChatMessage], question: String, frame: [ChatMessage], other: ContextLedger.Part, answerTokens: Int
    ) async throws -> Plan {
        let size = try await model.describe().context
        let prompt = try await model.render(messages)
        let total = try await counts.count(prompt)
        var parts = ContextLedger.Parts()
        parts.instructions = try await counts.count(try await model.render(frame))
        parts.question = min(try await counts.count(question), total - parts.instructions)
        parts[other] = total - parts.instructions - parts.question
        parts.answer = min(answerTokens, size - total)
        return Plan(
            prompt: prompt, answerTokens: parts.answer, ledger: ContextLedger(size: size, parts: parts))
    }
}

extension ModelDescription {
    /// Whether the model finds a figure among thousands of tokens, and answers in words of its own.
    var isLarge: Bool { parameters >= 1_000_000_000 }
}
