/// Words that say how a question is put rather than what it is about.
package struct CommonWordLists: Codable, Sendable, Hashable {
    /// Between what a question is about: articles, prepositions, pronouns, conjunctions, auxiliaries.
    package var binding: Set<String>
    /// Verbs that ask, and what is asked to be given.
    package var asking: Set<String>
    /// Those of them that ask for anything at all: `find`, but not `translate`.
    package var plain: Set<String>
    /// Words of descriptions that are too general to say which parameter is meant: `value`.
    package var general: Set<String>
    /// What no value begins with.
    package var neverFirst: Set<String>
    /// The most frequent words, which say least of what two texts share.
    package var frequent: Set<String>
    /// What asks for a document rather than says of what: `mention`, `notes`.
    package var aboutDocuments: Set<String>
    /// Verbs that hardly ever name a thing, in all their forms: `weighs`, but not `cost`.
    package var verbs: WordList
    /// Words that say how something is or is done and hardly ever name a thing: `often`, `heavy`.
    package var qualities: WordList
}

/// Thousands of words, which a file has in lines of many.
package struct WordList: Codable, Sendable, Hashable {
    package let words: Set<String>

    package init(_ words: Set<String> = []) {
        self.words = words
    }

    package init(from decoder: any Decoder) throws {
        let lines = try decoder.singleValueContainer().decode([String].self)
        words = Set(lines.flatMap { $0.split(separator: " ").map(String.init) })
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(words.sorted())
    }

    package func contains(_ word: String) -> Bool { words.contains(word) }
}
