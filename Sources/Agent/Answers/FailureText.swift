import Core
import Languages
import Understanding

/// What an answer says of calls that came to nothing.
struct FailureText {
    let language: QuestionLanguage

    private var phrases: Answers.Failures { language.words.answers.failures }

    /// A sentence a call, or none where another said the same; neutral, since a reason may be in words of the plugin's.
    func sentences(_ steps: [Step], question: String) -> String {
        let text = joined(steps, question: question)
        return Neutralizer.neutralised(text, .answer(GivenLinks(in: [question, text])))
    }

    private func joined(_ steps: [Step], question: String) -> String {
        var seen: Set<String> = []
        let failed = steps.filter { $0.status != .ok }
        return failed.compactMap { step in
            // The last failure of a call says what is still wrong.
            let last = failed.last { $0.isSameCall(as: step) } ?? step
            let sentence = sentence(last, question: question)
            return seen.insert(sentence).inserted ? sentence : nil
        }.joined(separator: " ")
    }

    private func sentence(_ step: Step, question: String) -> String {
        let reason = step.error ?? phrases.noReason
        if let missing = step.missing {
            return phrases.missing([
                "operation": NameWords.text(step.operation),
                "names": missing.map(NameWords.text).joined(separator: ", "),
            ])
        }
        if step.status == .denied {
            let claims = DoneClaims(question: question, in: language)
            let done = claims.participle(for: step.operation, question: question)
            return Self.ended(phrases.denied(["done": done, "reason": reason]))
        }
        // Where there are two lines, the first is what the API itself said, in its own words.
        let lines = reason.split(separator: "\n", maxSplits: 1)
        guard lines.count == 2, let said = lines.first, said.contains(" ") else {
            return Self.ended(
                phrases.noAnswer(["plugin": NameWords.text(step.plugin), "reason": String(lines.first ?? "")]))
        }
        let sentence = said.prefix(1).uppercased() + said.dropFirst()
        return Self.ended(phrases.said(["plugin": NameWords.text(step.plugin), "reason": sentence]))
    }

    /// Why a call failed, as a sentence: what the API said, where it said something.
    func reason(of step: Step) -> String {
        let reason = step.error ?? phrases.noReason
        return Self.ended(reason.split(separator: "\n").first.map(String.init) ?? phrases.noReason)
    }

    /// With a full stop, where it has none.
    private static func ended(_ sentence: String) -> String {
        sentence.last.map { ".!?…\"”".contains($0) } == true ? sentence : sentence + "."
    }
}
