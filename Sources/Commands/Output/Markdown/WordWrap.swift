/// Breaks text between words at a terminal's edge, as it comes: a word is written when it is known where it ends.
///
/// Widths are columns, not characters: an ideograph takes two, a combining mark none.
struct WordWrap {
    /// The columns of a line.
    let width: Int
    /// What stands before the lines that one is broken into.
    var hangingIndent = ""
    /// Columns of the current line that are taken.
    private(set) var column = 0

    private var gap = ""
    private var word = ""
    private var wordWidth = 0

    /// - Parameter width: 1 or more.
    init(width: Int) {
        self.width = max(width, 1)
    }

    /// Whether nothing stands on the current line, and nothing waits to be written on it.
    var isAtLineStart: Bool { column == 0 && word.isEmpty }

    /// Takes text without line ends.
    mutating func add(_ text: some StringProtocol, to output: inout String) {
        for character in text {
            guard !character.isWhitespace || character == "\u{A0}" else {
                flush(to: &output)
                gap.append(character == "\t" ? "    " : " ")
                continue
            }
            let columns = Columns.width(of: character)
            // Between ideographs a line may be broken anywhere (UAX 14, class ID).
            if columns == 2, character.unicodeScalars.first?.properties.isIdeographic == true {
                flush(to: &output)
                word.append(character)
                wordWidth = columns
                flush(to: &output)
                continue
            }
            word.append(character)
            wordWidth += columns
        }
    }

    /// Takes a change of the terminal's style, which has no width.
    mutating func mark(_ code: String) {
        word += code
    }

    /// Writes the word that is waiting, on a line of its own where it does not fit.
    mutating func flush(to output: inout String) {
        guard !word.isEmpty else { return }
        defer { word = "" }
        guard wordWidth > 0 else {
            output += word
            return
        }
        let indent = Columns.width(of: hangingIndent)
        if column > indent, column + gap.count + wordWidth > width {
            output += "\n" + hangingIndent
            column = indent
        } else {
            output += gap
            column += gap.count
        }
        gap = ""
        output += word
        column += wordWidth
        // A word that is longer than a line is broken by the terminal.
        if column > width { column = (column - 1) % width + 1 }
        wordWidth = 0
    }

    /// Ends the line.
    mutating func endLine(_ output: inout String) {
        flush(to: &output)
        output += "\n"
        (gap, column) = ("", 0)
    }
}
