import Core
import Foundation
import Languages
import Understanding

extension Assistant {
    /// Answers a question whether something was done, from the calls of the conversation and nothing else.
    ///
    /// - Returns: whether that is the answer.
    func answerFromSteps(_ asked: AskedQuestion, draft: inout AnswerDraft) async throws -> Bool {
        guard let doing = DoneQuestion(asked.message, in: language) else { return false }
        let calls = zip(asked.history, asked.history.dropFirst()).flatMap { before, message in
            message.steps.map { (question: before.text, step: $0) }
        }
        let changing = calls.compactMap { call in
            asked.tools.first { call.step.isOf($0) && !$0.isReadOnly }.map { (call.question, call.step, $0) }
        }
        let found = changing.last { question, _, tool in
            guard let verb = doing.verb else { return true }
            return DoneClaims(question: question, in: language).isProvable(verb, by: tool)
        }
        // A plugin may know what became of a thing that nothing was called for here.
        guard doing.asksSquire || found != nil else { return false }
        let phrases = language.words.answers.done
        let text: String
        if let (order, step, _) = found {
            text = told(step, question: order)
        } else {
            let claims = DoneClaims(question: asked.message, in: language)
            text = phrases.never(["done": claims.participle(of: doing.verb ?? "")])
        }
        draft.context = try await planner.quoted(question: asked.message, part: .history, [])
        draft.say(text, from: .conversation)
        return true
    }

    /// What became of a call that was to change something.
    private func told(_ step: Step, question: String) -> String {
        let phrases = language.words.answers.done
        var places = ["plugin": NameWords.text(step.plugin), "operation": NameWords.text(step.operation)]
        places["done"] = DoneClaims(question: question, in: language).participle(
            for: step.operation, question: question)
        places["reason"] = FailureText(language: language).reason(of: step)
        let text: String
        switch step.status {
        case .ok:
            places["result"] = ReadResult(step, in: language).plain(question: question)
            text = phrases.confirmed(places)
        case .denied: text = phrases.refused(places)
        case .error, nil:
            text = step.errorKind?.mayHaveBeenDone ?? true ? phrases.unknown(places) : phrases.failed(places)
        }
        return Neutralizer.neutralised(text, .answer(GivenLinks(in: [question, text])))
    }

    /// A text of the model without sentences that say that something was done which no call of the turn did; what was not
    /// done is said in their place.
    func proved(_ text: String, question: String, steps: [Step], tools: [Tool]) -> String {
        let claims = DoneClaims(question: question, in: language)
        var removed: String?
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            let sentences = Sentences.split(String(line), after: ".!?", in: language)
            let kept = sentences.filter { sentence in
                guard let verb = claims.claim(in: sentence), !claims.isProved(verb, by: steps, tools) else {
                    return true
                }
                removed = removed ?? verb
                return false
            }
            return kept.count == sentences.count ? String(line) : kept.joined(separator: " ")
        }
        guard let removed else { return text }
        let rest = lines.joined(separator: "\n").trimmingCharacters(in: .whitespacesAndNewlines)
        // A call that failed or was refused is told with its reason.
        let isTold = steps.contains { $0.status != .ok }
        let correction = isTold ? "" : unproved(removed, question)
        return [rest, correction].filter { !$0.isEmpty }.joined(separator: rest.contains("\n") ? "\n\n" : " ")
    }

    /// `Nothing was ordered: no plugin was called that does it.`
    func unproved(_ verb: String, _ question: String) -> String {
        let claims = DoneClaims(question: question, in: language)
        return language.words.answers.done.unproved(["done": claims.participle(of: verb)])
    }
}
