import Core
import Languages
import Understanding

/// Makes what a model that answers in words has before it fit, step by step of its turn, and says what is in it.
struct TurnContext: Sendable {
    let planner: ContextPlanner
    let chat: any ChatModel

    private var prompts: Prompts.Calls { planner.language.words.prompts.calls }

    /// What the model is given.
    struct Plan: Sendable {
        var dialog: [DialogItem]
        var answerTokens: Int
        var ledger: ContextLedger
        /// The last message that was left out, where a summary up to there would help the next question.
        var unsummarised: String?
    }

    /// - Parameters:
    ///   - history: the question last.
    ///   - tools: by the names the model knows them by.
    ///   - answerTokens: the most an answer may have; nil where nobody has said.
    /// - Throws: `promptTooLong`.
    func plan(
        instructions: String, history: [Message], summaries: [ConversationSummary], tools: [Tool], rounds: [Turn.Round],
        answerTokens: Int?
    ) async throws -> Plan {
        let description = try await planner.model.describe()
        func count(_ dialog: [DialogItem], tools: [Tool] = tools) async throws -> Int {
            try await chat.tokenCount(of: dialog, tools: tools)
        }
        let system = DialogItem.message(ChatMessage(.system, instructions))
        let question = history.last?.text ?? ""
        let asked = DialogItem.message(ChatMessage(.user, question))
        let frame = [system, .message(ChatMessage(.user, ""))]
        let earlier = Array(history.dropLast())

        var needs: [ContextLedger.Part: Int] = [:]
        needs[.instructions] = try await count(frame, tools: [])
        needs[.tools] = try await count(frame) - (needs[.instructions] ?? 0)
        needs[.question] = try await planner.counts.count(question)
        var costs: [Int] = []
        for message in earlier {
            costs.append(try await count(frame + items(of: message), tools: []) - (needs[.instructions] ?? 0))
        }
        needs[.history] = costs.reduce(0, +)
        let bare = try await count([system, asked])
        let results = items(of: rounds) { self.told($0) }
        needs[.results] = try await count([system, asked] + results) - bare
        needs[.answer] = answerTokens
        let shares = try await planner.shares(needs)

        let turns = ContextPlanner.turns(of: earlier)
        let perMessage = try await planner.templateTokens(
            beside: [ChatMessage(.system, instructions), ChatMessage(.user, "")])
        let window = try await planner.window(
            of: earlier, turnCosts: turns.map { costs[$0].reduce(0, +) }, perMessage: perMessage,
            share: shares[.history] ?? 0, summaries: summaries)
        let given = window.summary.map(DialogItem.message)
        let (told, omissions) = try await fitted(rounds, question: question, needs, shares)

        var first = window.first
        while true {
            let dropped = first < turns.count ? turns[first].lowerBound : earlier.count
            let dialog = [system] + given + earlier[dropped...].flatMap { items(of: $0) } + [asked] + told
            let total = try await count(dialog)
            let room = shares[.answer] ?? 0
            // A template may take more for some messages than for others.
            if total + room > description.context, first < turns.count {
                first += 1
                continue
            }
            var ledger = ContextLedger(size: description.context)
            ledger.parts.instructions = needs[.instructions] ?? 0
            ledger.parts.tools = needs[.tools] ?? 0
            ledger.parts.question = needs[.question] ?? 0
            ledger.parts.results = try await count([system, asked] + told) - bare
            ledger.parts.history = max(0, total - ledger.parts.total)
            ledger.parts.answer = max(1, min(room, description.context - total))
            ledger.leftOut = omissions
            if dropped > 0 {
                ledger.leftOut.append(planner.omission(of: earlier, costs, dropped: dropped, window, begun: 0))
            }
            return Plan(
                dialog: dialog, answerTokens: ledger.parts.answer, ledger: ledger,
                unsummarised: window.unsummarised(of: earlier, dropped: dropped))
        }
    }

    // MARK: Results

