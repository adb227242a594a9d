import Core
import Foundation
import Understanding

/// A sentence of a passage, an item of a list, a row of a table, or a record: what is quoted as an answer.
struct PassageUnit: Sendable, Hashable {
    /// Exactly as it stands in the passage.
    var text: String
    /// The passage's place in the list of those that were found.
    var passage: Int
    /// The heading that it stands under in the passage; empty where there is none.
    var heading: String
    /// The names of the columns, where it is a row of a table that says them.
    var columns: [String] = []
    /// The place in the passage of the paragraph, the item or the row that it stands in.
    var paragraph: Int
    /// Its place in the passage.
    var place: Int
    /// Whether its lines are the members of a record.
    var isRecord = false

    /// Units of all passages that are looked at.
    static let most = 90
    /// Characters of a unit that is looked at; what is longer is no sentence.
    private static let longest = 700

    /// - Parameter passages: the best first. Each gives what it has before the next one does, until there are enough.
    static func all(of passages: [Passage], in language: QuestionLanguage) -> [PassageUnit] {
        var units: [PassageUnit] = []
        for (index, passage) in passages.enumerated() {
            var pieces = PassagePieces(of: passage, in: language).all
            pieces.removeAll { $0.text.count > longest || !$0.text.contains { $0.isLetter || $0.isNumber } }
            for (place, piece) in pieces.enumerated() {
                guard units.count < most else { return units }
                units.append(
                    PassageUnit(
                        text: piece.text, passage: index, heading: piece.heading, columns: piece.columns,
                        paragraph: piece.paragraph, place: place, isRecord: piece.isRecord))
            }
        }
        return units
    }

    /// The unit in one line that can be read alone: a row with the names of its columns, without the marks of an item, of a
    /// quotation or of a row.
    var line: String {
        let cells = TableRow.cells(of: text)
        if cells.count > 1, cells.count == columns.count {
            return zip(columns, cells).filter { !$1.isEmpty }.map { $0.isEmpty ? $1 : "\($0): \($1)" }.joined(
                separator: " · ")
        }
        var rest = text.drop { "-*+•–>| ".contains($0) }
        while let last = rest.last, "| ".contains(last) { rest = rest.dropLast() }
        let lines = (rest.isEmpty ? text[...] : rest).split(separator: "\n").map {
            $0.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
        let joined = lines.joined(separator: isRecord ? " · " : " ")
        return rest.isEmpty ? joined : joined.replacing("|", with: "·").replacing("**", with: "")
    }
}
