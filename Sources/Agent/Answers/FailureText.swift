import Core

/// What an answer says of calls that came to nothing.
enum FailureText {
    /// A sentence a call, or none where another said the same; neutral, since a reason may be in words of the plugin's.
    static func sentences(_ steps: [Step], question: String) -> String {
        let text = sentences(steps)
        return Neutralizer.neutralised(text, .answer(GivenLinks(in: [question, text])))
    }

    private static func sentences(_ steps: [Step]) -> String {
        var seen: Set<String> = []
        let failed = steps.filter { $0.status != .ok }
        return failed.compactMap { step in
            // The last failure of a call says what is still wrong.
            let last = failed.last { $0.plugin == step.plugin && $0.operation == step.operation } ?? step
            let sentence = sentence(last)
            return seen.insert(sentence).inserted ? sentence : nil
        }.joined(separator: " ")
    }

    private static func sentence(_ step: Step) -> String {
        let reason = step.error ?? "no reason was given"
        if step.status == .denied {
            return ended("Nothing was done for “\(NameWords.text(step.operation))”: \(reason)")
        }
        // Where there are two lines, the first is what the API itself said, in its own words.
        let lines = reason.split(separator: "\n", maxSplits: 1)
        guard lines.count == 2, let said = lines.first, said.contains(" ") else {
            return ended("I could not get an answer from \(NameWords.text(step.plugin)): \(lines.first ?? "")")
        }
        return ended("From \(NameWords.text(step.plugin)): \(said.prefix(1).uppercased())\(said.dropFirst())")
    }

    private static func ended(_ sentence: String) -> String {
        sentence.last.map { ".!?…\"”".contains($0) } == true ? sentence : sentence + "."
    }
}
