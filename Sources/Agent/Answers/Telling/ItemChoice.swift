import Core
import Languages
import Understanding

/// Which items of a list a question asks about: the ones that it names, or those that have a value which it says. What no
/// word of the question says is not chosen by.
struct ItemChoice: Sendable {
    /// Their places; nil where the question chooses none, or all.
    let indices: [Int]?
    /// By what they were chosen: `done: yes`; empty where they are named.
    let condition: String
    /// Whether one thing is named, by its name or by another value that only it has.
    let isOneThing: Bool

    /// Items that are looked at, and words of a value that is looked for.
    private static let (mostItems, mostWords) = (10_000, 8)

    /// - Parameter arguments: what the call was given; by that the plugin has chosen already.
    init(_ items: [JSONValue], question: String, arguments: JSONValue, language: QuestionLanguage) {
        let question = String(question.prefix(1000))
        let words = Stem.words(in: question)
        let text = ValueText(language: language)
        guard items.count > 1, items.count <= Self.mostItems else {
            (indices, condition, isOneThing) = (nil, "", false)
            return
        }
        if let named = Self.named(items, words, text, language) {
            (indices, condition, isOneThing) = (named, "", named.count == 1)
        } else if let found = Self.conditional(items, question, words, arguments, text, language) {
            (indices, condition, isOneThing) = (
                found.indices, found.condition, found.isName && found.indices.count == 1
            )
        } else {
            (indices, condition, isOneThing) = (nil, "", false)
        }
    }

    /// Items whose name, or whose number, the question says.
    private static func named(
        _ items: [JSONValue], _ words: [String], _ text: ValueText, _ language: QuestionLanguage
    ) -> [Int]? {
        let asked = Set(words.map(language.stem.of))
        let figures = Set(words.filter { $0.allSatisfy(\.isNumber) })
        let shares = items.map { item -> Double in
            guard case .object(let members) = item else { return 0 }
            var best = 0.0
            for name in language.words.documents.identifying {
                switch members[name] {
                case .string(let value)?:
                    let own = Stem.words(in: String(value.prefix(200))).filter(language.common.isContent)
                    guard !own.isEmpty else { continue }
                    let found = own.count { asked.contains(language.stem.of($0)) }
                    best = max(best, Double(found) / Double(own.count))
                case .integer(let value)?: if figures.contains(String(value)) { best = 1 }
                case .digits(let value)?: if figures.contains(value) { best = 1 }
                default: break
                }
            }
            return best
        }
        let best = shares.max() ?? 0
        let found = items.indices.filter { shares[$0] == best }
        // Most of a name says which is meant, where no other has as much of its own.
        guard best == 1 || best >= leastOfName && found.count == 1, found.count < items.count else { return nil }
        return found
    }

    private static let leastOfName = 0.5

    /// Items that have a value which the question says: a text as it stands, a word of it that the question writes as a
    /// name, or what is true of them.
    private static func conditional(
        _ items: [JSONValue], _ question: String, _ words: [String], _ arguments: JSONValue, _ text: ValueText,
        _ language: QuestionLanguage
    ) -> (indices: [Int], condition: String, isName: Bool)? {
        let given = Set((arguments.object?.values ?? []).map { ($0.string ?? $0.text).lowercased() })
        let stems = words.map(language.stem.of)
        let names = Self.names(in: question)
        let negations = language.words.questions.negations
        let isNegated = question.lowercased().split { $0.isWhitespace || "?.!,".contains($0) }.contains {
            negations.contains(String($0))
        }
        func isSaid(_ value: String) -> Bool {
            let parts = Stem.words(in: String(value.prefix(200)))
            guard !isNegated, !given.contains(value.lowercased()), (1...mostWords).contains(parts.count) else {
                return false
            }
            return parts.contains(where: language.common.isContent) && holds(stems, parts.map(language.stem.of))
                || !names.isDisjoint(with: parts)
        }
        var conditions: [String: (name: String, value: JSONValue)] = [:]
        for item in items {
            guard case .object(let members) = item else { return nil }
            for (name, value) in members where !language.words.documents.identifying.contains(name) {
                switch value {
                case .bool where Confirmation.says(Set(stems), name, language):
                    conditions[name] = (name, .bool(!isNegated))
                case .string(let said) where isSaid(said): conditions["\(name)=\(said)"] = (name, value)
                case .array(let values):
                    for case .string(let said) in values.prefix(mostValues) where isSaid(said) {
                        conditions["\(name)=\(said)"] = (name, .string(said))
                    }
                default: break
                }
            }
        }
        // Several conditions may be meant together or apart: then the question's words do not say which.
        guard conditions.count == 1, let (name, value) = conditions.values.first else { return nil }
        let found = items.indices.filter { index in
            guard let member = items[index][name] else { return false }
            return member == value || member.array?.contains(value) == true
        }
        guard found.count < items.count else { return nil }
        return (found, "\(NameWords.text(name)): \(text.text(of: value))", value.string != nil)
    }

    /// Values of a list in an item that are looked at.
    private static let mostValues = 50

    /// The words of a question that are written with a capital within it, in lower case.
    private static func names(in question: String) -> Set<String> {
        let words = question.split { !$0.isLetter && !$0.isNumber }
        return Set(words.dropFirst().filter { $0.first?.isUppercase == true && $0.count > 1 }.map { $0.lowercased() })
    }

    /// Whether words stand side by side in a text.
    private static func holds(_ words: [String], _ parts: [String]) -> Bool {
        words.indices.contains { words[$0...].starts(with: parts) }
    }
}
