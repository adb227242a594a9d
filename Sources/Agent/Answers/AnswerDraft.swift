import Core
import Foundation
import Understanding

/// An answer while it is made, told to whoever waits for it: what is stored when it is cut.
struct AnswerDraft: Sendable {
    /// Tells what happens while the answer is made.
    let emit: @Sendable (Assistant.Event) -> Void
    private(set) var text = ""
    var citations: [Citation] = []
    var usage = Usage()
    var finishReason = FinishReason.stop
    var context: ContextLedger?
    private(set) var firstToken: ContinuousClock.Instant?
    /// What was added, with what it rests on; what goes on from the same is one.
    private var parts: [(text: String, from: Support.Origin?)] = []

    init(emit: @escaping @Sendable (Assistant.Event) -> Void = { _ in }) {
        self.emit = emit
    }

    /// Adds a text and tells it.
    ///
    /// - Parameter origin: what the text rests on; nil for a sentence of Squire's own, which asserts nothing.
    mutating func say(_ more: String, from origin: Support.Origin? = nil) {
        add(more, from: origin)
        emit(.token(more))
    }

    /// Adds a text that was told before.
    mutating func add(_ more: String, from origin: Support.Origin?) {
        if firstToken == nil { firstToken = .now }
        text += more
        if let last = parts.indices.last, parts[last].from == origin {
            parts[last].text += more
        } else {
            parts.append((more, origin))
        }
    }

    /// What each sentence of the text rests on.
    var support: [Support] {
        parts.flatMap { part -> [Support] in
            guard let origin = part.from else { return [] }
            let lines = part.text.split(whereSeparator: \.isNewline).map(String.init)
            return lines.flatMap { Sentences.split($0, after: ".!?") }.reduce(into: []) { all, sentence in
                var sentence = sentence
                // A marker stands behind the end of its sentence.
                if let match = Self.opening.firstMatch(in: sentence) {
                    if let last = all.indices.last, all[last].number == nil { all[last].number = Int(match.text(1)) }
                    sentence = Self.opening.replacing(in: sentence, with: "")
                }
                let number = Self.marker.firstMatch(in: sentence).flatMap { Int($0.text(1)) }
                let plain = Self.marker.replacing(in: sentence, with: "").trimmingCharacters(in: .whitespaces)
                if !plain.isEmpty { all.append(Support(text: plain, from: origin, number: number)) }
            }
        }
    }

    private static let opening = TextPattern(#"^\s*\[(\d+)\]\s*"#)
    /// ` [2]`
    private static let marker = TextPattern(#"\s*\[(\d+)\]"#)
}
