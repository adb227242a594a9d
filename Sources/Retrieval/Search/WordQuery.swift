import Core
import Stemming

/// The words of a query as the index of words takes them.
struct WordQuery: Sendable, Hashable {
    /// Something that may be in a content: a word, a phrase (several words, in this order), or a word's beginning.
    struct Term: Sendable, Hashable {
        var words: [String]
        var isPrefix = false
        /// Of the query's phrases in quotes, which must be there, the number of the one that this is, in one language.
        var phrase: Int?

        var isRequired: Bool { phrase != nil }

        /// As FTS5 reads it (sqlite.org/fts5.html, 3).
        var expression: String {
            "\"" + words.map { $0.replacing("\"", with: "") }.joined(separator: " ") + "\"" + (isPrefix ? "*" : "")
        }
    }

    private(set) var terms: [Term] = []

    private static let quotation = TextPattern(#""([^"]+)""#)

    /// Words of a query that are looked for at most, in each language; the rest of a long text says little more.
    private static let mostWords = 100

    /// - Parameter languages: those the documents are in: a query is too short to tell its own.
    init(_ text: String, languages: [String]) {
        let languages = languages.isEmpty ? ["en"] : languages
        let quoted = Self.quotation.matches(in: text).prefix(Self.mostWords).map { String($0.text(1)) }
        for (number, phrase) in quoted.enumerated() {
            // In each language, since which one the phrase is in is not known.
            for language in languages {
                add(Term(words: WordAnalyzer.words(of: phrase, language: language), phrase: number))
            }
        }
        let rest = Self.quotation.replacing(in: text, with: " ").split(whereSeparator: \.isWhitespace)
        for language in languages {
            Stemmer.lend(language) { add(rest, $0) }
        }
    }

    private mutating func add(_ parts: [Substring], _ stemmer: Stemmer?) {
        let most = terms.count + Self.mostWords
        for part in parts where terms.count < most {
            if part.hasSuffix("*"), part.count > 2 {
                // Of an identifier and its parts, itself.
                let words = WordAnalyzer.words(of: String(part.dropLast()), nil)
                add(Term(words: Array(words.prefix(1)), isPrefix: true))
            } else {
                let words = WordAnalyzer.words(of: String(part), stemmer).prefix(Self.mostWords)
                for word in words { add(Term(words: [word])) }
                // "POL-358" is looked for as such, too: with its words beside each other.
                if words.count > 1, Identifiers.isIdentifier(part) { add(Term(words: Array(words))) }
            }
        }
    }

    private mutating func add(_ term: Term) {
        if !term.words.isEmpty, !terms.contains(term) { terms.append(term) }
    }

    var single: [String] { terms.filter { $0.words.count == 1 && !$0.isPrefix }.map { $0.words[0] } }

    /// An FTS5 expression: phrases in quotes must be there (each in one of its languages), and any of the other terms.
    ///
    /// A word in a large part of all contents says little and costs most: of words in so many that together they would
    /// be looked up more than `budget` times, the commonest are left out, as long as others are left.
    ///
    /// - Parameter frequencies: how many contents each of the single words is in.
    /// - Returns: nil where there is no term.
    func expression(_ frequencies: [String: Int], budget: Int) -> String? {
        var optional: [(term: Term, cost: Int)] = []
        for term in terms where !term.isRequired {
            // What is in none costs nothing.
            // Of several words beside each other, the rarest says in how many it may be.
            let cost = term.words.map { frequencies[$0] ?? 0 }.min() ?? 0
            optional.append((term: term, cost: term.isPrefix ? 0 : cost))
        }
        optional.sort { $0.cost < $1.cost }
        var cost = 0
        var kept: [String] = []
        for (term, more) in optional {
            // The rarest word that is anywhere is always looked for.
            guard cost == 0 || cost + more <= budget else { break }
            cost += more
            kept.append(term.expression)
        }
        let any = kept.joined(separator: " OR ")
        let byPhrase: [Int: [Term]] = Dictionary(grouping: terms.filter(\.isRequired)) { $0.phrase ?? 0 }
        let required: [String] = byPhrase.keys.sorted().map { phrase in
            let languages = byPhrase[phrase, default: []].map(\.expression)
            return "(" + languages.joined(separator: " OR ") + ")"
        }
        guard !required.isEmpty else { return kept.isEmpty ? nil : any }
        let phrases = required.joined(separator: " AND ")
        return kept.isEmpty ? phrases : "(\(phrases)) OR ((\(phrases)) AND (\(any)))"
    }
}
