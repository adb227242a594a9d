/// What a pattern is made of.
indirect enum PatternNode {
    case empty
    case set(PatternSet)
    case sequence([PatternNode])
    case choice([PatternNode])
    case repeated(PatternNode, least: Int, most: Int?, isLazy: Bool)
    case group(Int, PatternNode)
    case start
    case end
    case wordBoundary
    case ahead(PatternNode, isWanted: Bool)

    /// Whether what it takes has no end.
    var isUnbounded: Bool {
        switch self {
        case .repeated(let body, _, let most, _): most == nil || body.isUnbounded
        case .sequence(let parts), .choice(let parts): parts.contains(where: \.isUnbounded)
        case .group(_, let body), .ahead(let body, _): body.isUnbounded
        case .empty, .set, .start, .end, .wordBoundary: false
        }
    }
}

/// Reads the notation of `TextPattern`. A mistake is the programmer's and ends the program.
struct PatternParser {
    private let source: String
    private let scalars: [Unicode.Scalar]
    private var position = 0
    private var ignoresCase = false
    /// Groups so far; 0 is the whole.
    private(set) var groups = 1

    init(_ source: String) {
        self.source = source
        scalars = Array(source.unicodeScalars)
    }

    mutating func parse() -> PatternNode {
        let node = alternatives()
        check(position == scalars.count)
        return node
    }

    private var peek: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    private func check(_ isRight: Bool) {
        precondition(isRight, "no pattern, at \(position): \(source)")
    }

    private mutating func next() -> Unicode.Scalar {
        check(position < scalars.count)
        defer { position += 1 }
        return scalars[position]
    }

    private mutating func take(_ text: String) -> Bool {
        guard scalars[position...].starts(with: text.unicodeScalars) else { return false }
        position += text.unicodeScalars.count
        return true
    }

    private mutating func alternatives() -> PatternNode {
        let before = ignoresCase
        defer { ignoresCase = before }
        var choices = [sequence()]
        while take("|") { choices.append(sequence()) }
        return choices.count == 1 ? choices[0] : .choice(choices)
    }

    private mutating func sequence() -> PatternNode {
        var parts: [PatternNode] = []
        while let scalar = peek, scalar != "|", scalar != ")" {
            if take("(?i)") { ignoresCase = true } else { parts.append(repeated()) }
        }
        return parts.count == 1 ? parts[0] : .sequence(parts)
    }

    private mutating func repeated() -> PatternNode {
        let body = atom()
        let bounds: (Int, Int?)
        if take("*") {
            bounds = (0, nil)
        } else if take("+") {
            bounds = (1, nil)
        } else if take("?") {
            bounds = (0, 1)
        } else if take("{") {
            let least = number()
            let most = take(",") ? (peek == "}" ? nil : number()) : least
            check(take("}"))
            bounds = (least, most)
        } else {
            return body
        }
        return .repeated(body, least: bounds.0, most: bounds.1, isLazy: take("?"))
    }

    private mutating func number() -> Int {
        var value = 0
        while let digit = peek.flatMap({ Int(String($0)) }) {
            value = value * 10 + digit
            position += 1
        }
        return value
    }

    private mutating func atom() -> PatternNode {
        if take("(?:") { return closed(alternatives()) }
        if take("(?i:") {
            let before = ignoresCase
            defer { ignoresCase = before }
            ignoresCase = true
            return closed(alternatives())
        }
        for (opening, isWanted) in [("(?=", true), ("(?!", false)] where take(opening) {
            let body = closed(alternatives())
            check(!body.isUnbounded)
            return .ahead(body, isWanted: isWanted)
        }
        switch next() {
        case "(":
            let number = groups
            groups += 1
            return .group(number, closed(alternatives()))
        case "[": return .set(characterClass())
        case ".": return .set(.any)
        case "^": return .start
        case "$": return .end
        case "\\":
            if take("b") { return .wordBoundary }
            var set = PatternSet()
            escape(into: &set)
            set.close()
            return .set(set)
        case let scalar:
            check(!"*+?{)".unicodeScalars.contains(scalar))
            var set = PatternSet()
            set.add(scalar.value...scalar.value, ignoringCase: ignoresCase)
            set.close()
            return .set(set)
        }
    }

    private mutating func closed(_ node: PatternNode) -> PatternNode {
        check(take(")"))
        return node
    }

    private mutating func characterClass() -> PatternSet {
        var set = PatternSet()
        let isNegated = take("^")
        var isFirst = true
        while isFirst || peek != "]" {
            isFirst = false
            var low = next()
            if low == "\\" {
                guard let single = escape(into: &set) else { continue }
                low = single
            }
            var high = low
            if peek == "-", position + 1 < scalars.count, scalars[position + 1] != "]" {
                position += 1
                high = next()
                if high == "\\" { high = next() }
            }
            check(low.value <= high.value)
            set.add(low.value...high.value, ignoringCase: ignoresCase)
        }
        check(take("]"))
        if isNegated { set.negate() }
        set.close()
        return set
    }

    /// Adds what an escape stands for to a set.
    ///
    /// - Returns: the character where it is a single one, with which in a class a range may begin.
    @discardableResult
    private mutating func escape(into set: inout PatternSet) -> Unicode.Scalar? {
        let scalar = next()
        switch scalar {
        case "d": set.add(.digit, isNegated: false)
        case "D": set.add(.digit, isNegated: true)
        case "s": set.add(.space, isNegated: false)
        case "S": set.add(.space, isNegated: true)
        case "w": set.add(.word, isNegated: false)
        case "W": set.add(.word, isNegated: true)
        case "p":
            if take("{Lu}") {
                set.add(.uppercaseLetter, isNegated: false)
            } else if take("{L}") {
                set.add(.letter, isNegated: false)
            } else {
                check(take("{N}"))
                set.add(.number, isNegated: false)
            }
        default:
            let single: Unicode.Scalar = scalar == "n" ? "\n" : scalar == "t" ? "\t" : scalar
            check(single != scalar || !scalar.properties.isAlphabetic && scalar.properties.numericType == nil)
            set.add(single.value...single.value, ignoringCase: ignoresCase)
            return single
        }
        return nil
    }
}
