import Core
import Languages
import Understanding

/// Finds sentences that say that something was done in the world: ordered, sent, changed, saved.
struct DoneClaims: Sendable {
    private let words: DoingWords
    /// By their participles, in lower case.
    private let verbs: [String: String]
    /// The verbs that the message has: what it may order.
    private let asked: Set<String>
    private let stem: Stem

    init(question: String, in language: QuestionLanguage) {
        words = language.words.doings
        stem = language.stem
        verbs = Dictionary(words.participles.map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        let participles = words.participles
        asked = Set(Self.tokens(String(question.prefix(Self.mostOfQuestion))).filter { participles[$0] != nil })
    }

    private static let mostOfQuestion = 2000

    /// The verb of which a sentence says that it was done; nil where it says nothing of the kind.
    func claim(in sentence: String) -> String? {
        guard !sentence.hasSuffix("?") else { return nil }
        let tokens = Self.tokens(sentence)
        guard !tokens.contains(where: words.conditions.contains) else { return nil }
        if isEnd(sentence) { return words.anything }
        let isAddressed = tokens.contains(where: words.addressing.contains)
        for (index, token) in tokens.enumerated() {
            guard let verb = verbs[token] else { continue }
            var place = index - 1
            func goBack(over skipped: (String) -> Bool) {
                while place >= 0, skipped(tokens[place]) { place -= 1 }
            }
            goBack { words.beside.contains($0) }
            guard place >= 0 else {
                // "Ordered 2 chairs."
                if asked.contains(verb) { return verb }
                continue
            }
            if words.speakers.contains(tokens[place]) { return verb }
            guard words.finishing.contains(tokens[place]) else { continue }
            goBack { words.finishing.contains($0) || words.beside.contains($0) }
            if place >= 0, words.speakers.contains(tokens[place]) || isAddressed || asked.contains(verb) { return verb }
        }
        return nil
    }

    /// Whether the beginning of a sentence may become one that says that something was done. Where the message orders
    /// nothing, such a sentence speaks of who speaks or to whom, or is one of a few words.
    func mayBegin(_ text: String) -> Bool {
        if !asked.isEmpty { return true }
        return Self.tokens(text).contains { token in
            words.speakers.contains(token) || words.addressing.contains(token)
                || words.ended.contains { $0.hasPrefix(token) }
        }
    }

    /// Whether a call shows that something was done.
    ///
    /// - Parameters:
    ///   - verb: what is said to have been done.
    ///   - tools: those that were offered.
    func isProved(_ verb: String, by steps: [Step], _ tools: [Tool]) -> Bool {
        steps.contains { step in
            guard step.status == .ok, let tool = tools.first(where: { step.isOf($0) }), !tool.isReadOnly else {
                return false
            }
            return verb == words.anything || isProvable(verb, by: tool)
        }
    }

    /// Whether a call of an operation is what a message with this verb ordered.
    func isProvable(_ verb: String, by tool: Tool) -> Bool { asked.contains(verb) || isAbout(verb, tool) }

    /// Characters of a description that say what an operation does.
    private static let mostOfDescription = 200

    /// Whether a verb says what an operation does.
    func isAbout(_ verb: String, _ tool: Tool) -> Bool {
        let stems = Set(stem.all(in: "\(tool.operation) \(tool.description.prefix(Self.mostOfDescription))"))
        return stems.contains(stem.of(verb)) || words.participles[verb].map { stems.contains(stem.of($0)) } ?? false
    }

    /// The participle of what a message orders, or an operation does: "ordered"; "done" where neither says.
    func participle(for operation: String, question: String) -> String {
        let tokens =
            Self.tokens(String(question.prefix(Self.mostOfQuestion))) + Self.tokens(NameWords.text(operation))
        return tokens.lazy.compactMap { words.participles[$0] }.first ?? words.anything
    }

    /// As it is said that something was not done.
    func participle(of verb: String) -> String { words.participles[verb] ?? words.anything }

    private func isEnd(_ sentence: String) -> Bool {
        let text = sentence.lowercased().drop { !$0.isLetter }
        return words.ended.contains { phrase in
            text.hasPrefix(phrase)
                && text.dropFirst(phrase.count).first.map { ".!,:–—".contains($0) } ?? text.hasPrefix(phrase)
        }
    }

    /// Words in lower case, with their apostrophes.
    static func tokens(_ text: String) -> [String] {
        text.lowercased().split { !$0.isLetter && $0 != "'" && $0 != "’" }.map(String.init)
    }
}

extension Step {
    /// Whether the operation is this one.
    func isOf(_ tool: Tool) -> Bool { plugin == tool.plugin && operation == tool.operation }
}
