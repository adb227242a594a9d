import Core
import Foundation
import Understanding

/// What speaks for a unit of a passage being the answer to a question, as named figures; `Benchmarks/fit_passages.py` fits
/// what each weighs.
struct PassageEvidence: Sendable {
    enum Name: String, CaseIterable, Sendable {
        /// Cosines of the question with the passage, and with the unit beside its title and heading.
        case passageMeaning, unitMeaning
        /// How much more the unit means than the best unit of any other document.
        case lead
        /// The part of the question's words that stand in its passage or title or heading.
        case passageWords
        /// The part that stand in the unit, by how rare they are among the passages that were found.
        case rareUnitWords
        /// The part of the question's names, figures and codes that stand in the unit, in its passage or title or heading.
        case unitNames, passageNames
        /// 1 where the unit has what the question's words ask for (a number, a time, a name), -1 where not, 0 where they do
        /// not say.
        case answerKind
        /// The same for how the answer is written (an amount of money, a date), where the question's words say that.
        case answerForm
        /// The part of the unit's words that the question has not.
        case tells
        /// The logarithm of the unit's words.
        case length
        /// 1 for the passage that search ranks first, half for the second, and so on.
        case rank
        /// 1 for the first unit of a passage, which most often says what the others are about.
        case isFirst
        /// The logarithm of the words that say what the question is about: of few, more are found by chance.
        case questionWords
    }

    /// In the order of `Name`.
    var values: [Double]
}

/// A question as it is compared with passages.
struct PassageQuestion: Sendable {
    let text: String
    let words: Set<String>
    /// Stems of the words that say what it is about.
    let stems: Set<String>
    /// Names, figures and codes, in lower case.
    let names: Set<String>
    let kind: AnswerKind?
    let form: AnswerForm?

    init(_ text: String, in language: QuestionLanguage) {
        self.text = text
        let tokens = text.prefix(2000).split { !$0.isLetter && !$0.isNumber && $0 != "'" && $0 != "-" }.map(String.init)
        let lower = tokens.map { $0.lowercased() }
        words = Set(lower)
        stems = Set(lower.filter { language.common.isContent($0) && $0.count > 1 }.map(language.stem.of))
        names = Set(
            tokens.enumerated().filter { index, token in
                token.contains(where: \.isNumber)
                    || index > 0 && token.first?.isUppercase == true && language.common.isContent(token.lowercased())
            }.map { $0.element.lowercased() })
        kind = AnswerKind(of: lower, in: language)
        form = AnswerForm(of: lower, in: language)
    }
}

/// Weighs which unit of the passages that were found answers a question, if any does.
struct PassageJudge: Sendable {
    let embedder: any Embedder
    let language: QuestionLanguage

    /// A unit with what speaks for it.
    struct Weighed: Sendable {
        var unit: PassageUnit
        var evidence: PassageEvidence
    }

    /// The part of a title's characters that are letters or between words; what has fewer says nothing that a sentence could
    /// be near to, and would only lead away from it.
    private static let leastOfWords = 0.8

    /// A title as far as it is words; empty for a file's name of signs.
    private static func spoken(_ title: String) -> String {
        let words = title.count { $0.isLetter || $0.isNumber || $0 == " " || $0 == "-" || $0 == "_" }
        return Double(words) >= leastOfWords * Double(title.count) ? title : ""
    }

    /// Characters of a passage whose meaning is compared.
    private static let compared = 1000

    /// - Parameters:
    ///   - passages: the best first.
    ///   - count: how many of them are read; by the others it is known which words of the question are rare.
    func weighed(
        _ question: PassageQuestion, _ passages: [Passage], reading count: Int = .max
    ) async throws -> [Weighed] {
        let units = PassageUnit.all(of: Array(passages.prefix(count)), in: language)
        guard !units.isEmpty else { return [] }
        let texts = units.map { unit in
            [Self.spoken(passages[unit.passage].title), unit.heading, unit.line].filter { !$0.isEmpty }.joined(
                separator: ". ")
        }
        // What no search has compared with the question yet.
        let bare = passages.prefix(count).indices.filter { passages[$0].similarity == nil }
        let vectors = try await embedder.embed(
            [question.text] + texts + bare.map { String(passages[$0].text.prefix(Self.compared)) })
        // A cancelled call gives fewer.
        try Task.checkCancellation()
        guard vectors.count == texts.count + bare.count + 1 else { return [] }
        let cosines = vectors.dropFirst().map { AnchorIndex.cosine(vectors[0], $0) }
        let meaning = cosines.prefix(texts.count)
        var passageMeaning = passages.map { $0.similarity ?? 0 }
        for (place, index) in bare.enumerated() { passageMeaning[index] = cosines[texts.count + place] }
        let around = passages.map { passage in stems("\(passage.title) \(passage.text)") }
        let lowered = passages.map { " \($0.title) \($0.text) ".lowercased() }
        let rarity = Dictionary(
            uniqueKeysWithValues: question.stems.map { stem in
                (stem, log(Double(passages.count + 1) / Double(around.count { $0.contains(stem) } + 1)) + 0.1)
            })
        let allRarity = rarity.values.reduce(0, +)
        var bestOf: [String: Double] = [:]
        for (unit, meaning) in zip(units, meaning) {
            let document = passages[unit.passage].document
            bestOf[document] = max(bestOf[document] ?? -1, meaning)
        }
        return zip(units, meaning).map { unit, meaning in
            let passage = passages[unit.passage]
            let own = stems(unit.line)
            func part(_ found: Int, of all: Int) -> Double { all == 0 ? 1 : Double(found) / Double(all) }
            let unitLower = " \(unit.heading) \(unit.text) ".lowercased()
            let rest = bestOf.filter { $0.key != passage.document }.values.max() ?? 0
            let known = question.stems.intersection(around[unit.passage])
            let rare = question.stems.intersection(own).map { rarity[$0] ?? 0 }.reduce(0, +)
            let content = own.filter { $0.count > 1 }
            let values: [PassageEvidence.Name: Double] = [
                .passageMeaning: passageMeaning[unit.passage],
                .unitMeaning: meaning,
                .lead: meaning - rest,
                .passageWords: part(known.count, of: question.stems.count),
                .rareUnitWords: allRarity == 0 ? 1 : rare / allRarity,
                .unitNames: part(question.names.count { unitLower.contains($0) }, of: question.names.count),
                .passageNames: part(
                    question.names.count { lowered[unit.passage].contains($0) }, of: question.names.count),
                .answerKind: question.kind.map { $0.isIn(unit.text, unlike: question.words, in: language) ? 1 : -1 }
                    ?? 0,
                .answerForm: question.form.map { $0.isIn(unit.line, in: language) ? 1 : -1 } ?? 0,
                .tells: part(content.subtracting(question.stems).count, of: content.count),
                .length: log(Double(unit.line.split(whereSeparator: \.isWhitespace).count + 1)),
                .rank: 1 / Double(1 + unit.passage),
                .isFirst: unit.place == 0 ? 1 : 0,
                .questionWords: log(Double(question.stems.count + 1)),
            ]
            return Weighed(
                unit: unit, evidence: PassageEvidence(values: PassageEvidence.Name.allCases.map { values[$0] ?? 0 }))
        }
    }

    private func stems(_ text: String) -> Set<String> {
        Set(Stem.words(in: text).filter(language.common.isContent).map(language.stem.of))
    }
}
