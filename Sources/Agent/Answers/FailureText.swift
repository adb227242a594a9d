import Core
import Languages

/// What an answer says of calls that came to nothing.
struct FailureText {
    let phrases: Answers.Failures

    /// A sentence a call, or none where another said the same; neutral, since a reason may be in words of the plugin's.
    func sentences(_ steps: [Step], question: String) -> String {
        let text = sentences(steps)
        return Neutralizer.neutralised(text, .answer(GivenLinks(in: [question, text])))
    }

    private func sentences(_ steps: [Step]) -> String {
        var seen: Set<String> = []
        let failed = steps.filter { $0.status != .ok }
        return failed.compactMap { step in
            // The last failure of a call says what is still wrong.
            let last = failed.last { $0.plugin == step.plugin && $0.operation == step.operation } ?? step
            let sentence = sentence(last)
            return seen.insert(sentence).inserted ? sentence : nil
        }.joined(separator: " ")
    }

    private func sentence(_ step: Step) -> String {
        let reason = step.error ?? phrases.noReason
        if let missing = step.missing {
            return phrases.missing([
                "operation": NameWords.text(step.operation),
                "names": missing.map(NameWords.text).joined(separator: ", "),
            ])
        }
        if step.status == .denied {
            return ended(phrases.denied(["operation": NameWords.text(step.operation), "reason": reason]))
        }
        // Where there are two lines, the first is what the API itself said, in its own words.
        let lines = reason.split(separator: "\n", maxSplits: 1)
        guard lines.count == 2, let said = lines.first, said.contains(" ") else {
            return ended(
                phrases.noAnswer(["plugin": NameWords.text(step.plugin), "reason": String(lines.first ?? "")]))
        }
        let sentence = said.prefix(1).uppercased() + said.dropFirst()
        return ended(phrases.said(["plugin": NameWords.text(step.plugin), "reason": sentence]))
    }

    private func ended(_ sentence: String) -> String {
        sentence.last.map { ".!?…\"”".contains($0) } == true ? sentence : sentence + "."
    }
}
