/// The regular expressions of `pattern` (ECMA-262, as far as they are regular): what a string that matches is, as it is
/// written in JSON. Where other dialects read a character class otherwise, as Python's does, only what all of them take is
/// written: it is not known who will check it.
struct Pattern {
    private var reader: CharacterReader
    private var depth = 0
    private var hasTopAlternatives = false

    /// - Returns: nil where the pattern uses what is not supported: look-behind, look-ahead that is not at its beginning,
    ///   back references, word boundaries, or anchors that are not at an end.
    static func shape(_ pattern: String) -> TextShape? {
        guard PatternSyntax.problem(in: pattern) == nil else { return nil }
        var parser = Pattern(reader: CharacterReader(pattern))
        guard let (ahead, isAnchored) = parser.lookAhead() else { return nil }
        guard let expression = parser.alternatives(isTop: true, isAnchored: isAnchored), parser.reader.isAtEnd else {
            return nil
        }
        var shape = ahead
        // What was looked at stands before the first alternative only.
        if !ahead.saysNothing, parser.hasTopAlternatives { return nil }
        shape.required.insert(expression, at: 0)
        let all = shape.required + shape.forbidden
        return all.allSatisfy { $0.counters.depth < 2 || $0.counters.states <= mostCounterStates } ? shape : nil
    }

    /// `^(?=.*[0-9])(?!root$)`: what the whole text must be, and must not be, beside what follows.
    ///
    /// - Returns: nil where that is not supported.
    private mutating func lookAhead() -> (shape: TextShape, isAnchored: Bool)? {
        let start = reader
        guard reader.take("^"), reader.peek == "(" else {
            reader = start
            return (TextShape(), false)
        }
        var shape = TextShape()
        var here = reader
        while true {
            here = reader
            let isWanted = reader.take("(?=")
            guard isWanted || reader.take("(?!") else { break }
            guard let text = ahead() else { return nil }
            if isWanted { shape.required.append(text) } else { shape.forbidden.append(text) }
        }
        reader = here
        guard shape.saysNothing else { return (shape, true) }
        reader = start
        return (shape, false)
    }

    /// What is looked at, up to its closing bracket; anything may follow it, unless it says that nothing may.
    private mutating func ahead() -> Expression? {
        depth += 1
        defer { depth -= 1 }
        guard depth < PatternSyntax.mostDepth else { return nil }
        var choices: [Expression] = []
        repeat {
            var parts: [Expression] = []
            var isWhole = false
            // It is looked at the beginning in any case.
            _ = reader.take("^")
            while let scalar = reader.peek, scalar != "|", scalar != ")", !isWhole {
                if reader.take("$") {
                    isWhole = true
                } else if let part = repeated() {
                    parts.append(part)
                } else {
                    return nil
                }
            }
            if !isWhole { parts.append(Self.anything) }
            choices.append(.sequence(parts))
        } while reader.take("|")
        guard reader.take(")") else { return nil }
        return choices.count == 1 ? choices[0] : .choice(choices)
    }

    /// Counted repetitions within each other may be at any of their counts at once, and each is followed.
    private static let mostCounterStates = 1000

    private static let anything = Expression.repeated(JSONText.character, least: 0, most: nil)
    /// Ranges of characters in all classes together: `\W` alone has hundreds, and each becomes nodes of the automaton.
    private static let mostRanges = 20_000
    private var ranges = 0

    /// - Parameter isAnchored: whether the beginning was read already.
    private mutating func alternatives(isTop: Bool, isAnchored: Bool = false) -> Expression? {
        depth += 1
        defer { depth -= 1 }
        guard depth < PatternSyntax.mostDepth else { return nil }
        var choices: [Expression] = []
        repeat {
            guard let choice = sequence(isTop: isTop, isAnchored: isAnchored && choices.isEmpty) else { return nil }
            choices.append(choice)
        } while reader.take("|")
        if isTop { hasTopAlternatives = choices.count > 1 }
        return choices.count == 1 ? choices[0] : .choice(choices)
    }

    private mutating func sequence(isTop: Bool, isAnchored: Bool) -> Expression? {
        var parts: [Expression] = []
        // Unanchored, anything may stand around.
        if isTop, !isAnchored, !reader.take("^") { parts.append(Self.anything) }
        while let scalar = reader.peek, scalar != "|", scalar != ")" {
            if isTop, reader.take("$") {
                guard reader.isAtEnd || reader.peek == "|" else { return nil }
                return .sequence(parts)
            }
            guard let part = repeated() else { return nil }
            parts.append(part)
        }
        if isTop { parts.append(Self.anything) }
        return .sequence(parts)
    }

