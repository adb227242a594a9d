import Core
import Foundation
import Understanding

/// A sentence of a passage, a line of a list or a table, or a member of a record: what is quoted as an answer.
struct PassageUnit: Sendable, Hashable {
    /// Exactly as it stands in the passage.
    var text: String
    /// The passage's place in the list of those that were found.
    var passage: Int
    /// The heading that it stands under in the passage; empty where there is none.
    var heading: String
    /// Its place in the passage.
    var place: Int

    /// Units of all passages that are looked at.
    static let most = 60
    /// Characters of a unit that is looked at; what is longer is no sentence.
    private static let longest = 700

    /// - Parameter passages: the best first. Each gives what it has before the next one does, until there are enough.
    static func all(of passages: [Passage], in language: QuestionLanguage) -> [PassageUnit] {
        var units: [PassageUnit] = []
        for (index, passage) in passages.enumerated() {
            var heading = ""
            var place = 0
            for text in pieces(of: passage, in: language) {
                if text.hasPrefix("#") {
                    heading = text.drop { $0 == "#" || $0 == " " }.trimmingCharacters(in: .whitespaces)
                    continue
                }
                guard text.count <= longest, text.contains(where: { $0.isLetter || $0.isNumber }) else { continue }
                guard units.count < most else { return units }
                units.append(PassageUnit(text: text, passage: index, heading: heading, place: place))
                place += 1
            }
        }
        return units
    }

    private static func pieces(of passage: Passage, in language: QuestionLanguage) -> [String] {
        var pieces: [String] = []
        var paragraph: [Substring] = []
        func close() {
            guard !paragraph.isEmpty else { return }
            pieces += Sentences.split(paragraph.joined(separator: "\n"), after: ".!?", in: language).map {
                $0.trimmingCharacters(in: .whitespacesAndNewlines)
            }
            paragraph = []
        }
        let isRecord = ["json", "csv"].contains(passage.type)
        for line in withoutFrontMatter(passage).split(separator: "\n", omittingEmptySubsequences: false) {
            let trimmed = line.trimmingCharacters(in: .whitespaces)
            if trimmed.isEmpty {
                close()
            } else if isRecord || standsAlone(trimmed) {
                close()
                pieces += trimmed.hasPrefix("#") ? [trimmed] : Sentences.split(trimmed, after: ".!?", in: language)
            } else {
                paragraph.append(line)
            }
        }
        close()
        return pieces
    }

    /// Whether a line is no part of the text around it: a heading, an item, a row, a name with a value.
    private static func standsAlone(_ line: String) -> Bool {
        if line.hasPrefix("|") || line.hasPrefix("#") || line.hasPrefix(">") { return true }
        if let first = line.first, "-*+•–".contains(first), line.dropFirst().first == " " { return true }
        if numbered.isFound(in: line) { return true }
        guard let colon = line.firstIndex(of: ":") else { return false }
        let name = line[..<colon]
        return name.count <= 40 && name.split(separator: " ").count <= 4 && !name.contains(".")
    }

    private static let numbered = TextPattern(#"^\d{1,3}[.)] "#)

    /// A document's first passage without the lines between `---` that say what it is, which answer nothing.
    private static func withoutFrontMatter(_ passage: Passage) -> Substring {
        let text = passage.text[...]
        guard text.hasPrefix("---\n"), let end = text.dropFirst(4).range(of: "\n---\n") else { return text }
        return text[end.upperBound...]
    }
}
