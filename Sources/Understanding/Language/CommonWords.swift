import Languages

/// Words that say how a question is put rather than what it is about.
package struct CommonWords: Sendable {
    package let binding: Set<String>
    package let asking: Set<String>
    package let general: Set<String>
    package let generalStems: Set<String>
    /// Verbs that ask for anything at all.
    private let plain: Set<String>
    private let verbs: WordList
    private let qualities: WordList

    init(_ lists: CommonWordLists, _ stem: Stem) {
        binding = lists.binding
        asking = lists.asking
        plain = lists.plain
        verbs = lists.verbs
        qualities = lists.qualities
        general = lists.general
        generalStems = Set(lists.general.map(stem.of))
    }

    /// Whether a word says what a question is about; "translate" does, "find" does not.
    package func isTelling(_ lower: String) -> Bool {
        !binding.contains(lower) && !plain.contains(lower)
    }

    package func isContent(_ lower: String) -> Bool {
        !binding.contains(lower) && !asking.contains(lower)
    }

    /// Whether a word says what somebody or something does: it names no thing, and parts what does.
    package func isVerb(_ lower: String) -> Bool { verbs.contains(lower) }

    /// Whether a word says how something is or is done: it may begin what names a thing, and does not end it.
    package func isQuality(_ lower: String) -> Bool { qualities.contains(lower) }
}
