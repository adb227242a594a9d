/// What a parser makes of the values it reads.
protocol JSONBuilder {
    associatedtype Value

    func scalar(_ value: JSONValue, line: Int) -> Value
    /// - Parameter first: where the list's values begin in `values`; it holds all up to the end.
    func list(_ values: [Value], from first: Int, line: Int) -> Value
    /// - Parameters:
    ///   - firstName: where the object's names begin in `names`; it holds all up to the end.
    ///   - firstValue: where the values of those names begin in `values`.
    mutating func object(
        _ names: [String], from firstName: Int, _ values: [Value], from firstValue: Int, line: Int
    ) -> Value
}

/// Reads one JSON text (RFC 8259) in a single pass over its bytes.
///
/// Each byte is looked at a bounded number of times, so that the time is linear in the text's length whatever it holds.
/// Nothing is repaired: broken UTF-8, lone surrogates and control characters in strings are errors.
struct JSONParser<Builder: JSONBuilder> {
    /// The text and a zero after it, which stands in no JSON text: no look at the next byte needs to ask for the end.
    private let bytes: [UInt8]
    private let end: Int
    private let limits: JSONLimits
    private(set) var builder: Builder
    private var position = 0
    private var line = 1
    private var count = 0
    /// The members of the open objects, and the values of the open objects and lists, innermost last.
    private var names: [String] = []
    private var values: [Builder.Value] = []
    private var remembered = RememberedNames()
    /// A string with escapes while it is read.
    private var unescaped: [UInt8] = []

    init(_ text: consuming [UInt8], limits: JSONLimits, builder: Builder) {
        end = text.count
        text.append(0)
        bytes = text
        self.limits = limits
        self.builder = builder
    }

    /// Reads the whole text.
    mutating func read() throws(JSONError) -> Builder.Value {
        guard end <= limits.bytes else {
            throw JSONError(
                .beyondLimit, "the text has \(end) bytes; at most \(limits.bytes) are read", offset: limits.bytes,
                line: 1)
        }
        // A byte order mark may be passed over (section 8.1).
        if end >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { position = 3 }
        skipSpace()
        let value = try value(depth: 0)
        skipSpace()
        guard position == end else { throw malformed("there is something after the value") }
        return value
    }

    // MARK: Values

    private mutating func value(depth: Int) throws(JSONError) -> Builder.Value {
        count += 1
        guard count <= limits.values else {
            throw failure(.beyondLimit, "there are more than \(limits.values) values")
        }
        switch bytes[position] {
        case UInt8(ascii: "{"): return try object(depth: depth + 1)
        case UInt8(ascii: "["): return try list(depth: depth + 1)
        case UInt8(ascii: "\""): return builder.scalar(.string(try string()), line: line)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            return builder.scalar(try number(), line: line)
        case UInt8(ascii: "t"):
            try word("true")
            return builder.scalar(.bool(true), line: line)
        case UInt8(ascii: "f"):
            try word("false")
            return builder.scalar(.bool(false), line: line)
        case UInt8(ascii: "n"):
            try word("null")
            return builder.scalar(.null, line: line)
        default: throw malformed("a value is missing")
        }
    }

    private mutating func list(depth: Int) throws(JSONError) -> Builder.Value {
        try enter(depth)
        let opening = line
        let first = values.count
        if bytes[position] == UInt8(ascii: "]") {
            position += 1
            return builder.list(values, from: first, line: opening)
        }
        while true {
            let item = try value(depth: depth)
            values.append(item)
            if try ends(with: UInt8(ascii: "]"), "a comma or ] is missing in a list") { break }
        }
        let list = builder.list(values, from: first, line: opening)
        values.removeSubrange(first...)
        return list
    }

