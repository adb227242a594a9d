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
}
