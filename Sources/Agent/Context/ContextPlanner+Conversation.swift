import Core
import Languages
import Understanding

extension ContextPlanner {
    /// A conversation as far as it fits, and what of it no summary stands for.
    struct ConversationPlan: Sendable {
        var plan: Plan
        /// The last message that was left out, where a summary up to there would help the next question.
        var unsummarised: String?
    }

    /// - Parameters:
    ///   - history: the question last.
    ///   - answerTokens: the most an answer may have; nil where nobody has said.
    /// - Throws: `promptTooLong`.
    func conversation(
        persona: String, history: [Message], summaries: [ConversationSummary], answerTokens: Int?
    ) async throws -> ConversationPlan {
        let question = history.last?.text ?? ""
        let system = ChatMessage(.system, persona)
        let frame = [system, ChatMessage(.user, "")]
        let earlier = Array(history.dropLast())
        let perMessage = try await templateTokens(beside: frame)
        let costs = try await counts.counts(earlier.map(\.text)).map { $0 + perMessage }
        let turns = Self.turns(of: earlier)
        let turnCosts = turns.map { costs[$0].reduce(0, +) }
        var needs: [ContextLedger.Part: Int] = [.history: costs.reduce(0, +)]
        needs[.answer] = answerTokens
        let shares = try await shares(needs, question: question, frame: frame)
        let (share, room) = (shares[.history] ?? 0, shares[.answer] ?? 0)

        let window = try await window(
            of: earlier, turnCosts: turnCosts, perMessage: perMessage, share: share, summaries: summaries)
        var first = window.first
        while true {
            var (tail, last) = ([ChatMessage](), 0..<0)
            let dropped = first < turns.count ? turns[first].lowerBound : earlier.count
            tail = earlier[dropped...].map(ChatMessage.init)
            if tail.isEmpty, let turn = turns.last, window.share / turn.count > perMessage {
                // One turn that is too long by itself is given in part.
                last = turn
                let room = window.share / turn.count - perMessage
                for message in earlier[turn] {
                    var cut = message
                    cut.text = try await counts.beginning(of: message.text, within: room)
                    tail.append(ChatMessage(cut))
                }
            }
            var plan = try await plan(
                [system] + window.summary + tail + [ChatMessage(.user, question)], question: question, frame: frame,
                other: .history, answerTokens: room)
            // A template may take more for some messages than for others.
            if plan.answerTokens < room, first < turns.count {
                first += 1
                continue
            }
            if dropped > 0 {
                plan.ledger.leftOut = [
                    omission(of: earlier, costs, dropped: dropped, window, begun: last.count)
                ]
            }
            return ConversationPlan(plan: plan, unsummarised: window.unsummarised(of: earlier, dropped: dropped))
        }
    }

    // MARK: What is left out

    /// Which of a conversation's turns are given, and a summary of what is not.
    struct Window: Sendable {
        /// The first turn that is given.
        var first: Int
        /// A summary of those before, as messages; empty where there is none.
        var summary: [ChatMessage] = []
        /// How many messages it stands for.
        var covered = 0
        /// Tokens that the turns may have beside it.
        var share: Int

        /// The last message that was left out, where no summary stands for it.
        func unsummarised(of messages: [Message], dropped: Int) -> String? {
            dropped > covered ? messages[dropped - 1].id : nil
        }
    }

    /// - Parameters:
    ///   - messages: those before the question.
    ///   - perMessage: tokens that the template takes for one.
    func window(
        of messages: [Message], turnCosts: [Int], perMessage: Int, share: Int, summaries: [ConversationSummary]
    ) async throws -> Window {
        var window = Window(first: HistoryWindow.start(of: turnCosts, within: share), share: share)
        guard window.first > 0, let (summary, end) = Self.furthest(summaries, in: messages) else { return window }
        let texts = [ChatMessage(.user, language.words.prompts.recall), ChatMessage(.assistant, summary.text)]
        let cost = try await counts.counts(texts.map(\.content)).reduce(0) { $0 + $1 + perMessage }
        // In a context of a few hundred tokens it would take the place of what was just said.
        guard cost <= share / 2 else { return window }
        window.share = share - cost
        window.first = HistoryWindow.start(of: turnCosts, within: window.share)
        window.summary = texts
        window.covered = end
        return window
    }

    /// - Parameters:
    ///   - costs: of each message.
    ///   - begun: how many of the last that were left out were given as far as there was room.
    func omission(
        of messages: [Message], _ costs: [Int], dropped: Int, _ window: Window, begun: Int
    ) -> ContextLedger.Omission {
        ContextLedger.Omission(
            part: .history, what: describe(messages[..<dropped], covered: min(window.covered, dropped), begun: begun),
            tokens: costs[..<dropped].reduce(0, +), turns: Self.turns(of: Array(messages[..<dropped])).count)
    }

    /// Tokens that the template takes for one more message.
    func templateTokens(beside frame: [ChatMessage]) async throws -> Int {
        let longer = frame + [ChatMessage(.assistant, ""), ChatMessage(.user, "")]
        let more = try await counts.count(try await model.render(longer))
        return max(0, more - (try await counts.count(try await model.render(frame))) + 1) / 2
    }

    /// A user's message and what followed it.
    static func turns(of messages: [Message]) -> [Range<Int>] {
        let starts = messages.indices.filter { $0 == 0 || messages[$0].role == .user }
        return zip(starts, starts.dropFirst() + [messages.count]).map { $0..<$1 }
    }

    /// The summary that covers most of a path, and how many of its messages those are. One of another branch covers
    /// none.
    static func furthest(
        _ summaries: [ConversationSummary], in path: [Message]
    ) -> (summary: ConversationSummary, count: Int)? {
        let places = Dictionary(path.enumerated().map { ($1.id, $0 + 1) }) { first, _ in first }
        return summaries.compactMap { summary in places[summary.lastMessage].map { (summary, $0) } }
            .max { $0.1 < $1.1 }
    }

    /// `12 messages, from "My boat is called Kestrel." on; a summary stands for 10 of them`
    ///
    /// - Parameter begun: how many of the last were given as far as there was room.
    private func describe(_ messages: ArraySlice<Message>, covered: Int, begun: Int) -> String {
        let words = (messages.first?.text ?? "").split(whereSeparator: \.isWhitespace).prefix(8).joined(separator: " ")
        let start = words.count > 60 ? words.prefix(60) + "…" : words
        let phrases = language.words.answers.leftOut
        let what = phrases.from(["messages": phrases.messages(messages.count), "start": String(start)])
        let stands = covered == 0 ? "" : phrases.covered(["count": "\(covered)"])
        let beginnings = begun == 0 ? "" : phrases.begun(["count": "\(begun)"])
        return what + stands + beginnings
    }
}

extension ChatMessage {
    init(_ message: Message) {
        self.init(message.role == .user ? .user : .assistant, message.text)
    }
}
