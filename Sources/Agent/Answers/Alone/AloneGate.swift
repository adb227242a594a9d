import Core
import Foundation
import Languages
import Understanding

/// Lets through what a small model says by itself, sentence by sentence, as far as it states nothing specific that nobody
/// looked up: no figure and no name that the conversation has not. Of a model of any size it lets through nothing that says
/// that something was done, for no call did it.
struct AloneGate: Sendable {
    private let facts: FactCheck
    private let check: AloneCheck
    private let claims: DoneClaims?
    /// What the sentences are held against beside figures and names; nil where nothing is.
    private let relation: AloneRelation?
    private let language: QuestionLanguage
    /// What is written of a sentence that is not at its end.
    private var open = ""
    /// Whether a sentence was kept back.
    private(set) var keptBack = false
    /// The verb of which a sentence that was kept back said that it was done.
    private(set) var unproved: String?
    /// Sentences that were kept back since the last that was let through.
    private var inRow = 0

    /// Sentences in a row after which nothing better is to be expected.
    private static let mostInRow = 3

    /// Whether what comes will not be let through either.
    var isHopeless: Bool { inRow >= Self.mostInRow }

    /// - Parameters:
    ///   - given: the conversation, and what the model was told.
    ///   - claims: finds what is said to have been done; nil where that is not looked for.
    ///   - relation: to the message; nil where a sentence may have none.
    init(
        given: [String], check: AloneCheck, claims: DoneClaims? = nil, relation: AloneRelation? = nil,
        language: QuestionLanguage = .english
    ) {
        self.language = language
        self.relation = relation
        self.claims = check == .nothing ? nil : claims
        facts = FactCheck(texts: [], given: given)
        self.check = check
    }

    /// Takes more of what the model writes.
    ///
    /// - Returns: what of it may be said.
    mutating func add(_ text: String) -> String {
        guard check != .nothing else { return text }
        var said = ""
        for character in text {
            // What stands between two sentences goes with the one before.
            if let last = open.last, last.isWhitespace || last.isNewline, !character.isWhitespace, Self.isOver(open) {
                said += passed()
            }
            open.append(character)
        }
        // A sentence that can claim nothing is handed on word by word.
        if check == .doings, let claims, !claims.mayBegin(open) {
            said += open
            open = ""
        }
        return said
    }

    /// - Returns: what was left of what may be said.
    mutating func finish() -> String { passed() }

    private static func isOver(_ text: String) -> Bool {
        if text.last?.isNewline == true { return true }
        guard let end = text.last(where: { !$0.isWhitespace && !"\"”’')]*_".contains($0) }) else { return false }
        // "1. Wash it" is one.
        return ".!?".contains(end) && !number.isFound(in: text)
    }

    private static let number = TextPattern(#"^\s*\d+[.)]\s*$"#)
    private static let item = TextPattern(#"^\s*\d+[.)]\s"#)

    private mutating func passed() -> String {
        defer { open = "" }
        guard !open.allSatisfy(\.isWhitespace) else { return open }
        // A name in quotation marks or brackets is one.
        let plain = Self.item.replacing(in: open, with: "").filter { !"\"“”()".contains($0) }
        if let verb = claims?.claim(in: plain.trimmingCharacters(in: .whitespacesAndNewlines)) {
            unproved = unproved ?? verb
            return keepBack()
        }
        let unsupported =
            switch check {
            case .nothing, .doings: [String]()
            case .figures: facts.unsupportedFigures(in: plain)
            case .figuresAndNames: facts.unsupported(in: plain)
            }
        guard unsupported.isEmpty, check == .doings || !statesNumber(plain),
            relation?.holds(for: plain.trimmingCharacters(in: .whitespacesAndNewlines)) ?? true
        else {
            return keepBack()
        }
        inRow = 0
        return open
    }

    private mutating func keepBack() -> String {
        keptBack = true
        inRow += 1
        return ""
    }

    /// Whether a number of more than a few is written in words: "two million".
    private func statesNumber(_ text: String) -> Bool {
        text.lowercased().split { !$0.isLetter }.contains {
            let word = String($0)
            let value = language.numbers.value(of: word) ?? language.words.numbers.scales[word] ?? 0
            return value >= Self.leastStated
        }
    }

    private static let leastStated = 100.0
}
