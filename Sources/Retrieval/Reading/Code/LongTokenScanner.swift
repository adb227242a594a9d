/// Follows code line by line to know which lines begin within a comment or a string.
struct LongTokenScanner {
    private enum State: Equatable {
        case code
        case comment
        /// Until this byte comes so many times in a row.
        case quote(UInt8, count: Int)
    }

    private let language: CodeLanguage
    private var state = State.code

    init(_ language: CodeLanguage) { self.language = language }

    var isInside: Bool { state != .code }
    var isInComment: Bool { state == .comment }

    private var hasBlockComments: Bool { language.comments == .slashes || language.comments == .sql }

    mutating func scan(_ line: ArraySlice<UInt8>) {
        var index = line.startIndex
        while index < line.endIndex {
            switch state {
            case .code: scanCode(line, &index)
            case .comment:
                if line.starts(with: "*/", at: index) {
                    state = .code
                    index += 2
                } else {
                    index += 1
                }
            case .quote(let mark, let count):
                if line[index] == .backslash, mark != UInt8(ascii: "$") {
                    index += 2
                } else if isRun(line, index, mark, count) {
                    state = .code
                    index += count
                } else {
                    index += 1
                }
            }
        }
    }

    private mutating func scanCode(_ line: ArraySlice<UInt8>, _ index: inout Int) {
        let byte = line[index]
        if hasBlockComments, line.starts(with: "/*", at: index) {
            state = .comment
            index += 2
        } else if isLineComment(line, index) {
            index = line.endIndex
        } else if byte == .quote, language.longQuotes.contains(.tripleDouble), isRun(line, index, byte, 3) {
            state = .quote(byte, count: 3)
            index += 3
        } else if byte == UInt8(ascii: "'"), language.longQuotes.contains(.tripleSingle), isRun(line, index, byte, 3) {
            state = .quote(byte, count: 3)
            index += 3
        } else if byte == UInt8(ascii: "`"), language.longQuotes.contains(.backtick) {
            state = .quote(byte, count: 1)
            index += 1
        } else if byte == UInt8(ascii: "$"), language.longQuotes.contains(.dollars), isRun(line, index, byte, 2) {
            state = .quote(byte, count: 2)
            index += 2
        } else if byte == .quote || byte == UInt8(ascii: "'") {
            index = endOfString(line, index)
        } else {
            index += 1
        }
    }

    private func isRun(_ line: ArraySlice<UInt8>, _ index: Int, _ byte: UInt8, _ count: Int) -> Bool {
        index + count <= line.endIndex && line[index..<index + count].allSatisfy { $0 == byte }
    }

    private func isLineComment(_ line: ArraySlice<UInt8>, _ index: Int) -> Bool {
        switch language.comments {
        case .slashes: line.starts(with: "//", at: index)
        // `$#` and `${x#y}` are none.
        case .hash: line[index] == UInt8(ascii: "#") && (index == line.startIndex || line[index - 1].isSpace)
        case .dashes, .sql: line.starts(with: "--", at: index)
        case .semicolon: line[index] == UInt8(ascii: ";")
        case .percent, .none: false
        }
    }

    /// After the string that begins here, if it ends on this line; an apostrophe alone, as Rust's lifetimes have, is one
    /// byte.
    private func endOfString(_ line: ArraySlice<UInt8>, _ start: Int) -> Int {
        var index = start + 1
        while index < line.endIndex {
            if line[index] == .backslash {
                index += 2
            } else if line[index] == line[start] {
                return index + 1
            } else {
                index += 1
            }
        }
        return start + 1
    }
}
