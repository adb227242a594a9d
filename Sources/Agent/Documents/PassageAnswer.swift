import Core
import Foundation
import Languages
import Understanding

/// Answers from passages of documents: every sentence is held against them, and says where it comes from.
struct PassageAnswer: Sendable {
    let model: any TokenModel
    let planner: ContextPlanner
    var language = QuestionLanguage.english

    private static let tokens = 120
    /// The part of a sentence's words that must stand in the sentence it is taken from.
    private static let supported = 0.6
    /// Units of another document that are quoted beside the best: where two contradict each other both are told.
    private static let mostQuoted = 2
    /// How much less likely the answer of another document may be, in log-odds, to be told beside the best.
    private static let nearlyAsLikely = 1.5

    /// ` [2]`
    private static let marker = TextPattern(#"\s*\[\d+\]"#)

    /// A sentence of a passage.
    private struct Sentence {
        var text: String
        var passage: Int
        var words: Set<String>
    }

    /// An answer with `[1]` where it says what the first citation says, and the citations.
    func answer(
        _ question: String, _ found: FoundAnswer, persona: String, draft: inout AnswerDraft
    ) async throws -> (text: String, citations: [Citation]) {
        // A smaller model leaves out what was asked for: asked how long a button is held, it said which one.
        if try await model.describe().isLarge {
            // Of the passages only those that may answer are given to it.
            let likely = found.units.filter { found.units[0].odds - $0.odds <= Self.nearlyAsLikely }
            let chosen = Set(likely.map(\.unit.passage)).sorted()
            let passages = chosen.map { found.passages[$0] }
            let sentences = passages.enumerated().flatMap { index, passage in
                Sentences.split(
                    passage: passage.text, isRecord: ["json", "csv"].contains(passage.type), in: language
                ).map {
                    Sentence(
                        text: $0.trimmingCharacters(in: .whitespacesAndNewlines), passage: index,
                        words: Self.words($0))
                }
            }.filter { !$0.words.isEmpty }
            if let written = try await written(question, passages, sentences, persona: persona, draft: &draft) {
                return written
            }
        }
        draft.context = try await planner.quoted(
            question: question, part: .passages, found.units.prefix(Self.mostQuoted).map(\.unit.text))
        return quoted(question, found)
    }

    // MARK: In the model's words

    /// What the model writes, as far as the passages say it; nil where they say nothing of it.
    private func written(
        _ question: String, _ passages: [Passage], _ sentences: [Sentence], persona: String, draft: inout AnswerDraft
    ) async throws -> (text: String, citations: [Citation])? {
        let (plan, count) = try await planner.passages(
            passages, question: question, persona: persona, answerTokens: Self.tokens)
        draft.context = plan.ledger
        let request = GenerationRequest(
            prompt: plan.prompt, sampling: Sampling(temperature: 0, maxTokens: plan.answerTokens, stop: ["\n\n"]),
            constraint: .grammar(Self.grammar(count)))
        let (text, more) = try await model.text(request)
        draft.usage += more
        let check = FactCheck(results: passages.map { .string("\($0.title)\n\($0.text)") }, given: [question])
        var parts: [String] = []
        var citations = Citations(passages)
        for sentence in Sentences.split(text, after: ".!?]", in: language) {
            let plain = Self.marker.replacing(in: sentence, with: "").trimmingCharacters(in: .whitespacesAndNewlines)
            let words = Self.words(plain)
            // The marker alone, after its sentence's end.
            if words.isEmpty { continue }
            // A sentence without an end was cut.
            let isWhole = plain.hasSuffix(".") || plain.hasSuffix("!") || sentence.hasSuffix("]")
            guard isWhole, check.unsupported(in: plain).isEmpty, let origin = Self.origin(of: words, in: sentences)
            else { break }
            let number = citations.number(of: origin.passage, quote: origin.text)
            parts.append("\(plain) [\(number)]")
        }
        guard !parts.isEmpty else { return nil }
        return (text: parts.joined(separator: " "), citations: citations.list)
    }

    /// Text in which a bracket opens only for the number of a passage.
    private static func grammar(_ count: Int) -> String {
        let numbers = (1...max(1, count)).map { "\"\($0)\"" }.joined(separator: " | ")
        return "root ::= (character | \"[\" (\(numbers)) \"]\")+\ncharacter ::= [^\\[\\]]\n"
    }

    /// The sentence that a text is taken from: the one that has most of its words, if it has enough.
    private static func origin(of words: Set<String>, in sentences: [Sentence]) -> Sentence? {
        let best = sentences.max { $0.words.intersection(words).count < $1.words.intersection(words).count }
        guard let best else { return nil }
        let part = Double(best.words.intersection(words).count) / Double(words.count)
        return part >= supported ? best : nil
    }

    /// Words that say something.
    private static func words(_ text: String) -> Set<String> {
        let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }
        return Set(words.filter { $0.count > 3 || $0.contains(where: \.isNumber) }.map(String.init))
    }

