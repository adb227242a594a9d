import Core
import Grammar

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
    /// Every possible text of the arguments, closing parenthesis included, where there are few: the model then compares
    /// whole calls, which it does better than to begin with the right word.
    let alternatives: [String]?
    /// A GBNF grammar of the same, a line's end behind the parenthesis.
    let text: String

    /// More than these are not compared but generated.
    private static let mostAlternatives = 12

    /// - Parameters:
    ///   - today: `YYYY-MM-DD`, the date that stands in where a required one is not mentioned.
    /// - Throws: `GrammarError` where a parameter's schema cannot be compiled.
    init(_ tool: Tool, mentions: Mentions, today: String) throws(GrammarError) {
        let all = Parameter.all(of: tool)
        let sourced = all.compactMap { parameter in
            ArgumentSource.of(parameter, among: all, tool: tool, mentions: mentions, today: today).map {
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
        // An optional argument whose value was said is given like a required one.
        func isGiven(_ parameter: Parameter, _ source: ArgumentSource) -> Bool {
            if parameter.isRequired { return true }
            if case .mentioned = source { return true }
            return false
        }
        alternatives = Self.alternatives(sourced)
        var compiler = SchemaGrammar(document: tool.parameters)
        // From the last to the first: what may follow, with and without an argument written before.
        var first = GBNF.literal(")\n")
        var later = first
        for (parameter, source) in sourced.reversed() {
            let value = try compiler.rule(for: source, of: parameter, words: mentions.words)
            let member = "\(GBNF.literal("\(parameter.name): ")) \(value) \(later)"
            let more = "\(GBNF.literal(", \(parameter.name): ")) \(value) \(later)"
            let given = isGiven(parameter, source)
            first = compiler.add("from-\(parameter.name)", given ? member : "\(member) | \(first)")
            later = compiler.add("then-\(parameter.name)", given ? more : "\(more) | \(later)")
        }
        text = compiler.grammar.text(root: first)
    }

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

extension SchemaGrammar {
    /// What stands for an argument's value in a rule's body.
    fileprivate mutating func rule(
        for source: ArgumentSource, of parameter: Parameter, words: [Mentions.Word]
    ) throws(GrammarError) -> String {
        switch source {
        case .mentioned(let values): "(" + values.map(GBNF.literal).joined(separator: " | ") + ")"
        case .spans: spans(of: words)
        case .free: try rule(for: parameter.schema, at: "/properties/\(parameter.name)", name: parameter.name)
        }
    }

    /// A rule for any run of the words, quoted as JSON.
    private mutating func spans(of words: [Mentions.Word]) -> String {
        func inString(_ text: String) -> String { String(JSONValue.string(text).text.dropFirst().dropLast()) }
        var starts: [String] = []
        var next: String?
        for (index, word) in words.enumerated().reversed() {
            let end = GBNF.literal(inString(word.text))
            // A name is not cut in its middle: "Buenos Aires".
            let isInName =
                index > 0 && index + 1 < words.count && word.gap == " " && word.text.first?.isUppercase == true
                && words[index + 1].text.first?.isUppercase == true
            let body = next.map { "\(end) (\(GBNF.literal(inString(word.gap))) \($0))\(isInName ? "" : "?")" } ?? end
            let name = add("span", body)
            starts.append(name)
            next = name
        }
        return #""\"" (\#(starts.reversed().joined(separator: " | "))) "\"""#
    }
}
