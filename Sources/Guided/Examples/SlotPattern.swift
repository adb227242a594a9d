import Core
import Languages
import Understanding

/// How a question's mentions stand among its words, with each mention replaced by the argument it would fill:
/// "how many ‹to› are ‹value› ‹from›". What the examples put beside an argument tells which mention is meant, where a
/// small model alone would guess.
struct SlotPattern: Sendable {
    /// Neighbouring words of which at least one is an argument.
    let neighbours: Set<String>

    init(
        _ question: String, _ arguments: JSONValue, _ parameters: [Parameter], today: String,
        in language: QuestionLanguage
    ) {
        var text = question
        _ = language.dates.extract(from: &text, today: today) { " \($0) " }
        let words = Mentions(in: text, today: today, language: language).words
        var tokens = words.map { $0.text.lowercased() }
        var isSlot = Array(repeating: false, count: tokens.count)
        for parameter in parameters {
            guard let value = arguments[parameter.name],
                let range = Self.range(
                    of: value, parameter, in: words, free: { !isSlot[$0] }, today: today, language)
            else { continue }
            for index in range {
                tokens[index] = index == range.lowerBound ? "‹\(parameter.name)›" : ""
                isSlot[index] = true
            }
        }
        tokens = ["^"] + tokens.filter { !$0.isEmpty } + ["$"]
        neighbours = Set(
            zip(tokens, tokens.dropFirst()).filter { $0.0.hasPrefix("‹") || $0.1.hasPrefix("‹") }.map {
                "\($0.0) \($0.1)"
            })
    }

    /// How many of the neighbours examples have too, each by the part of the examples that has it.
    func support(by examples: [SlotPattern]) -> Double {
        guard !examples.isEmpty else { return 0 }
        return neighbours.reduce(0) { sum, pair in
            sum + Double(examples.count { $0.neighbours.contains(pair) }) / Double(examples.count)
        }
    }

    private static func range(
        of value: JSONValue, _ parameter: Parameter, in words: [Mentions.Word], free: (Int) -> Bool, today: String,
        _ language: QuestionLanguage
    ) -> Range<Int>? {
        func first(_ isIt: (String) -> Bool) -> Range<Int>? {
            words.indices.first { free($0) && isIt(words[$0].text) }.map { $0..<($0 + 1) }
        }
        switch parameter.kind {
        case .number:
            guard value.number != nil else { return nil }
            // A minus sign is no part of a word.
            let written = CallNotation.text(of: value)
            let digits = written.hasPrefix("-") ? String(written.dropFirst()) : written
            return first { Mentions.value(of: $0, language).map(CallNotation.text(of:)) == digits }
        case .date:
            var text = value.string ?? ""
            guard let date = language.dates.extract(from: &text, today: today).first else { return nil }
            return first { $0 == date }
        case .choice(let choices):
            let found = ChoiceMentions(choices, schema: parameter.schema, language).find(in: words)
            return found.first { $0.choice == value.string && $0.words.allSatisfy(free) }?.words
        case .time, .text, .boolean, .json: return nil
        }
    }
}
