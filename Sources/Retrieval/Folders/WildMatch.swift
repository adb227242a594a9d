/// Shell patterns as git matches them (its `wildmatch.c`, without case folding), on bytes: names of files need not be
/// text.
struct WildMatch {
    private enum Outcome {
        case match
        case noMatch
        /// No later place in the text can match either.
        case abort
        /// As `abort`, but for a `**` further out.
        case abortToStarStar
    }

    private let pattern: ArraySlice<UInt8>
    private let text: ArraySlice<UInt8>
    /// Whether `/` is matched only by itself and by `**`.
    private let isPath: Bool

    /// Whether all of `text` matches.
    static func matches(_ pattern: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>, isPath: Bool) -> Bool {
        WildMatch(pattern: pattern, text: text, isPath: isPath)
            .match(from: pattern.startIndex, at: text.startIndex) == .match
    }

    /// The pattern's byte; 0 from its end on, as in C.
    private func patternByte(_ index: Int) -> UInt8 { index < pattern.endIndex ? pattern[index] : 0 }

    private func match(from start: Int, at textStart: Int) -> Outcome {
        var p = start
        var t = textStart
        while p < pattern.endIndex {
            if t >= text.endIndex, pattern[p] != ASCII.star { return .abort }
            switch pattern[p] {
            case ASCII.question:
                if isPath, text[t] == ASCII.slash { return .noMatch }
            case ASCII.star:
                switch star(&p, start: start, at: &t) {
                case let outcome?: return outcome
                case nil: break
                }
            case ASCII.openBracket:
                switch bracket(&p, text[t]) {
                case nil: return .abort
                case let isIn?:
                    if !isIn || isPath && text[t] == ASCII.slash { return .noMatch }
                }
            case ASCII.backslash:
                p += 1
                if patternByte(p) != text[t] || p >= pattern.endIndex { return .noMatch }
            default:
                if pattern[p] != text[t] { return .noMatch }
            }
            p += 1
            t += 1
        }
        return t < text.endIndex ? .noMatch : .match
    }

    /// One or more `*` at `p`.
    ///
    /// - Returns: how the whole ends; nil where matching goes on after `p` and `t`.
    private func star(_ p: inout Int, start: Int, at t: inout Int) -> Outcome? {
        let first = p
        p += 1
        var matchesSlash = !isPath
        if patternByte(p) == ASCII.star {
            while patternByte(p) == ASCII.star { p += 1 }
            let isWholeComponent =
                (first == start || pattern[first - 1] == ASCII.slash)
                && (p >= pattern.endIndex || pattern[p] == ASCII.slash
                    || pattern[p] == ASCII.backslash && patternByte(p + 1) == ASCII.slash)
            if isPath, isWholeComponent {
                // `a/**/b` matches `a/b`: here `**/` stands for nothing.
                if patternByte(p) == ASCII.slash, match(from: p + 1, at: t) == .match { return .match }
                matchesSlash = true
            }
        }
        if p >= pattern.endIndex {
            return !matchesSlash && text[t...].contains(ASCII.slash) ? .abortToStarStar : .match
        }
        if !matchesSlash, pattern[p] == ASCII.slash {
            guard let slash = text[t...].firstIndex(of: ASCII.slash) else { return .abortToStarStar }
            t = slash
            return nil
        }
        while t < text.endIndex {
            // What comes before the next literal byte must belong to the star.
            if !pattern[p].isGlobSpecial {
                while t < text.endIndex, matchesSlash || text[t] != ASCII.slash, text[t] != pattern[p] { t += 1 }
                guard t < text.endIndex, text[t] == pattern[p] else {
                    return matchesSlash ? .abort : .abortToStarStar
                }
            }
            let rest = match(from: p, at: t)
            if rest != .noMatch {
                if !matchesSlash || rest != .abortToStarStar { return rest }
            } else if !matchesSlash, text[t] == ASCII.slash {
                return .abortToStarStar
            }
            t += 1
        }
        return .abort
    }

