/// Whether a `pattern` is a regular expression at all (ECMA-262), told in one pass over it and without any engine: what
/// somebody else's schema holds is checked before anything is made of it. What is well-formed may still be more than
/// Squire enforces (look-around, back references); then it stays an annotation.
package enum PatternSyntax {
    /// As of `Pattern`, which compiles no longer or deeper one.
    static let mostBytes = 16_384
    static let mostDepth = 50
    private static let mostRepetitions = 1_000_000_000

    /// What is wrong with a pattern and where; nil where nothing is.
    package static func problem(in pattern: String) -> String? {
        guard pattern.utf8.count <= mostBytes else { return "is longer than \(mostBytes) bytes" }
        var reader = CharacterReader(pattern)
        var depth = 0
        // Whether something stands before that can be repeated.
        var isRepeatable = false
        while let scalar = reader.next() {
            let place = "at character \(reader.position)"
            switch scalar {
            case "\\":
                guard reader.next() != nil else { return "ends in a backslash" }
                isRepeatable = true
            case "[":
                guard skipClass(&reader) else { return "has a [ without its ], \(place)" }
                isRepeatable = true
            case "(":
                depth += 1
                guard depth < mostDepth else { return "has groups in each other, more than \(mostDepth), \(place)" }
                if reader.take("?") {
                    for kind in ["<=", "<!", ":", "=", "!"] where reader.take(kind) { break }
                }
                isRepeatable = false
            case ")":
                guard depth > 0 else { return "has a ) without its (, \(place)" }
                depth -= 1
                isRepeatable = true
            case "|": isRepeatable = false
            case "*", "+", "?":
                guard isRepeatable else { return "has nothing before the \(scalar) that could be repeated, \(place)" }
                _ = reader.take("?")
                isRepeatable = false
            case "{":
                var ahead = reader
                guard let bounds = counts(&ahead) else {
                    // To ECMA-262 it is a brace like any other.
                    isRepeatable = true
                    continue
                }
                reader = ahead
                guard isRepeatable else { return "has nothing before the {…} that could be repeated, \(place)" }
                guard bounds.most.map({ $0 >= bounds.least }) ?? true else {
                    return "repeats at least \(bounds.least) and at most \(bounds.most ?? 0) times, \(place)"
                }
                guard max(bounds.least, bounds.most ?? 0) <= mostRepetitions else {
                    return "repeats more than \(mostRepetitions) times, \(place)"
                }
                _ = reader.take("?")
                isRepeatable = false
            case "^", "$": isRepeatable = false
            default: isRepeatable = true
            }
        }
        return depth == 0 ? nil : "has a ( without its )"
    }

    private static func skipClass(_ reader: inout CharacterReader) -> Bool {
        while let scalar = reader.next() {
            if scalar == "]" { return true }
            if scalar == "\\", reader.next() == nil { return false }
        }
        return false
    }

    /// `2}`, `2,}` or `2,3}`; nil where that is no repetition.
    private static func counts(_ reader: inout CharacterReader) -> (least: Int, most: Int?)? {
        func number() -> Int? {
            var value: Int?
            while let digit = reader.peek, digit.isASCII, let number = Int(String(digit)) {
                _ = reader.next()
                value = min((value ?? 0) * 10 + number, mostRepetitions + 1)
            }
            return value
        }
        guard let least = number() else { return nil }
        guard reader.take(",") else { return reader.take("}") ? (least, least) : nil }
        if reader.take("}") { return (least, nil) }
        guard let most = number(), reader.take("}") else { return nil }
        return (least, most)
    }
}
