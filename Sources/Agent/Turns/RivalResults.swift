import Core
import Understanding

/// Which of several calls that a question may mean has answered it: a failure or an empty result is evidence, and so is a
/// result that has what was asked for.
struct RivalResults: Sendable {
    let question: String
    let language: QuestionLanguage

    /// Names that are read of one result.
    private static let mostNames = 400

    /// Whether a call gave something: what the likeliest call gave stands.
    func isAnswered(by step: Step?) -> Bool { score(step) > 0 }

    /// - Parameter steps: the likeliest first; nil for a call that was cancelled.
    /// - Returns: the place of the best in them; of those that are as good, the first.
    func best(of steps: [Step?]) -> Int {
        let scores = steps.map(score)
        return scores.indices.max { (scores[$0], -$0) < (scores[$1], -$1) } ?? 0
    }

    /// From −1 for a failure over 0 for nothing to 2 where the result has all that was asked for.
    private func score(_ step: Step?) -> Double {
        guard let step, step.status == .ok, let result = step.result else { return -1 }
        guard !Self.isEmpty(result) else { return 0 }
        let given = Set(language.stem.all(in: step.arguments.text))
        let asked = Set(
            Stem.words(in: question).filter { language.common.isTelling($0) && language.common.isContent($0) }
                .map(language.stem.of)
        ).subtracting(given)
        guard !asked.isEmpty else { return 1 }
        var names: Set<String> = []
        addNames(of: result, to: &names)
        let told = asked.count { asked in names.contains { Stem.areAlike($0, asked) } }
        return 1 + Double(told) / Double(asked.count)
    }

    private static func isEmpty(_ result: JSONValue) -> Bool {
        switch result {
        case .null: true
        case .array(let items): items.isEmpty
        // `{"total": 0, "items": []}`
        case .object(let members):
            members.isEmpty
                || members.contains { $0.value == [] } && !members.contains { $0.value.array?.isEmpty == false }
        case .string(let text): text.allSatisfy(\.isWhitespace)
        default: false
        }
    }

    private func addNames(of value: JSONValue, to names: inout Set<String>) {
        guard names.count < Self.mostNames else { return }
        switch value {
        case .object(let members):
            for (name, member) in members {
                names.formUnion(language.stem.all(in: name))
                addNames(of: member, to: &names)
            }
        // The items of a list are alike.
        case .array(let items): for item in items.prefix(3) { addNames(of: item, to: &names) }
        default: break
        }
    }
}