    private mutating func object(depth: Int) throws(JSONError) -> Builder.Value {
        try enter(depth)
        let opening = line
        let firstName = names.count
        let firstValue = values.count
        if bytes[position] == UInt8(ascii: "}") {
            position += 1
            return builder.object(names, from: firstName, values, from: firstValue, line: opening)
        }
        while true {
            guard bytes[position] == UInt8(ascii: "\"") else { throw malformed("a name in quotation marks is missing") }
            let name = try name()
            names.append(name)
            skipSpace()
            guard bytes[position] == UInt8(ascii: ":") else { throw malformed("a colon is missing after a name") }
            position += 1
            skipSpace()
            let member = try value(depth: depth)
            values.append(member)
            if try ends(with: UInt8(ascii: "}"), "a comma or } is missing in an object") { break }
        }
        let object = builder.object(names, from: firstName, values, from: firstValue, line: opening)
        names.removeSubrange(firstName...)
        values.removeSubrange(firstValue...)
        return object
    }

    /// Passes over an opening bracket.
    private mutating func enter(_ depth: Int) throws(JSONError) {
        guard depth <= limits.depth else {
            throw failure(.beyondLimit, "lists and objects are nested more than \(limits.depth) deep")
        }
        position += 1
        skipSpace()
    }

    /// Passes over what follows a member or an item: a comma, or the bracket that ends them.
    private mutating func ends(with closing: UInt8, _ problem: String) throws(JSONError) -> Bool {
        skipSpace()
        let byte = bytes[position]
        if byte == closing {
            position += 1
            return true
        }
        guard byte == UInt8(ascii: ",") else { throw malformed(problem) }
        position += 1
        skipSpace()
        return false
    }

    private mutating func word(_ word: String) throws(JSONError) {
        var index = position
        for byte in word.utf8 {
            guard bytes[index] == byte else { throw malformed("there is a word that is none of true, false and null") }
            index += 1
        }
        position = index
    }

