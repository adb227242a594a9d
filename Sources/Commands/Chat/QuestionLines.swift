/// A question of several lines: one that ends in a backslash goes on with the next.
struct QuestionLines {
    private var lines: [String] = []

    var isEmpty: Bool { lines.isEmpty }
    var text: String { lines.joined(separator: "\n") }

    /// Takes the next line of the editor, in which line ends that were pasted stand as signs.
    ///
    /// - Returns: whether the question is complete.
    mutating func add(_ line: String) -> Bool {
        let line = line.replacing(String(Character(PasteFilter.lineEnd)), with: "\n")
        // Two backslashes are one that was meant.
        let isContinued = !line.reversed().prefix { $0 == "\\" }.count.isMultiple(of: 2)
        lines.append(isContinued ? String(line.dropLast()) : line)
        return !isContinued
    }
}
