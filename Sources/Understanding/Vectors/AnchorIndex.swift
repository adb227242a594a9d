package import Core
import Foundation
import Languages

/// How near questions are to the texts they are compared with.
package struct AnchorIndex: Sendable {
    private let vectors: TextVectors

    package init(vectors: TextVectors) {
        self.vectors = vectors
    }

    /// A text that questions are compared with: as it stands, and with its names, numbers and dates taken out. A question
    /// about Paris is not near to every other question about Paris.
    package struct Anchor: Sendable {
        var text: String
        var frame: String

        package init(_ text: String, in language: QuestionLanguage) {
            self.init(text, language.dates, language.words.conversation.frame)
        }

        init(_ text: String, _ dates: DateMentions, _ words: ConversationWords.Frame) {
            self.text = text
            frame = AnchorIndex.frame(text, dates, words)
        }

        package var texts: [String] { [text, frame] }
    }

    /// The vectors of an anchor, which count half and half.
    package struct Sense: Sendable {
        package var text: [Float]
        var frame: [Float]

        package func nearness(_ other: Sense) -> Double {
            (AnchorIndex.cosine(text, other.text) + AnchorIndex.cosine(frame, other.frame)) / 2
        }
    }

    /// The senses of anchors; computed where they are not there.
    package func senses(of anchors: [Anchor]) async throws -> [Sense] {
        let texts = anchors.flatMap(\.texts)
        let vectors = try await vectors.embed(texts)
        // A cancelled call gives fewer.
        try Task.checkCancellation()
        guard vectors.count == texts.count else { throw CancellationError() }
        return anchors.indices.map { Sense(text: vectors[2 * $0], frame: vectors[2 * $0 + 1]) }
    }

    /// The senses of those anchors that are computed already.
    package func known(_ anchors: [Anchor]) -> [Sense] {
        let vectors = vectors.known(anchors.flatMap(\.texts))
        return anchors.indices.compactMap { index in
            guard let text = vectors[2 * index], let frame = vectors[2 * index + 1] else { return nil }
            return Sense(text: text, frame: frame)
        }
    }

    /// A tool's examples, the one nearest to a question first.
    ///
    /// - Parameter asked: the anchors of the first of them; those beyond are left out.
    package func examples(
        of tool: Tool, _ asked: [Anchor], nearestTo question: String, in language: QuestionLanguage
    ) async throws -> [Tool.Example] {
        let sense = try await senses(of: [Anchor(question, in: language)])[0]
        let nearness = try await senses(of: asked).map { $0.nearness(sense) }
        return zip(tool.examples, nearness).sorted { $0.1 > $1.1 }.map(\.0)
    }

    /// Vectors of two widths are of two makers, and are not alike.
    package static func cosine(_ a: [Float], _ b: [Float]) -> Double {
        guard a.count == b.count else { return 0 }
        var sum: Float = 0
        for index in a.indices { sum += a[index] * b[index] }
        return Double(sum)
    }

    /// A text with common words in place of its names, numbers and dates.
    private static func frame(_ text: String, _ dates: DateMentions, _ words: ConversationWords.Frame) -> String {
        var rest = text
        if !dates.extract(from: &rest, today: "2000-01-01").isEmpty { rest += " \(words.day)" }
        return name.replacing(in: number.replacing(in: rest, with: words.number)) { "\($0.text(1))\(words.place)" }
    }

    private static let number = TextPattern(#"\d+(?:[.,:]\d+)*"#)
    private static let name = TextPattern(#"([a-z,:] )\p{Lu}[\p{L}.]+(?:,? \p{Lu}[\p{L}.]+)*"#)
}
