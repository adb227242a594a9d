import Core
import Languages
import Understanding

/// Which of several calls that a question may mean has answered it: a failure or an empty result is evidence, and so is a
/// result that has what was asked for.
struct RivalResults: Sendable {
    let question: String
    let language: QuestionLanguage

    /// Names that are read of one result.
    private static let mostNames = 400

    /// Whether a call gave what was asked for, of the thing it was asked of: such a result stands, and nothing else is called.
    func isAnswered(by step: Step?, next: [Tool] = []) -> Bool {
        guard let evidence = evidence(step, next) else { return false }
        return evidence.things > 0 && evidence.properties > 0
    }

    /// Whether a call failed, or its result is empty.
    func isNothing(_ step: Step?) -> Bool { evidence(step, []) == nil }

    /// - Parameters:
    ///   - steps: the likeliest first; nil for a call that was cancelled.
    ///   - next: for each what is called with its result, which tells what that operation tells; empty where nothing is.
    /// - Returns: the place of the best in them; of those that are as good, the first.
    func best(of steps: [Step?], next: [[Tool]] = []) -> Int {
        let scores = steps.enumerated().map { place, step in
            let found = evidence(step, next.indices.contains(place) ? next[place] : []).map {
                $0.things + $0.properties + Self.weightOfNamed * Double($0.named)
            }
            return (found ?? Self.none(step)) + (place == 0 ? Self.lead : 0)
        }
        return scores.indices.max { (scores[$0], -$0) < (scores[$1], -$1) } ?? 0
    }

    /// Of results that have as much, the one that was asked with more of the question is the better.
    private static let weightOfNamed = 0.1
    /// So much more another result must have than that of the likeliest call.
    private static let lead = 0.3

    /// What a result has, as parts from 0 to 1.
    private struct Evidence {
        /// Of the values it was asked with: an answer about Gengar names it. 1 where it was asked with none.
        var things: Double
        /// How many words of those values it has.
        var named: Int
        /// Of the other words of the question, by the names in the result. 1 where there are none.
        var properties: Double
    }

    /// A failure tells less than nothing.
    private static func none(_ step: Step?) -> Double { step?.status == .ok ? -1 : -2 }

    /// - Returns: nil for a failure and for an empty result.
    private func evidence(_ step: Step?, _ next: [Tool]) -> Evidence? {
        guard let step, step.status == .ok, let result = step.result, !Self.isEmpty(result) else { return nil }
        let values = Self.values(of: step.arguments).filter { $0.contains(where: \.isLetter) || question.contains($0) }
        let given = Set(values.flatMap(language.stem.all))
        let asked = Set(
            Stem.words(in: question).filter { language.common.isTelling($0) && language.common.isContent($0) }
                .map(language.stem.of)
        ).subtracting(given)
        var names: Set<String> = []
        addNames(of: result, to: &names)
        for operation in [step.operation] + next.map(\.operation) { names.formUnion(language.stem.all(in: operation)) }
        names.formUnion(next.flatMap { $0.results.prefix(Self.mostNames).flatMap { language.stem.all(in: $0.name) } })
        let told = asked.count { asked in names.contains { Stem.areAlike($0, asked) } }
        // "How many …?" is answered by a number, and by nothing that has to be counted.
        let words = Stem.words(in: question)
        let counts = zip(words, words.dropFirst()).contains { language.counts($0, $1) }
        let isCount =
            result.number != nil || language.words.documents.totals.contains { names.contains(language.stem.of($0)) }
        let things = Set(values.flatMap(Stem.words))
        let found = Set(Stem.words(in: String(result.text.prefix(Self.mostRead))))
        func part(_ count: Int, of all: Int) -> Double { all == 0 ? 1 : Double(count) / Double(all) }
        let named = things.count { found.contains($0) }
        let properties = part(told, of: asked.count)
        return Evidence(
            things: part(named, of: things.count), named: named,
            properties: counts ? (properties + (isCount ? 1 : 0)) / 2 : properties)
    }

    /// Characters of a result that are read.
    private static let mostRead = 20_000

    /// The texts and numbers among the arguments.
    private static func values(of arguments: JSONValue) -> [String] {
        switch arguments {
        case .string(let text): [text]
        case .array(let items): items.flatMap(values)
        case .object(let members): members.flatMap { values(of: $0.value) }
        case .integer, .number: [arguments.text]
        default: []
        }
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
