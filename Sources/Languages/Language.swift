/// What Squire knows of one language: the words by which a question and an API's document are read, and the sentences it
/// says. A language is one file, `Resources/XX.json`; docs/adding-a-language.md describes every member.
///
/// What Foundation's ICU knows of a language is not in the file: `PlatformWords` asks for it.
package struct Language: Codable, Sendable, Hashable {
    /// By ISO 639-1.
    package var code: String
    /// Identifiers of ICU's locales whose names of months, weekdays and currencies are read; the first spells numbers.
    package var locales: [String]
    package var questions: QuestionWords
    package var verbs: Verbs
    package var words: CommonWordLists
    package var forms: WordForms
    package var joining: JoiningWords
    package var names: ProperNames
    package var prepositions: Prepositions
    package var numbers: NumberTerms
    package var dates: DateTerms
    package var times: TimeTerms
    package var units: UnitTerms
    package var currencies: CurrencyTerms
    package var sides: SideWords
    package var sayings: Sayings
    package var descriptions: DescriptionTerms
    package var themes: ThemeWords
    package var slots: SlotWords
    package var followUps: FollowUpWords
    package var conversation: ConversationWords
    package var sentences: SentenceWords
    package var documents: DocumentWords
    package var results: ResultWords
    package var doings: DoingWords
    package var prompts: Prompts
    package var answers: Answers

    package static let english: Language = EmbeddedFile.read(PackageResources.en_json, "en.json")
}
