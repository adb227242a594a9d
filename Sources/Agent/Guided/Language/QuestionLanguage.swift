/// The words of one language by which a question is read. A language is one file, `Resources/XX.json`.
struct QuestionLanguage: Codable, Sendable {
    /// By ISO 639-1.
    var code: String
    /// What a question begins with.
    var questionWords: Set<String>
    /// What asks for help and says nothing of what for: "could you …".
    var helpWords: Set<String>
    /// What somebody wants done, by what it does to the thing it is done to.
    var verbs: Verbs

    struct Verbs: Codable, Sendable {
        var read: Set<String>
        var create: Set<String>
        var change: Set<String>
        var delete: Set<String>
    }

    /// What a verb does; nil for a word that is none of these.
    func action(of word: String) -> Action? {
        if verbs.read.contains(word) { return .read }
        if verbs.create.contains(word) { return .create }
        if verbs.change.contains(word) { return .change }
        return verbs.delete.contains(word) ? .delete : nil
    }

    static let english: QuestionLanguage = EmbeddedFile.read(PackageResources.en_json, "en.json")
}

/// What is done to a thing: what a question asks for, and what an operation does.
enum Action: Sendable, Hashable {
    case read
    case create
    case change
    case delete
}
