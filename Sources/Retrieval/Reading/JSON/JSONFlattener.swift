/// Reads JSON values as `path: value` lines, in the order they stand in, numbers as they are written. It also takes
/// comments and trailing commas, as configuration files have.
struct JSONFlattener {
    struct Failure: Error {
        enum Reason {
            case unexpected, endsEarly, tooDeep, tooLong
        }

        var reason: Reason
        var offset: Int
    }

    /// A value's lines, and what it calls itself.
    struct Value {
        var lines: [UInt8] = []
        var title: String?
    }

    private let text: [UInt8]
    private let nesting: Int
    private let outputLimit: Int
    private var written = 0
    private(set) var index = 0

    /// - Parameters:
    ///   - text: UTF-8.
    ///   - outputLimit: bytes of all lines: names are repeated in each line below them.
    init(_ text: [UInt8], nesting: Int, outputLimit: Int) {
        self.text = text
        self.nesting = nesting
        self.outputLimit = outputLimit
    }

    /// The next byte that is neither blank nor comment; nil at the end.
    mutating func peek() -> UInt8? {
        while index < text.count {
            let byte = text[index]
            if byte.isSpace {
                index += 1
            } else if byte != UInt8(ascii: "/") {
                return byte
            } else if text.starts(with: "//", at: index) {
                skipLine()
            } else if text.starts(with: "/*", at: index) {
                index = text.offset(of: "*/", from: index + 2).map { $0 + 2 } ?? text.count
            } else {
                return byte
            }
        }
        return nil
    }

    /// Moves past a value without looking whether it is a good one.
    mutating func skip() {
        var depth = 0
        while let byte = peek() {
            switch byte {
            case .quote: skipString()
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                index += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                index += 1
            case UInt8(ascii: ","), .colon: index += 1
            default: while index < text.count, !text[index].isSpace, !",:]}".utf8.contains(text[index]) { index += 1 }
            }
            if depth <= 0 { return }
        }
    }

    private mutating func skipString() {
        index += 1
        while index < text.count, text[index] != .quote { index += text[index] == .backslash ? 2 : 1 }
        index = min(index + 1, text.count)
    }

    mutating func skipLine() {
        while index < text.count, text[index] != .newline { index += 1 }
    }

    /// What stands after an element: another one, or the end of the array or object.
    ///
    /// - Parameter end: the byte that closes it.
    mutating func takesAnother(before end: UInt8) throws(Failure) -> Bool {
        if peek() == UInt8(ascii: ",") {
            index += 1
            guard peek() != end else {
                index += 1
                return false
            }
            return true
        }
        try take(end)
        return false
    }

    mutating func take(_ byte: UInt8) throws(Failure) {
        guard peek() == byte else { throw unexpected() }
        index += 1
    }

    mutating func value(path: String = "") throws(Failure) -> Value {
        var value = Value()
        var path = Array(path.utf8)
        try flatten(&path, depth: 0, into: &value)
        if value.lines.last == .newline { value.lines.removeLast() }
        return value
    }

    private mutating func flatten(_ path: inout [UInt8], depth: Int, into value: inout Value) throws(Failure) {
        guard depth < nesting else { throw Failure(reason: .tooDeep, offset: index) }
        switch peek() {
        case UInt8(ascii: "{"): try flattenObject(&path, depth: depth, into: &value)
        case UInt8(ascii: "["): try flattenArray(&path, depth: depth, into: &value)
        default: try write(scalar(), path: path, to: &value)
        }
    }

    private mutating func flattenObject(_ path: inout [UInt8], depth: Int, into value: inout Value) throws(Failure) {
        index += 1
        if peek() == UInt8(ascii: "}") {
            index += 1
            return
        }
        let length = path.count
        repeat {
            let key = try string()
            try take(.colon)
            if depth == 0, key.count <= 8, Self.isTitle(key), peek() == .quote {
                let start = index
                let text = try string()
                index = start
                if value.title == nil { value.title = text.text.asHeading.nonBlank }
            }
            if !path.isEmpty { path.append(UInt8(ascii: ".")) }
            path += key.count <= Self.keyLimit ? key : Array((key.text.prefix(50) + "…").utf8)
            try flatten(&path, depth: depth + 1, into: &value)
            path.removeLast(path.count - length)
        } while try takesAnother(before: UInt8(ascii: "}"))
    }