    private mutating func repeated() -> Expression? {
        guard let body = atom() else { return nil }
        var bounds: (least: Int, most: Int?)?
        if reader.take("*") {
            bounds = (0, nil)
        } else if reader.take("+") {
            bounds = (1, nil)
        } else if reader.take("?") {
            bounds = (0, 1)
        } else if reader.take("{") {
            // Without a lower bound it is a text to some.
            guard reader.peek != ",", let read = reader.bounds() else { return nil }
            bounds = read
        }
        guard let bounds else { return body }
        // Lazy or greedy, the same strings match.
        _ = reader.take("?")
        if let next = reader.peek, "*+?{".unicodeScalars.contains(next) { return nil }
        return .repeated(body, least: bounds.least, most: bounds.most)
    }

    private mutating func atom() -> Expression? {
        guard let scalar = reader.next() else { return nil }
        switch scalar {
        case "(":
            if reader.take("?") {
                // A name says nothing of what matches.
                guard reader.take(":") || takeGroupName() else { return nil }
            }
            guard let inner = alternatives(isTop: false), reader.take(")") else { return nil }
            return inner
        case "[": return characterClass().flatMap { written($0.common) }
        case ".": return JSONText.written(ScalarSet.all.subtracting(ScalarSet("\n\r\u{2028}\u{2029}")))
        case "\\": return escape().flatMap { written($0.common) }
        case "^", "$", "*", "+", "?", "{", ")": return nil
        default: return JSONText.written(ScalarSet(String(scalar)))
        }
    }

    /// - Returns: nil where the classes so far are too many together.
    private mutating func written(_ set: ScalarSet) -> Expression? {
        ranges += set.ranges.count
        return ranges <= Self.mostRanges ? JSONText.written(set) : nil
    }

    /// `<name>` of ECMA-262, `P<name>` of Python.
    private mutating func takeGroupName() -> Bool {
        _ = reader.take("P")
        guard reader.take("<") else { return false }
        var count = 0
        while let scalar = reader.next() {
            if scalar == ">" { return count > 0 }
            guard scalar == "_" || scalar.properties.isAlphabetic || (count > 0 && scalar.properties.numericType != nil)
            else { return false }
            count += 1
        }
        return false
    }

    private mutating func characterClass() -> CharacterClass? {
        let isNegated = reader.take("^")
        var parts: [CharacterClass] = []
        while !reader.take("]") {
            guard let low = classAtom() else { return nil }
            ranges += low.size
            guard ranges <= Self.mostRanges else { return nil }
            if reader.peek == "-" {
                _ = reader.next()
                if reader.peek == "]" {
                    parts += [low, CharacterClass(ScalarSet("-"))]
                    continue
                }
                guard let high = classAtom(), let from = low.single, let to = high.single, from <= to else {
                    return nil
                }
                parts.append(CharacterClass(ScalarSet([from...to])))
            } else {
                parts.append(low)
            }
        }
        let all = CharacterClass.union(parts)
        return isNegated ? all.complement : all
    }

    private mutating func classAtom() -> CharacterClass? {
        guard let scalar = reader.next() else { return nil }
        if scalar != "\\" { return CharacterClass(ScalarSet(String(scalar))) }
        return reader.take("b") ? CharacterClass(ScalarSet("\u{8}")) : escape()
    }

    private mutating func escape() -> CharacterClass? {
        guard let scalar = reader.next() else { return nil }
        switch scalar {
        case "d": return .digits
        case "D": return .notDigits
        case "w": return .word
        case "W": return .notWord
        case "s": return .space
        case "S": return .notSpace
        default: return character(escapedAs: scalar).map(CharacterClass.init)
        }
    }

    private mutating func character(escapedAs scalar: Unicode.Scalar) -> ScalarSet? {
        switch scalar {
        case "t": return ScalarSet("\t")
        case "n": return ScalarSet("\n")
        case "r": return ScalarSet("\r")
        case "f": return ScalarSet("\u{c}")
        case "v": return ScalarSet("\u{b}")
        case "0": return reader.peek?.properties.numericType == .decimal ? nil : ScalarSet("\0")
        case "x": return reader.hexadecimal(2).map { ScalarSet([$0...$0]) }
        case "u": return reader.hexadecimal(4).map { ScalarSet([$0...$0]) }
        // A letter or digit that is left means something else than itself.
        case _ where scalar.properties.isAlphabetic || scalar.properties.numericType != nil: return nil
        default: return ScalarSet(String(scalar))
        }
    }
}

extension Expression {
    /// How deep counted repetitions stand in each other, and how many states their counters have together.
    fileprivate var counters: (depth: Int, states: Int) {
        switch self {
        case .bytes, .rule: return (0, 1)
        case .sequence(let parts), .choice(let parts):
            let inner = parts.map(\.counters)
            return (inner.map(\.depth).max() ?? 0, inner.map(\.states).max() ?? 1)
        case .repeated(let body, let least, let most):
            let inner = body.counters
            let count = most ?? least
            return count > 1 ? (inner.depth + 1, min(1_000_000, inner.states) * count) : inner
        }
    }
}
