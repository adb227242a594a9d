import Core
import Languages
import Understanding

/// Words of a question that neither its language nor the tools have, read as words that they have: "waht tiem is it".
///
/// A word is read so where it is a letter away from a known one, or has two letters exchanged, and where that brings the
/// question nearer to what the tools are asked. What fills an argument stays as it was said.
struct QuestionSpelling: Sendable, Hashable {
    struct Word: Sendable, Hashable {
        var said: String
        var meant: String
    }

    private(set) var words: [Word] = []

    /// Letters of the shortest word that is read as another, words that are, and readings of each that are compared.
    private static let (leastLetters, mostWords, mostReadings) = (3, 4, 8)
    /// Letters from which on a word may have another letter in place of one, or one too many; a shorter one may only lack one.
    private static let leastOfChanged = 4
    /// How much nearer to what tools are asked a reading makes the question at least; two letters that were exchanged are a
    /// slip of the fingers, and need not make it nearer.
    private static let (gain, gainOfExchange) = (0.04, -0.01)

    /// Nothing was misspelt.
    init() {}

    /// - Parameters:
    ///   - tools: those that the question may be meant for.
    ///   - isWord: whether the model knows a word that neither the language nor the tools have: what it writes as one token is
    ///     seldom a slip.
    init(
        _ question: String, _ tools: [Tool], _ readings: [ToolReading], vectors: TextVectors,
        in language: QuestionLanguage, isWord: (String) async throws -> Bool = { _ in false }
    ) async throws {
        let known = ToolWords(tools)
        var unknown: [String] = []
        for word in Self.unknown(in: question, language) where !known.all.contains(word) {
            if try await !isWord(word) { unknown.append(word) }
        }
        let words = language.vocabulary.words.union(known.common)
        // Most of the words of another language are not known, and near to none.
        let said = Utterance(question, in: language).words.filter { $0.text.contains(where: \.isLetter) }
        let foreign = said.count {
            !language.vocabulary.knows($0.lower) && !known.all.contains($0.lower) && Self.near($0.lower, words).isEmpty
        }
        guard !unknown.isEmpty, 2 * foreign <= said.count else { return }
        let index = AnchorIndex(vectors: vectors)
        let asked = index.known(readings.flatMap(\.asked))
        guard !asked.isEmpty else { return }
        let choices = unknown.prefix(Self.mostWords).map { word in
            [word] + Self.near(word, words).prefix(Self.mostReadings)
        }
        func text(_ taken: [Int]) -> String {
            zip(choices, taken).reduce(question) { Self.replacing($1.0[0], with: $1.0[$1.1], in: $0) }
        }
        // The words are read one after another, and once more with the others read.
        var taken = choices.map { _ in 0 }
        for _ in 0..<2 {
            for place in choices.indices where choices[place].count > 1 {
                let texts = choices[place].indices.map { choice in
                    var other = taken
                    other[place] = choice
                    return text(other)
                }
                let senses = try await index.senses(of: texts.map { AnchorIndex.Anchor($0, in: language) })
                var nearness = senses.map { sense in asked.map { $0.nearness(sense) }.max() ?? 0 }
                for choice in choices[place].indices.dropFirst() {
                    let isExchange = choices[place][choice].sorted() == choices[place][0].sorted()
                    nearness[choice] -= isExchange ? Self.gainOfExchange : Self.gain
                }
                let isSure = Self.isSure(choices[place], in: language)
                taken[place] = isSure ? 1 : nearness.indices.max { nearness[$0] < nearness[$1] } ?? 0
            }
        }
        for (choice, place) in zip(choices, taken) where place > 0 {
            self.words.append(Word(said: choice[0], meant: choice[place]))
        }
        guard !self.words.isEmpty else { return }
        Trace.current?.add(TraceEntry(stage: "spelling", prompt: question, candidates: [], output: corrected(question)))
    }

    /// The question as it is read.
    func corrected(_ question: String) -> String {
        words.reduce(question) { Self.replacing($1.said, with: $1.meant, in: $0) }
    }

    /// Arguments with the words that were said in their texts; an enumeration and a date have none.
    func restored(_ arguments: JSONValue, _ slots: [Slot]) -> JSONValue {
        guard !words.isEmpty, var members = arguments.object else { return arguments }
        for slot in slots where slot.kind == .text && slot.notes.theme != .date && slot.notes.theme != .time {
            guard let name = slot.path.first ?? nil, slot.path.count == 1, let text = members[name]?.string else {
                continue
            }
            members[name] = .string(words.reduce(text) { Self.replacing($1.meant, with: $1.said, in: $0) })
        }
        return .object(members)
    }