    /// Values without members of their own stand on one line.
    private mutating func flattenArray(_ path: inout [UInt8], depth: Int, into value: inout Value) throws(Failure) {
        index += 1
        if peek() == UInt8(ascii: "]") {
            index += 1
            return
        }
        let length = path.count
        var scalars: [UInt8] = []
        var number = 0
        repeat {
            if let next = peek(), next == UInt8(ascii: "{") || next == UInt8(ascii: "[") {
                path += "[\(number)]".utf8
                try flatten(&path, depth: depth + 1, into: &value)
                path.removeLast(path.count - length)
            } else {
                let scalar = try scalar()
                if !scalars.isEmpty, !scalar.isEmpty { scalars += ", ".utf8 }
                scalars += scalar
            }
            number += 1
        } while try takesAnother(before: UInt8(ascii: "]"))
        try write(scalars, path: path, to: &value)
    }

    private mutating func write(_ scalar: [UInt8], path: [UInt8], to value: inout Value) throws(Failure) {
        guard scalar.contains(where: { !$0.isSpace }) else { return }
        let path = Self.shortened(path)
        written += path.count + scalar.count
        guard written <= outputLimit else { throw Failure(reason: .tooLong, offset: index) }
        if !path.isEmpty {
            value.lines += path
            value.lines += ": ".utf8
        }
        value.lines += scalar
        value.lines.append(.newline)
    }

    /// A path's last names: each value under it repeats it, so that a deep one would make a text many times longer.
    private static func shortened(_ path: [UInt8]) -> [UInt8] {
        guard path.count > pathLimit else { return path }
        let end = path.suffix(pathLimit)
        // Not within a character, where no name ends in it.
        let start = end.firstIndex(of: .dot) ?? end.firstIndex { $0 & 0xC0 != 0x80 } ?? end.endIndex
        return Array("…".utf8) + end[start...]
    }

    /// - Returns: nothing for `null`.
    private mutating func scalar() throws(Failure) -> [UInt8] {
        guard let first = peek() else { throw unexpected() }
        if first == .quote { return try string() }
        let start = index
        while index < text.count, text[index].isLetter || text[index].isDigit || "+-.".utf8.contains(text[index]) {
            index += 1
        }
        let word = text[start..<index]
        if word.elementsEqual("null".utf8) { return [] }
        guard let initial = word.first, initial.isDigit || initial == .hyphen || Self.words.contains(word.text) else {
            index = start
            throw unexpected()
        }
        return Array(word)
    }

    private func unexpected() -> Failure {
        Failure(reason: index >= text.count ? .endsEarly : .unexpected, offset: index)
    }

    /// - Returns: UTF-8.
    mutating func string() throws(Failure) -> [UInt8] {
        try take(.quote)
        var result: [UInt8] = []
        while index < text.count {
            let start = index
            while index < text.count, text[index] != .quote, text[index] != .backslash { index += 1 }
            result += text[start..<index]
            guard index + 1 < text.count || index < text.count && text[index] == .quote else { break }
            index += 1
            if text[index - 1] == .quote { return result }
            try escape(into: &result)
        }
        index = text.count
        throw unexpected()
    }

    private mutating func escape(into result: inout [UInt8]) throws(Failure) {
        let byte = text[index]
        index += 1
        switch byte {
        case UInt8(ascii: "n"), UInt8(ascii: "r"): result.append(.newline)
        case UInt8(ascii: "t"): result.append(.tab)
        case UInt8(ascii: "b"), UInt8(ascii: "f"): result.append(.space)
        case UInt8(ascii: "u"):
            var units = [try hexUnit()]
            if units[0] & 0xFC00 == 0xD800, text.starts(with: "\\u", at: index) {
                index += 2
                units.append(try hexUnit())
            }
            // Half a pair stands for nothing.
            result += String(decoding: units, as: UTF16.self).utf8.filter { $0 != 0 }
        default: result.append(byte)
        }
    }

    private mutating func hexUnit() throws(Failure) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard index < text.count, let digit = text[index].hexValue else { throw unexpected() }
            unit = unit << 4 | UInt16(digit)
            index += 1
        }
        return unit
    }

    /// Bytes of a name in a path: a path is repeated for each value under it.
    private static let keyLimit = 200
    /// Bytes of a path.
    private static let pathLimit = 400
    /// Whether a member of this name says what an object is about.
    static func isTitle(_ key: [UInt8]) -> Bool {
        ["title", "name", "headline", "subject"].contains(key.text.lowercased())
    }

    private static let words: Set<String> = ["true", "false", "NaN", "Infinity"]
}