    // MARK: In the document's words

    /// The unit that answers, and that of another document where it says otherwise.
    private func quoted(_ question: String, _ found: FoundAnswer) -> (text: String, citations: [Citation]) {
        var quoted: [FoundAnswer.Unit] = []
        for unit in found.units where quoted.count < Self.mostQuoted {
            if let best = quoted.first {
                guard best.odds - unit.odds <= Self.nearlyAsLikely, contradicts(unit.unit, best.unit, question, found)
                else { continue }
            }
            quoted.append(unit)
        }
        return told(quoted, of: found)
    }

    /// The units that are nearest to a question which none clearly answers.
    func nearest(_ found: FoundAnswer) -> (text: String, citations: [Citation]) {
        let best = found.units[0]
        let told = ([best.unit] + Self.belonging(to: best.unit, found)).map(\.text)
        let other = found.units.dropFirst().prefix { best.odds - $0.odds <= Self.nearlyAsLikely }
            .first { !told.contains($0.unit.text) && !Self.belonging(to: $0.unit, found).contains(best.unit) }
        return self.told([best] + [other].compactMap(\.self), of: found)
    }

    /// Units in their documents' words, with the titles of these where they do not say themselves of what they speak.
    private func told(_ quoted: [FoundAnswer.Unit], of found: FoundAnswer) -> (text: String, citations: [Citation]) {
        var citations = Citations(found.passages)
        var parts: [String] = []
        for unit in quoted.map(\.unit) {
            let number = citations.number(of: unit.passage, quote: unit.text)
            // "He was born in …": of whom, its title says; and which of two documents says what.
            let isBare =
                language.sentences.pronoun.isFound(in: unit.text.prefix(8)) || quoted.count > 1
                || !Self.isSentence(unit.text)
            let subject = [found.passages[unit.passage].title, unit.heading].filter { !$0.isEmpty }
            // The quote stays as it stands in the document, line ends and all; what marks an item is left out.
            let line = ([unit] + Self.belonging(to: unit, found)).map(\.line).joined(separator: " ")
            parts.append("\(isBare ? "\(subject.joined(separator: ", ")): " : "")\(line) [\(number)]")
        }
        return (parts.joined(separator: parts.count > 1 ? "\n" : " "), citations.list)
    }

    /// Whether two documents say different figures to one question.
    private func contradicts(
        _ unit: PassageUnit, _ other: PassageUnit, _ question: String, _ found: FoundAnswer
    ) -> Bool {
        guard found.passages[unit.passage].document != found.passages[other.passage].document else { return false }
        // Where a date is asked for, two amounts are no contradiction.
        if let form = PassageQuestion(question, in: language).form {
            guard form.isIn(unit.line, in: language), form.isIn(other.line, in: language) else { return false }
        }
        let asked = Set(Figures.all(in: question))
        let (own, others) = (
            Set(Figures.all(in: unit.text)).subtracting(asked), Set(Figures.all(in: other.text)).subtracting(asked)
        )
        return !own.isEmpty && !others.isEmpty && own.isDisjoint(with: others)
    }

    /// What is told with a unit since it goes on from it: the next sentence of its paragraph, or the list under its colon.
    private static func belonging(to unit: PassageUnit, _ found: FoundAnswer) -> [PassageUnit] {
        let later = found.units.map(\.unit).filter { $0.passage == unit.passage && $0.place > unit.place }.sorted {
            $0.place < $1.place
        }
        if unit.text.last == ":" {
            var room = mostOfList
            return later.prefix(while: {
                room -= $0.line.count
                return $0.heading == unit.heading && room >= 0
            })
        }
        guard let next = later.first, next.paragraph == unit.paragraph,
            unit.line.count + next.line.count <= mostOfSentences
        else { return [] }
        return [next]
    }

    /// Characters that are told of a list, and of two sentences.
    private static let (mostOfList, mostOfSentences) = (400, 240)

    /// Whether a text says by itself of what it speaks: not a row, an item of two words or a member of a record.
    private static func isSentence(_ text: String) -> Bool {
        ".!?".contains(text.last ?? " ") && text.split(separator: " ").count >= 4
    }
}

/// The citations of an answer, numbered in the order in which they are first needed.
struct Citations {
    private let passages: [Passage]
    private(set) var list: [Citation] = []
    private var numbers: [String: Int] = [:]

    init(_ passages: [Passage]) {
        self.passages = passages
    }

    /// - Parameter quote: a part of the passage, exactly.
    mutating func number(of index: Int, quote: String) -> Int {
        let key = "\(index)\u{0}\(quote)"
        if let known = numbers[key] { return known }
        let passage = passages[index]
        let citation = Citation(
            number: list.count + 1, source: passage.source ?? passage.document, title: passage.title,
            location: passage.location, quote: quote)
        list.append(citation)
        numbers[key] = citation.number
        return citation.number
    }
}
