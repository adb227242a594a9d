@testable import Understanding

/// The lists of words that stand in Swift code: three or more in one string, or in one array.
struct WordLiterals {
    private(set) var lists: [[String]] = []

    private static let least = 3
    /// What takes a message for developers and logs.
    private static let messages: Set = [
        "AgentError", "CallFormatError", "TooLong.besides", "logger.debug", "logger.info", "logger.error", "TraceEntry",
        "preconditionFailure", "Self.unreadable",
    ]

    init(in code: String) {
        var reader = CodeReader(Array(code))
        reader.read()
        for literal in reader.literals where Self.messages.isDisjoint(with: literal.calls) {
            let runs = Self.runs(in: literal.text)
            lists += runs
        }
        for (_, literals) in Dictionary(grouping: reader.literals.filter { $0.array != nil }, by: \.array) {
            let words = literals.map(\.text).filter { $0.count > 1 && $0.allSatisfy { $0.isLowercase && $0.isASCII } }
            if words.count >= Self.least { lists.append(words) }
        }
    }

    /// Words in lower case with nothing but spaces and what parts alternatives between them.
    private static func runs(in text: String) -> [[String]] {
        var runs: [[String]] = []
        var run: [String] = []
        var word = ""
        var previous: Character = " "
        func close() {
            if run.count >= least { runs.append(run) }
            run = []
        }
        for character in text + "." {
            if character.isASCII, character.isLowercase || character == "'" {
                // An escape of a pattern, the end of a name.
                if word.isEmpty, previous == "\\" || previous.isUppercase { close() }
                word.append(character)
            } else {
                if word.count > 1, !character.isUppercase { run.append(word) } else if !word.isEmpty { close() }
                word = ""
                if !(character.isWhitespace || "|,;".contains(character)) { close() }
            }
            previous = character
        }
        return runs
    }
}

/// Finds the strings of Swift code, with the calls and arrays they stand in.
private struct CodeReader {
    struct Literal {
        var text: String
        /// What is called with it, at whatever depth.
        var calls: Set<String>
        /// The innermost array that it is an item of.
        var array: Int?
    }

    private(set) var literals: [Literal] = []
    private let code: [Character]
    private var index = 0
    private var open: [(bracket: Character, call: String, start: Int)] = []

    init(_ code: [Character]) { self.code = code }

    mutating func read() {
        while index < code.count {
            switch code[index] {
            case "/" where starts("//"):
                while index < code.count, !code[index].isNewline { index += 1 }
            case "\"",
                "#" where starts("#\"") || starts("##\"") || code[index] == "\"":
                string()
            case "(", "[", "{":
                open.append((code[index], name(before: index), index))
                index += 1
            case ")", "]", "}":
                _ = open.popLast()
                index += 1
            default: index += 1
            }
        }
    }

    private func starts(_ text: String) -> Bool { code[index...].starts(with: text) }

    private func name(before place: Int) -> String {
        var start = place
        while start > 0, code[start - 1].isLetter || code[start - 1].isNumber || code[start - 1] == "." { start -= 1 }
        return String(code[start..<place])
    }

    private mutating func string() {
        let hashes = String(code[index...].prefix { $0 == "#" })
        index += hashes.count
        let quotes = starts("\"\"\"") ? "\"\"\"" : "\""
        index += quotes.count
        var text = ""
        while index < code.count, !starts(quotes + hashes) {
            guard starts("\\" + hashes) else {
                text.append(code[index])
                index += 1
                continue
            }
            index += 1 + hashes.count
            if index < code.count, code[index] == "(" {
                interpolation()
                // What is put in parts the words beside it.
                text.append("{")
            } else {
                // A character of a pattern stays as it is; a line's end parts words.
                text.append(hashes.isEmpty && index < code.count && code[index] == "n" ? "\n" : "\\")
                index += 1
            }
        }
        index += quotes.count + hashes.count
        let array = open.last.flatMap { $0.bracket == "[" ? $0.start : nil }
        literals.append(Literal(text: text, calls: Set(open.map(\.call)), array: array))
    }

    private mutating func interpolation() {
        var depth = 0
        repeat {
            if code[index] == "(" { depth += 1 } else if code[index] == ")" { depth -= 1 }
            index += 1
        } while depth > 0 && index < code.count
    }
}
