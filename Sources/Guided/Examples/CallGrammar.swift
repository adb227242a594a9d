import Core
import Languages
import Understanding

/// What a call's arguments may be: a list of all that are possible, or a grammar of them.
///
/// They are written as `city: "Paris", date: 2026-06-21)`. A 135-million-parameter model fills this notation reliably
/// where it fails at JSON. Values are grounded: numbers, dates and words come from what the user said, so that the model
/// decides which goes where and can make nothing up.
struct CallGrammar: Sendable {
    /// Those that may be given, in the tool's order.
    let parameters: [Parameter]
    /// The names of required parameters for which the question mentions nothing.
    let ungrounded: [String]
    /// How many required names there are beyond those that the question mentions, where it mentions any.
    let unnamed: Int
    /// Every possible text of the arguments, closing parenthesis included, where there are few: the model then compares
    /// whole calls, which it does better than to begin with the right word.
    let alternatives: [String]?
    /// The same as what the model is held to, a line's end behind the parenthesis.
    let constraint: Constraint

    /// More than these are not compared but generated.
    static let mostAlternatives = 12

    /// - Parameters:
    ///   - today: `YYYY-MM-DD`, the date that stands in where a required one is not mentioned.
    ///   - language: of the question.
    init(_ tool: Tool, mentions: Mentions, today: String, language: QuestionLanguage) {
        let all = Parameter.all(of: tool, in: language)
        let sourced = all.compactMap { parameter in
            ArgumentSource.of(
                parameter, among: all, tool: tool, mentions: mentions, today: today, language: language
            ).map {
                (parameter, $0)
            }
        }
        parameters = sourced.map(\.0)
        ungrounded = sourced.filter { parameter, source in
            if case .choice(let choices) = parameter.kind, case .mentioned(let values) = source {
                return choices.count > Self.mostAlternatives && values == choices
            }
            return source == .free
        }.map(\.0.name)
        let texts = sourced.count { $0.isRequired && $1 == .spans && Self.isName($0, of: tool) }
        let names = mentions.names.count
        unnamed = names > 0 && !sourced.contains { $1 == .free } ? max(0, texts - max(1, names)) : 0
        // An optional argument whose value was said is given like a required one.
        func isGiven(_ parameter: Parameter, _ source: ArgumentSource) -> Bool {
            if parameter.isRequired { return true }
            if case .mentioned = source { return true }
            return false
        }
        alternatives = Self.alternatives(sourced)
        // From the last to the first: what may follow, with and without an argument written before.
        let end = Constraint.text(")\n")
        var first = end
        var later = end
        for (parameter, source) in sourced.reversed() {
            let value = Self.value(
                source, of: parameter, in: tool, words: mentions.words, neverFirst: language.words.words.neverFirst)
            let given = isGiven(parameter, source)
            let member = Constraint.sequence([.text("\(parameter.name): "), value, later])
            first = given ? member : .choice([member, first])
            let more = Constraint.sequence([.text(", \(parameter.name): "), value])
            later = .sequence([.repeated(more, least: given ? 1 : 0, most: 1), later])
        }
        constraint = first
    }

    /// What may stand as an argument's value.
    private static func value(
        _ source: ArgumentSource, of parameter: Parameter, in tool: Tool, words: [Mentions.Word],
        neverFirst: Set<String>
    ) -> Constraint {
        switch source {
        case .mentioned(let values): .choice(values.map(Constraint.text))
        case .spans: spans(of: words, neverFirst: neverFirst)
        case .free: .schema(parameter.schema, document: tool.parameters)
        }
    }

    /// Any run of the words, quoted as JSON.
    private static func spans(of words: [Mentions.Word], neverFirst: Set<String>) -> Constraint {
        func inString(_ text: String) -> String { String(JSONValue.string(text).text.dropFirst().dropLast()) }
        // A run of words is short; the rest of a long question would only make the grammar large.
        let runs = words.indices.filter { mayBegin(words[$0], isFirst: $0 == 0, neverFirst) }.map {
            start -> Constraint in
            var run: Constraint?
            for index in words.indices[start..<min(start + mostWords, words.count)].reversed() {
                // A name is not cut in its middle: "Buenos Aires".
                let isInName =
                    index > 0 && index + 1 < words.count && words[index].gap == " "
                    && words[index].text.first?.isUppercase == true && words[index + 1].text.first?.isUppercase == true
                let word = Constraint.text(inString(words[index].text))
                run =
                    run.map { rest in
                        let more = Constraint.sequence([.text(inString(words[index].gap)), rest])
                        return .sequence([word, .repeated(more, least: isInName ? 1 : 0, most: 1)])
                    } ?? word
            }
            return run ?? .text("")
        }
        // A question of such words alone gives all of them.
        guard !runs.isEmpty else { return .schema(["type": "string"]) }
        return .sequence([.text("\""), .choice(runs), .text("\"")])
    }

    /// Whether a parameter is given a name in the examples.
    private static func isName(_ parameter: Parameter, of tool: Tool) -> Bool {
        let given = tool.examples.compactMap { $0.arguments[parameter.name]?.string }
        return !given.isEmpty && given.allSatisfy { $0.first?.isUppercase == true }
    }

    /// Whether a value can begin with a word. Words that ask or join do not, unless they are a part of a name ("The
    /// Hague"); the first word is written with a capital in any case.
    private static func mayBegin(_ word: Mentions.Word, isFirst: Bool, _ neverFirst: Set<String>) -> Bool {
        guard isFirst || word.text.first?.isUppercase != true else { return true }
        return !neverFirst.contains(word.text.lowercased())
    }

    /// Words of one argument at most.
    private static let mostWords = 16

    /// All calls that use no mention twice for the same kind of argument; nil where there are too many, or where an
    /// argument is more than a choice.
    private static func alternatives(_ sourced: [(Parameter, ArgumentSource)]) -> [String]? {
        var partial: [[(kind: Parameter.Kind, text: String)]] = [[]]
        for (parameter, source) in sourced {
            guard case .mentioned(let values) = source else { return nil }
            partial = partial.flatMap { arguments in
                let used = arguments.filter { $0.kind == parameter.kind }.map(\.text)
                let left = values.filter { !used.contains($0) }
                return (left.isEmpty ? values : left).map { arguments + [(parameter.kind, $0)] }
            }
            if partial.count > mostAlternatives { return nil }
        }
        return partial.map { arguments in
            zip(sourced, arguments).map { "\($0.0.name): \($1.text)" }.joined(separator: ", ") + ")"
        }
    }
}
