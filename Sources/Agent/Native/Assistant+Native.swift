import Core
import Synchronization

extension Assistant {
    /// The turn of a model that has a tool format of its own.
    func workNatively(
        _ question: Question, conversation: String, history: [Message], offered: [Tool], _ policy: CallPolicy,
        today: String, turn: inout Turn, draft: inout AnswerDraft, approve: @escaping Approve,
        emit: @escaping @Sendable (Event) -> Void
    ) async throws {
        let native = NativeTurn(
            caller: NativeCaller(model: model), context: NativeContext(planner: planner), shortlist: guided.shortlist,
            executor: executor, limits: limits, policy: policy)
        let persona = question.persona ?? settings.persona
        let opening = NativeTurn.Opening(
            persona: persona, history: history, tools: offered,
            summaries: try await store.summaries(of: conversation), sampling: sampling(for: question), today: today)
        // What stands in the user's documents is better than what the model says of itself, which waits for them then.
        let passages = try await passages(for: question, history: history)
        let streamed =
            Self.answersFromDocuments(question, passages) ? nil : StreamedText(GivenLinks(conversation: history))
        let outcome: NativeTurn.Outcome
        do {
            outcome = try await native.run(
                opening, turn: &turn, draft: &draft, approve: approve, emit: emit,
                said: streamed.map { streamed in { @Sendable text in streamed.add(text, emit: emit) } })
        } catch {
            // What there is of an answer stays when it is cut.
            if let said = streamed?.handedOn, !said.isEmpty { draft.add(said) }
            throw error
        }
        if let message = outcome.unsummarised { summarizer.note(message, in: conversation) }
        if let streamed, !streamed.handedOn.isEmpty {
            streamed.finish(turn.steps.isEmpty ? outcome.text : nil, emit: emit)
            draft.add(streamed.handedOn)
        }
        guard limits.reason(after: draft.usage, isLate: false) == nil else {
            stop(turn.steps, of: question, isLate: false, draft: &draft, emit: emit)
            return
        }
        if turn.steps.isEmpty, !draft.text.isEmpty { return }
        if !draft.text.isEmpty {
            // It was said before the calls.
            draft.add("\n\n")
            emit(.token("\n\n"))
        }
        let steps = turn.steps
        let results = try await answers.reading.run {
            steps.filter { $0.status == .ok }.map(ReadResult.init).filter { !$0.isEmpty }
        }
        if let text = outcome.text, !results.isEmpty {
            let said = history.map(\.text)
            let (answer, citations) = try await answers.reading.run {
                let check = FactCheck(texts: results.map(\.text), given: said + [today])
                let kept = Sentences.split(text, after: ".!?").filter { check.unsupported(in: $0).isEmpty }
                let answer = Neutralizer.neutralised(
                    kept.joined(separator: " "), .answer(GivenLinks(said: said, read: results)))
                guard !answer.isEmpty, check.holdsResult(answer) else { return ("", [Citation]()) }
                return (answer, StepCitation.citations(of: results.map { ($0, answer) }, in: steps))
            }
            if !answer.isEmpty {
                draft.citations = citations
                let marked = answer + " " + draft.citations.map { "[\($0.number)]" }.joined()
                draft.add(marked)
                emit(.token(marked))
                return
            }
        }
        if let text = outcome.text, turn.steps.isEmpty, !text.allSatisfy(\.isWhitespace) {
            if try await answer(question, from: passages, persona: persona, draft: &draft, emit: emit) { return }
            let links = GivenLinks(conversation: history)
            let answer = links.map { Neutralizer.neutralised(text, .answer($0)) } ?? text
            draft.add(answer)
            emit(.token(answer))
            return
        }
        // What was called says more than words that it does not bear out.
        try await answer(
            question, conversation: conversation, history: history, steps: turn.steps, draft: &draft, emit: emit)
    }
}

/// A model's text that is handed on while it is written, and what of it was.
private final class StreamedText: Sendable {
    private struct State {
        /// What the model said.
        var said = ""
        /// What came of it.
        var handedOn = ""
        var stream: Neutralizer?
    }

    private let state: Mutex<State>

    /// - Parameter links: what links are held against, where others' texts are in the conversation.
    init(_ links: GivenLinks?) {
        state = Mutex(State(stream: links.map { Neutralizer(.answer($0)) }))
    }

    var handedOn: String { state.withLock { $0.handedOn } }

    func add(_ text: String, emit: @Sendable (Assistant.Event) -> Void) {
        let more = state.withLock { state in
            // Some models begin with a space or a line's end.
            let isFirst = state.said.allSatisfy(\.isWhitespace)
            state.said += text
            return Self.handOn(isFirst ? String(text.drop(while: \.isWhitespace)) : text, &state)
        }
        if !more.isEmpty { emit(.token(more)) }
    }

    /// - Parameter text: all that was said; nil where what is not handed on yet is not wanted.
    func finish(_ text: String?, emit: @Sendable (Assistant.Event) -> Void) {
        let more = state.withLock { state in
            var more = text.map { Self.handOn(String($0.dropFirst(state.said.count)), &state) } ?? ""
            if let rest = state.stream?.finish() {
                state.handedOn += rest
                more += rest
            }
            return more
        }
        if !more.isEmpty { emit(.token(more)) }
    }

    private static func handOn(_ text: String, _ state: inout State) -> String {
        let more = state.stream?.add(text) ?? text
        state.handedOn += more
        return more
    }
}