    /// A set of bytes from `[` at `p` to its `]`, where it leaves `p`.
    ///
    /// - Returns: whether `byte` is in it; nil where the set does not end or names no class.
    private func bracket(_ p: inout Int, _ byte: UInt8) -> Bool? {
        p += 1
        let isNegated = patternByte(p) == ASCII.exclamation || patternByte(p) == ASCII.caret
        if isNegated { p += 1 }
        var isIn = false
        var previous: UInt8 = 0
        repeat {
            var current = patternByte(p)
            if current == 0 { return nil }
            if current == ASCII.backslash {
                p += 1
                current = patternByte(p)
                if current == 0 { return nil }
                if byte == current { isIn = true }
            } else if current == ASCII.dash, previous != 0, patternByte(p + 1) != 0,
                patternByte(p + 1) != ASCII.closeBracket
            {
                p += 1
                current = patternByte(p)
                if current == ASCII.backslash {
                    p += 1
                    current = patternByte(p)
                    if current == 0 { return nil }
                }
                if byte <= current, byte >= previous { isIn = true }
                current = 0
            } else if current == ASCII.openBracket, patternByte(p + 1) == ASCII.colon {
                let name = p + 2
                var end = name
                while patternByte(end) != 0, patternByte(end) != ASCII.closeBracket { end += 1 }
                if patternByte(end) == 0 { return nil }
                if end > name, pattern[end - 1] == ASCII.colon {
                    guard let isInClass = byte.isIn(class: pattern[name..<end - 1]) else { return nil }
                    if isInClass { isIn = true }
                    p = end
                    current = 0
                } else {
                    // No `:]`: the bracket is one of the bytes.
                    if byte == ASCII.openBracket { isIn = true }
                }
            } else if byte == current {
                isIn = true
            }
            previous = current
            p += 1
        } while patternByte(p) != ASCII.closeBracket
        return isIn != isNegated
    }
}

/// Bytes that mean something in patterns and paths.
enum ASCII {
    static let star = UInt8(ascii: "*")
    static let question = UInt8(ascii: "?")
    static let slash = UInt8(ascii: "/")
    static let backslash = UInt8(ascii: "\\")
    static let openBracket = UInt8(ascii: "[")
    static let closeBracket = UInt8(ascii: "]")
    static let exclamation = UInt8(ascii: "!")
    static let caret = UInt8(ascii: "^")
    static let dash = UInt8(ascii: "-")
    static let colon = UInt8(ascii: ":")
    static let dot = UInt8(ascii: ".")
    static let space = UInt8(ascii: " ")
    static let hash = UInt8(ascii: "#")
    static let lineFeed = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
}

extension UInt8 {
    /// Whether it means something other than itself in a pattern.
    var isGlobSpecial: Bool {
        self == ASCII.star || self == ASCII.question || self == ASCII.openBracket || self == ASCII.backslash
    }

    /// Whether it is in a POSIX class of ASCII, such as `alpha`; nil where there is none of that name.
    fileprivate func isIn(class name: ArraySlice<UInt8>) -> Bool? {
        let isLower = self >= UInt8(ascii: "a") && self <= UInt8(ascii: "z")
        let isUpper = self >= UInt8(ascii: "A") && self <= UInt8(ascii: "Z")
        let isDigit = self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9")
        let isPrintable = self >= 0x20 && self < 0x7F
        return switch String(decoding: name, as: UTF8.self) {
        case "alnum": isLower || isUpper || isDigit
        case "alpha": isLower || isUpper
        case "blank": self == ASCII.space || self == 0x09
        case "cntrl": self < 0x20 || self == 0x7F
        case "digit": isDigit
        case "graph": isPrintable && self != ASCII.space
        case "lower": isLower
        case "print": isPrintable
        case "punct": isPrintable && self != ASCII.space && !isLower && !isUpper && !isDigit
        case "space": self == ASCII.space || (0x09...0x0D).contains(self)
        case "upper": isUpper
        case "xdigit":
            isDigit || self >= UInt8(ascii: "a") && self <= UInt8(ascii: "f")
                || self >= UInt8(ascii: "A") && self <= UInt8(ascii: "F")
        default: nil
        }
    }
}