    private mutating func skipSpace() {
        while true {
            switch bytes[position] {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): position += 1
            case UInt8(ascii: "\n"):
                position += 1
                line += 1
            default: return
            }
        }
    }

    // MARK: Numbers

    private mutating func number() throws(JSONError) -> JSONValue {
        guard let written = JSONNumber(bytes, at: position) else {
            throw malformed("a number is not written as JSON writes numbers")
        }
        guard let value = written.value(of: bytes) else {
            throw failure(.beyondLimit, "a number is too long or too large")
        }
        position = written.range.upperBound
        return value
    }

    // MARK: Strings

    private mutating func name() throws(JSONError) -> String {
        let start = position + 1
        if let length = plainLength(from: start), let name = remembered.name(bytes, start, length) {
            position = start + length + 1
            return name
        }
        let name = try string()
        remembered.add(bytes, name, start, position - start - 1)
        return name
    }

    /// How many bytes stand before the closing quotation mark; nil where there are escapes or bytes beyond ASCII.
    private func plainLength(from start: Int) -> Int? {
        var index = start
        while true {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\"") { return index - start }
            if byte == UInt8(ascii: "\\") || byte < 0x20 || byte >= 0x80 { return nil }
            index += 1
        }
    }

    /// Reads a string from its opening quotation mark.
    private mutating func string() throws(JSONError) -> String {
        position += 1
        let start = position
        var isASCII = true
        while true {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") {
                defer { position += 1 }
                return try text(bytes[start..<position], isASCII: isASCII, start: start)
            }
            if byte == UInt8(ascii: "\\") { return try escapedString(start, isASCII: isASCII) }
            guard byte >= 0x20 else { throw unescapable() }
            if byte >= 0x80 { isASCII = false }
            position += 1
        }
    }

    /// The rest of a string in which an escape was met.
    private mutating func escapedString(_ start: Int, isASCII: Bool) throws(JSONError) -> String {
        var isASCII = isASCII
        unescaped.removeAll(keepingCapacity: true)
        unescaped += bytes[start..<position]
        while true {
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: "\""):
                let text = try text(unescaped[...], isASCII: isASCII, start: start)
                position += 1
                return text
            case UInt8(ascii: "\\"):
                if try escape() { isASCII = false }
            case ..<0x20: throw unescapable()
            default:
                if byte >= 0x80 { isASCII = false }
                unescaped.append(byte)
                position += 1
            }
        }
    }

    /// Reads one escape.
    ///
    /// - Returns: whether it stands for a character beyond ASCII.
    private mutating func escape() throws(JSONError) -> Bool {
        let letter = bytes[position + 1]
        guard letter != UInt8(ascii: "u") else {
            let scalar = try escapedScalar()
            unescaped += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
            return !scalar.isASCII
        }
        let plain: UInt8? =
            switch letter {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): letter
            case UInt8(ascii: "b"): 0x08
            case UInt8(ascii: "f"): 0x0C
            case UInt8(ascii: "n"): 0x0A
            case UInt8(ascii: "r"): 0x0D
            case UInt8(ascii: "t"): 0x09
            default: nil
            }
        guard let plain else { throw malformed("a string has an escape that JSON does not know") }
        unescaped.append(plain)
        position += 2
        return false
    }

    /// The character of `\uXXXX`, or of two of them that are a surrogate pair.
    private mutating func escapedScalar() throws(JSONError) -> Unicode.Scalar {
        let first = try hexadecimal()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard first < 0xDC00, bytes[position] == UInt8(ascii: "\\"), bytes[position + 1] == UInt8(ascii: "u") else {
            throw malformed("a string has half of a surrogate pair")
        }
        let second = try hexadecimal()
        guard (0xDC00..<0xE000).contains(second),
            let scalar = Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
        else { throw malformed("a string has half of a surrogate pair") }
        return scalar
    }

    /// The four digits of `\uXXXX`.
    private mutating func hexadecimal() throws(JSONError) -> UInt32 {
        var code: UInt32 = 0
        for index in position + 2..<position + 6 {
            let byte = bytes[min(index, end)]
            let digit: UInt8? =
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
                case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
                case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
                default: nil
                }
            guard let digit else { throw malformed("a string has \\u without four hexadecimal digits") }
            code = code << 4 | UInt32(digit)
        }
        position += 6
        return code
    }

    private func text(_ slice: ArraySlice<UInt8>, isASCII: Bool, start: Int) throws(JSONError) -> String {
        if isASCII { return String(decoding: slice, as: UTF8.self) }
        guard let text = String(validating: slice, as: UTF8.self) else {
            throw JSONError(.malformed, "a string is not valid UTF-8", offset: start, line: line)
        }
        return text
    }

    // MARK: Errors

    /// The error for a byte that no string may hold.
    private func unescapable() -> JSONError {
        malformed(
            position >= end ? "the text ends inside a string" : "a string has a control character that is not escaped")
    }

    private func malformed(_ reason: String) -> JSONError {
        failure(.malformed, position >= end ? "the text ends too early: \(reason)" : reason)
    }

    private func failure(_ code: JSONError.Code, _ reason: String) -> JSONError {
        JSONError(code, reason, offset: position, line: line)
    }
}

/// Names of members that were read already: documents repeat a few names thousands of times, and one string serves all
/// of them.
private struct RememberedNames {
    private struct Entry {
        var name: String
        var start: Int
        var length: Int
    }

    private var entries: [Entry?] = Array(repeating: nil, count: 256)

    /// Shorter names are kept within a `String` itself and cost nothing.
    private static let lengths = 16...64

    func name(_ bytes: [UInt8], _ start: Int, _ length: Int) -> String? {
        guard Self.lengths.contains(length), let entry = entries[Self.slot(bytes, start, length)],
            entry.length == length
        else { return nil }
        for index in 0..<length where bytes[entry.start + index] != bytes[start + index] { return nil }
        return entry.name
    }

    mutating func add(_ bytes: [UInt8], _ name: String, _ start: Int, _ length: Int) {
        guard Self.lengths.contains(length), name.utf8.count == length else { return }
        entries[Self.slot(bytes, start, length)] = Entry(name: name, start: start, length: length)
    }

    private static func slot(_ bytes: [UInt8], _ start: Int, _ length: Int) -> Int {
        (length &* 31 &+ Int(bytes[start]) &* 7 &+ Int(bytes[start + length - 1]) &* 13
            &+ Int(bytes[start + length / 2]))
            & 255
    }
}