    /// What came of the calls as far as it fits: small results whole, of the large ones the part that says most of the
    /// question. Where that was the wrong part, the answer is made from the result itself, which is read on in then.
    private func fitted(
        _ rounds: [Turn.Round], question: String, _ needs: [ContextLedger.Part: Int],
        _ shares: [ContextLedger.Part: Int]
    ) async throws -> ([DialogItem], [ContextLedger.Omission]) {
        let need = needs[.results] ?? 0
        let steps = rounds.flatMap(\.calls).map(\.step)
        let share = try await planner.mostAtOnce(shares[.results] ?? 0)
        var omissions: [ContextLedger.Omission] = []
        var texts: [Step: String] = [:]
        if need > share {
            var sizes: [(step: Step, tokens: Int)] = []
            for step in Set(steps) { sizes.append((step, try await planner.counts.count(told(step)))) }
            sizes.sort { ($0.tokens, $0.step.arguments.text) < ($1.tokens, $1.step.arguments.text) }
            // What is said beside results, and how they are called, takes its part whatever they say.
            var left = max(0, share - (need - sizes.reduce(0) { $0 + $1.tokens }))
            for (index, (step, tokens)) in sizes.enumerated() {
                let part = left / (sizes.count - index)
                left -= min(tokens, part)
                guard tokens > part else { continue }
                let (text, omission) = try await beginning(of: step, question: question, within: part, tokens: tokens)
                texts[step] = text
                omissions.append(omission)
            }
        }
        return (items(of: rounds) { texts[$0] ?? self.told($0) }, omissions)
    }

    private func beginning(
        of step: Step, question: String, within share: Int, tokens: Int
    ) async throws -> (String, ContextLedger.Omission) {
        let records = ResultText.records(step.result ?? .string(told(step)))
        let reading = ResultReading(
            records, question: question, share: share, tokens: tokens, in: planner.language)
        let leftOut = planner.language.words.answers.leftOut
        let part = try await reading.part(reading.order().first ?? [0], within: share, counts: planner.counts)
        return (
            part.text,
            ContextLedger.Omission(
                part: .results,
                what: leftOut.records([
                    "name": ResultText.name(of: step), "part": part.told(of: records.count, leftOut),
                ]),
                tokens: max(0, tokens - part.tokens))
        )
    }

    // MARK: As the model is told

    private func items(of rounds: [Turn.Round], _ told: (Step) -> String) -> [DialogItem] {
        rounds.flatMap { round -> [DialogItem] in
            let made = round.calls.map { call in
                MadeCall(
                    operation: call.name, arguments: call.step.arguments.text,
                    result: (call.isRepeated ? prompts.repeated : "") + told(call.step),
                    isFailed: call.step.status != .ok)
            }
            return (round.text.map { [.message(ChatMessage(.assistant, $0))] } ?? [])
                + (made.isEmpty ? [] : [.calls(made)])
        }
    }

    /// What a model is told of a call that ended.
    ///
    /// - Parameter limit: bytes of its result that are read.
    private func told(_ step: Step, limit: Int = ResultRecords.mostBytes) -> String {
        if let result = step.result { return ResultText.lines(result, limit: limit) }
        return prompts.failed(["reason": step.error ?? prompts.noReason])
    }

    /// Characters of a result that an earlier question got: its answer stands beside it.
    private static let mostEarlier = 400

    /// A message of the conversation, with the calls made for it.
    private func items(of message: Message) -> [DialogItem] {
        guard message.role == .assistant else { return [.message(ChatMessage(.user, message.text))] }
        let made = message.steps.map { step in
            let told = self.told(step, limit: 8 * Self.mostEarlier)
            return MadeCall(
                operation: step.operation, arguments: step.arguments.text,
                result: told.count > Self.mostEarlier ? "\(told.prefix(Self.mostEarlier))…" : told,
                isFailed: step.status != .ok)
        }
        return (made.isEmpty ? [] : [.calls(made)]) + [.message(ChatMessage(.assistant, message.text))]
    }
}
