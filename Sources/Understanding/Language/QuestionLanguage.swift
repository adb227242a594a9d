package import Languages

/// A language, and what questions and documents are read by that is built of its words: once, since that takes a while.
///
/// It is handed in where a text is read or written. Where nobody says which it is, it is `english`: the one language that is
/// shipped, and the only place that says so.
package final class QuestionLanguage: Sendable {
    package let words: Language
    package let stem: Stem
    package let common: CommonWords
    package let enumerations: Enumerations
    package let numbers: NumberWords
    package let dates: DateMentions
    package let times: TimesOfDay
    package let units: UnitTable
    package let currencies: CurrencyTable
    package let regions: RegionTable
    package let sayings: SayingPatterns
    package let descriptions: DescriptionPatterns
    package let slots: SlotTerms
    package let followUps: FollowUp
    package let conversation: Conversational
    package let sentences: SentencePatterns
    package let vocabulary: Vocabulary

    package static let english = QuestionLanguage(.english)

    package init(_ words: Language) {
        self.words = words
        let platform = PlatformWords(locales: words.locales)
        stem = Stem(words.forms, language: words.code)
        common = CommonWords(words.words, stem)
        enumerations = Enumerations(words.joining)
        numbers = NumberWords(words.numbers, platform)
        dates = DateMentions(words.dates, platform)
        times = TimesOfDay(words.times)
        units = UnitTable(words.units, per: words.prepositions.per)
        currencies = CurrencyTable(words.currencies, platform, stem, common, plurals: words.forms.plurals)
        regions = RegionTable(words.names, platform)
        sayings = SayingPatterns(words.sayings, streets: words.names.streets)
        descriptions = DescriptionPatterns(words.descriptions, words.joining)
        slots = SlotTerms(words.slots, stem)
        followUps = FollowUp(words.followUps)
        sentences = SentencePatterns(words.sentences)
        conversation = Conversational(words.conversation, dates)
        vocabulary = Vocabulary(words, platform, stem)
    }

    /// What a verb does; nil for a word that is none of these.
    package func action(of word: String) -> Action? {
        let verbs = words.verbs
        if verbs.read.contains(word) { return .read }
        if verbs.create.contains(word) { return .create }
        if verbs.change.contains(word) { return .change }
        return verbs.delete.contains(word) ? .delete : nil
    }

    /// Whether two words together, or the first alone, ask for a number: "how many".
    package func counts(_ word: String, _ next: String) -> Bool {
        words.questions.counting.contains(word) || words.questions.counting.contains("\(word) \(next)")
    }

    /// Whether a word is written as a plural is.
    package func isPlural(_ word: String) -> Bool {
        let plurals = words.forms.plurals
        return plurals.endings.contains(where: word.hasSuffix) && !plurals.exceptions.contains(where: word.hasSuffix)
    }

    /// A word that may be written as a plural, as it is written for one thing.
    package func singular(of word: String) -> String {
        words.forms.singulars.lazy.compactMap { $0.applied(to: word) }.first ?? word
    }

    /// What a possessive ends with; nil where a word is none.
    package func possessive(of word: String) -> String? { words.forms.possessives.first(where: word.hasSuffix) }
}

/// What is done to a thing: what a question asks for, and what an operation does.
package enum Action: Sendable, Hashable {
    case read
    case create
    case change
    case delete
}
