import Core
import Foundation
import Languages

/// Answers from passages of documents: every sentence is held against them, and says where it comes from.
struct PassageAnswer: Sendable {
    let model: any LanguageModel
    let embedder: any Embedder
    let planner: ContextPlanner
    var language = QuestionLanguage.english

    private static let tokens = 120
    /// The part of a sentence's words that must stand in the sentence it is taken from.
    private static let supported = 0.6
    /// Sentences of passages that are compared with the question.
    private static let mostSentences = 40

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
        _ question: String, _ passages: [Passage], persona: String, draft: inout AnswerDraft
    ) async throws -> (text: String, citations: [Citation]) {
        let sentences = passages.enumerated().flatMap { index, passage in
            Sentences.split(passage: passage.text, isRecord: ["json", "csv"].contains(passage.type), in: language).map {
                Sentence(
                    text: $0.trimmingCharacters(in: .whitespacesAndNewlines), passage: index, words: Self.words($0))
            }
        }.filter { !$0.words.isEmpty }
        // A smaller model leaves out what was asked for: asked how long a button is held, it said which one.
        if try await model.describe().isLarge,
            let written = try await written(question, passages, sentences, persona: persona, draft: &draft)
        {
            return written
        }
        draft.context = try await planner.quoted(question: question, part: .passages, passages.map(\.text))
        return try await quoted(question, passages, Array(sentences.prefix(Self.mostSentences)))
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

    /// The sentence that is nearest to the question.
    private func quoted(
        _ question: String, _ passages: [Passage], _ sentences: [Sentence]
    ) async throws -> (text: String, citations: [Citation]) {
        let vectors = try await embedder.embed(
            [question] + sentences.map { "\(passages[$0.passage].title). \($0.text)" })
        // A cancelled call gives fewer.
        try Task.checkCancellation()
        // The passage that was found to fit best comes first where sentences are about as near.
        let nearness = sentences.indices.map {
            AnchorIndex.cosine(vectors[0], vectors[$0 + 1]) - 0.2 * Double(sentences[$0].passage)
        }
        let best = sentences.indices.max { nearness[$0] < nearness[$1] }
        var citations = Citations(passages)
        guard let best else {
            let number = citations.number(of: 0, quote: passages[0].text)
            return ("\(passages[0].text) [\(number)]", citations.list)
        }
        let sentence = sentences[best]
        let title = passages[sentence.passage].title
        let number = citations.number(of: sentence.passage, quote: sentence.text)
        // "He was born in …": of whom, its title says.
        let subject = language.sentences.pronoun.isFound(in: sentence.text.prefix(8))
        // The quote stays as it stands in the document, line ends and all.
        let line = sentence.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return ("\(subject ? "\(title): " : "")\(line) [\(number)]", citations.list)
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