    /// Words of a question from which on it may be known to be of another language, and the part of them that is known then
    /// at most.
    private static let (leastOfLanguage, mostKnown) = (4, 0.25)

    /// Whether a question is in another language: hardly a word is one of the language's or of what the tools say.
    static func isForeign(_ question: String, _ tools: [Tool], in language: QuestionLanguage) -> Bool {
        let text = Utterance(question, in: language)
        let words = text.words.filter { word in
            word.text.contains(where: \.isLetter) && (word.opens || !word.isCapitalised)
        }
        guard words.count >= leastOfLanguage else { return false }
        let least = mostKnown * Double(words.count)
        let unknown = words.filter { !language.vocabulary.knows($0.lower) }
        // The tools' words are many, and are looked at where these are not enough.
        guard Double(words.count - unknown.count) <= least else { return false }
        let known = ToolWords(tools).all
        return Double(words.count - unknown.count { !known.contains($0.lower) }) <= least
    }

    /// Whether a question has a word that the language has not, so that the tools are to be looked at.
    static func hasUnknown(_ question: String, in language: QuestionLanguage) -> Bool {
        !unknown(in: question, language).isEmpty
    }

    /// The words that may be misspelt, in lower case: no names, and nothing with digits and signs.
    private static func unknown(in question: String, _ language: QuestionLanguage) -> [String] {
        Utterance(question, in: language).words.filter { word in
            (word.opens || !word.isCapitalised) && word.text.dropFirst().allSatisfy { !$0.isUppercase }
                && word.text.allSatisfy { $0.isLetter || "'’".contains($0) } && word.text.count >= leastLetters
                && !language.vocabulary.knows(word.lower)
        }.map(\.lower)
    }

    /// Whether a word can be read in one way only, so that no more evidence is needed: an apostrophe was left out, or two
    /// letters of a word that binds were exchanged.
    private static func isSure(_ choices: [String], in language: QuestionLanguage) -> Bool {
        let said = choices[0]
        if choices[1].filter(\.isLetter) == said { return true }
        let exchanged = choices.dropFirst().filter { $0.sorted() == said.sorted() }
        return exchanged.count == 1 && exchanged[0] == choices[1] && language.common.binding.contains(choices[1])
    }

    /// The words that are a letter away or have two letters exchanged, in alphabetical order; the one that differs by an
    /// apostrophe alone, where there is one.
    private static func near(_ word: String, _ known: Set<String>) -> [String] {
        let letters = Array(word)
        let near = known.filter { other in
            letters.count >= leastOfChanged
                ? abs(other.count - letters.count) <= 1 && Spelling.distance(letters, Array(other)) == 1
                : other.count == letters.count + 1 && Spelling.distance(letters, Array(other)) == 1
        }
        let same = near.filter { $0.filter(\.isLetter) == word }
        let exchanged = near.filter { $0.sorted() == letters.sorted() }
        return same.isEmpty ? exchanged.sorted() + near.subtracting(exchanged).sorted() : same.sorted()
    }

    private static func replacing(_ word: String, with other: String, in text: String) -> String {
        var (result, run) = ("", "")
        func close() {
            result += run.lowercased() == word ? other : run
            run = ""
        }
        for character in text {
            if character.isLetter || "'’".contains(character) {
                run.append(character)
            } else {
                close()
                result.append(character)
            }
        }
        close()
        return result
    }
}

/// The words of what is said of tools.
private struct ToolWords {
    var all: Set<String> = []
    /// Without names, which nothing is misread as.
    var common: Set<String> = []

    init(_ tools: [Tool]) {
        for tool in tools {
            let properties = tool.parameters["properties"]?.object ?? [:]
            let texts =
                [tool.description] + properties.values.compactMap { $0["description"]?.string }
                + tool.examples.map(\.question)
            var words = texts.flatMap { $0.split { !$0.isLetter && !"'’".contains($0) } }
            words += (Stem.words(in: tool.operation) + properties.keys.flatMap(Stem.words)).map { $0[...] }
            for word in words {
                all.insert(word.lowercased())
                if word.first?.isUppercase == false { common.insert(String(word)) }
            }
        }
    }
}
