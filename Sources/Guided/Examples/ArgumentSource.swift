import Core
import Languages
import Understanding

/// What may stand as the value of one parameter, given what the question mentions.
enum ArgumentSource: Sendable, Hashable {
    /// One of these texts, as the notation writes them.
    case mentioned([String])
    /// Any run of the question's words.
    case spans
    /// Whatever the parameter's schema allows: the question mentions nothing for it.
    case free

    /// - Returns: nil where the parameter is left out, because it may be and nothing was said for it.
    static func of(
        _ parameter: Parameter, among all: [Parameter], tool: Tool, mentions: Mentions, today: String,
        language: QuestionLanguage
    ) -> ArgumentSource? {
        func required(_ kind: (Parameter.Kind) -> Bool) -> Int { all.count { $0.isRequired && kind($0.kind) } }
        func missing() -> ArgumentSource? { parameter.isRequired ? .free : nil }

        switch parameter.kind {
        case .number(let isInteger):
            let needed = required { if case .number = $0 { true } else { false } }
            guard parameter.isRequired || mentions.numbers.count > needed else { return nil }
            // "100 days ago" is -100 where the examples say so.
            let isNegative =
                mentions.isBackward && tool.examples.contains { ($0.arguments[parameter.name]?.number ?? 0) < 0 }
            let numbers = mentions.numbers.filter { !isInteger || $0.isWhole }.map { number in
                let text = CallNotation.text(of: number)
                return isNegative && (number.number ?? 0) > 0 ? "-" + text : text
            }
            return numbers.isEmpty ? missing() : .mentioned(unique(numbers))
        case .date:
            let needed = required { $0 == .date }
            guard parameter.isRequired || mentions.dates.count > needed else { return nil }
            return .mentioned(unique(mentions.dates.count < needed ? mentions.dates + [today] : mentions.dates))
        case .time:
            return mentions.times.isEmpty ? missing() : .mentioned(unique(mentions.times))
        case .choice(let choices):
            let spoken = ChoiceMentions(choices, schema: parameter.schema, language).find(in: mentions.words).map(
                \.choice)
            let needed = max(1, required { $0 == parameter.kind })
            if spoken.count >= needed { return .mentioned(spoken) }
            return spoken.isEmpty && !parameter.isRequired ? nil : .mentioned(choices)
        case .text:
            if !parameter.isRequired, saysNothing(mentions.words, beside: tool.examples, language) { return nil }
            return mentions.words.isEmpty ? missing() : .spans
        case .boolean, .json:
            return missing()
        }
    }

    /// Whether all that was said is how the examples ask, and nothing that could be a value: "What time is it?" beside
    /// "What time is it in Paris?".
    private static func saysNothing(
        _ words: [Mentions.Word], beside examples: [Tool.Example], _ language: QuestionLanguage
    ) -> Bool {
        var asking = language.words.words.neverFirst
        for example in examples {
            let values = example.arguments.object?.values.map { Self.words(of: $0.text) } ?? []
            asking.formUnion(Self.words(of: example.question).subtracting(values.joined()))
        }
        asking.subtract(language.words.followUps.there)
        return words.allSatisfy { asking.contains($0.text.lowercased()) }
    }

    private static func words(of text: String) -> Set<String> {
        Set(text.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "'" }.map(String.init))
    }

    private static func unique(_ texts: [String]) -> [String] {
        texts.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
}
