/// Tells text that is pasted from keys that are typed, so that pasted lines are one question.
///
/// Terminals mark what is pasted (xterm, "Bracketed Paste Mode": `ESC [ 200 ~` … `ESC [ 201 ~`). Where one does not, lines that
/// come at once were not typed.
struct PasteFilter {
    /// Stands for a line's end inside a question: the editor shows a question on one line.
    static let lineEnd: Unicode.Scalar = "⏎"

    private static let opening = Array("\u{1B}[200~".utf8)
    private static let closing = Array("\u{1B}[201~".utf8)

    private var isPasting = false
    /// Bytes that may be the beginning of a mark or of a character.
    private var rest: [UInt8] = []
    /// Line ends of a paste behind which nothing has come yet: those at its end are not the question's.
    private var heldEnds = 0
    private var wasReturn = false

    /// Takes bytes of the terminal.
    ///
    /// - Parameter isMoreComing: whether there are more to be read at once.
    /// - Returns: the characters for the editor, in which a line's end ends the question.
    mutating func add(_ bytes: some Sequence<UInt8>, isMoreComing: Bool) -> [Unicode.Scalar] {
        let input = rest + bytes
        rest = []
        var output: [Unicode.Scalar] = []
        var index = 0
        while index < input.count {
            let mark = isPasting ? Self.closing : Self.opening
            if input[index] == 0x1B {
                let tail = input[index...].prefix(mark.count)
                if tail.elementsEqual(mark) {
                    isPasting.toggle()
                    (heldEnds, wasReturn) = (0, false)
                    index += mark.count
                    continue
                }
                if tail.count < mark.count, mark.starts(with: tail), isPasting || isMoreComing {
                    rest = Array(tail)
                    break
                }
                // Alt-Enter.
                if !isPasting, index + 1 < input.count, Self.isLineEnd(input[index + 1]) {
                    output.append(Self.lineEnd)
                    index += 2
                    continue
                }
            }
            let byte = input[index]
            if isPasting, Self.isLineEnd(byte) {
                if byte != 0x0A || !wasReturn { heldEnds += 1 }
                wasReturn = byte == 0x0D
                index += 1
                continue
            }
            output += repeatElement(Self.lineEnd, count: heldEnds)
            (heldEnds, wasReturn) = (0, false)
            if Self.isLineEnd(byte) {
                let end = Self.endOfLine(in: input, from: index)
                if end == input.count, !isMoreComing {
                    // However many: an empty question is none.
                    output.append("\n")
                    index = end
                } else {
                    output.append(Self.lineEnd)
                    index = Self.pair(in: input, from: index)
                }
                continue
            }
            guard byte >= 0x80 else {
                // Controls that are pasted do nothing to the editor.
                if !isPasting || byte >= 0x20 && byte != 0x7F || byte == 0x09 { output.append(Unicode.Scalar(byte)) }
                index += 1
                continue
            }
            let length = Self.length(ofCharacterAt: byte)
            guard index + length <= input.count else {
                rest = Array(input[index...])
                break
            }
            let text = String(decoding: input[index..<index + length], as: UTF8.self)
            output += text.unicodeScalars
            index += length
        }
        return output
    }

    private static func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

    /// Behind all line ends that follow each other.
    private static func endOfLine(in bytes: [UInt8], from index: Int) -> Int {
        bytes[index...].firstIndex { !isLineEnd($0) } ?? bytes.count
    }

    /// Behind one line end, `\r\n` being one.
    private static func pair(in bytes: [UInt8], from index: Int) -> Int {
        bytes[index] == 0x0D && index + 1 < bytes.count && bytes[index + 1] == 0x0A ? index + 2 : index + 1
    }

    /// RFC 3629, section 3.
    private static func length(ofCharacterAt byte: UInt8) -> Int {
        switch byte {
        case 0xC2...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF4: 4
        default: 1
        }
    }
}
