/// Shell patterns as git matches them (its `wildmatch.c`, without case folding), on bytes: names of files need not be
/// text.
///
/// Where a star may end is tried place after place, as git does it, but what was tried from a place in the pattern at a
/// place in the text is not tried again: without that, `**/**/**/…` takes time exponential in its length.
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
    /// How the rest ended that was tried from a place in the pattern and a place in the text.
    private var tried: [Place: Outcome] = [:]
    private var steps = 0

    private struct Place: Hashable {
        var pattern: Int
        var text: Int
    }

    /// A pattern that is still not through then matches nothing: no path that is meant takes a hundredth of it.
    private static let mostSteps = 200_000
    /// From so many on, what was tried is remembered.
    private static let fewSteps = 500

    private init(pattern: ArraySlice<UInt8>, text: ArraySlice<UInt8>, isPath: Bool) {
        self.pattern = pattern
        self.text = text
        self.isPath = isPath
    }

    /// Whether all of `text` matches.
    static func matches(_ pattern: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>, isPath: Bool) -> Bool {
        var match = WildMatch(pattern: pattern, text: text, isPath: isPath)
        return match.match(from: pattern.startIndex, at: text.startIndex) == .match
    }

    /// The pattern's byte; 0 from its end on, as in C.
    private func patternByte(_ index: Int) -> UInt8 { index < pattern.endIndex ? pattern[index] : 0 }

    private mutating func match(from start: Int, at textStart: Int) -> Outcome {
        // Few patterns need it, and each file of a folder is held against all of them.
        guard steps > Self.fewSteps else { return matchAnew(from: start, at: textStart) }
        let place = Place(pattern: start, text: textStart)
        if let outcome = tried[place] { return outcome }
        let outcome = matchAnew(from: start, at: textStart)
        tried[place] = outcome
        return outcome
    }

    private mutating func matchAnew(from start: Int, at textStart: Int) -> Outcome {
        var p = start
        var t = textStart
        while p < pattern.endIndex {
            steps += 1
            guard steps < Self.mostSteps else { return .abort }
            if t >= text.endIndex, pattern[p] != UInt8.star { return .abort }
            switch pattern[p] {
            case UInt8.question:
                if isPath, text[t] == UInt8.slash { return .noMatch }
            case UInt8.star:
                switch star(&p, start: start, at: &t) {
                case let outcome?: return outcome
                case nil: break
                }
            case UInt8.openBracket:
                switch bracket(&p, text[t]) {
                case nil: return .abort
                case let isIn?:
                    if !isIn || isPath && text[t] == UInt8.slash { return .noMatch }
                }
            case UInt8.backslash:
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
    private mutating func star(_ p: inout Int, start: Int, at t: inout Int) -> Outcome? {
        let first = p
        p += 1
        var matchesSlash = !isPath
        if patternByte(p) == UInt8.star {
            while patternByte(p) == UInt8.star { p += 1 }
            let isWholeComponent =
                (first == start || pattern[first - 1] == UInt8.slash)
                && (p >= pattern.endIndex || pattern[p] == UInt8.slash
                    || pattern[p] == UInt8.backslash && patternByte(p + 1) == UInt8.slash)
            if isPath, isWholeComponent {
                // `a/**/b` matches `a/b`: here `**/` stands for nothing.
                if patternByte(p) == UInt8.slash, match(from: p + 1, at: t) == .match { return .match }
                matchesSlash = true
            }
        }
        if p >= pattern.endIndex {
            return !matchesSlash && text[t...].contains(UInt8.slash) ? .abortToStarStar : .match
        }
        if !matchesSlash, pattern[p] == UInt8.slash {
            guard let slash = text[t...].firstIndex(of: UInt8.slash) else { return .abortToStarStar }
            t = slash
            return nil
        }
        while t < text.endIndex {
            // What comes before the next literal byte must belong to the star.
            if !pattern[p].isGlobSpecial {
                while t < text.endIndex, matchesSlash || text[t] != UInt8.slash, text[t] != pattern[p] { t += 1 }
                guard t < text.endIndex, text[t] == pattern[p] else {
                    return matchesSlash ? .abort : .abortToStarStar
                }
            }
            let rest = match(from: p, at: t)
            if rest != .noMatch {
                if !matchesSlash || rest != .abortToStarStar { return rest }
            } else if !matchesSlash, text[t] == UInt8.slash {
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
        let isNegated = patternByte(p) == UInt8.exclamation || patternByte(p) == UInt8.caret
        if isNegated { p += 1 }
        var isIn = false
        var previous: UInt8 = 0
        repeat {
            var current = patternByte(p)
            if current == 0 { return nil }
            if current == UInt8.backslash {
                p += 1
                current = patternByte(p)
                if current == 0 { return nil }
                if byte == current { isIn = true }
            } else if current == UInt8.hyphen, previous != 0, patternByte(p + 1) != 0,
                patternByte(p + 1) != UInt8.closeBracket
            {
                p += 1
                current = patternByte(p)
                if current == UInt8.backslash {
                    p += 1
                    current = patternByte(p)
                    if current == 0 { return nil }
                }
                if byte <= current, byte >= previous { isIn = true }
                current = 0
            } else if current == UInt8.openBracket, patternByte(p + 1) == UInt8.colon {
                let name = p + 2
                var end = name
                while patternByte(end) != 0, patternByte(end) != UInt8.closeBracket { end += 1 }
                if patternByte(end) == 0 { return nil }
                if end > name, pattern[end - 1] == UInt8.colon {
                    guard let isInClass = byte.isIn(class: pattern[name..<end - 1]) else { return nil }
                    if isInClass { isIn = true }
                    p = end
                    current = 0
                } else {
                    // No `:]`: the bracket is one of the bytes.
                    if byte == UInt8.openBracket { isIn = true }
                }
            } else if byte == current {
                isIn = true
            }
            previous = current
            p += 1
        } while patternByte(p) != UInt8.closeBracket
        return isIn != isNegated
    }
}

extension UInt8 {
    /// Whether it means something other than itself in a pattern.
    var isGlobSpecial: Bool {
        self == UInt8.star || self == UInt8.question || self == UInt8.openBracket || self == UInt8.backslash
    }

    /// Whether it is in a POSIX class of ASCII, such as `alpha`; nil where there is none of that name.
    fileprivate func isIn(class name: ArraySlice<UInt8>) -> Bool? {
        let isPrintable = self >= 0x20 && self < 0x7F
        return switch String(decoding: name, as: UTF8.self) {
        case "alnum": isLetter || isDigit
        case "alpha": isLetter
        case "blank": self == UInt8.space || self == 0x09
        case "cntrl": self < 0x20 || self == 0x7F
        case "digit": isDigit
        case "graph": isPrintable && self != UInt8.space
        case "lower": isLower
        case "print": isPrintable
        case "punct": isPrintable && self != UInt8.space && !isLetter && !isDigit
        case "space": self == UInt8.space || (0x09...0x0D).contains(self)
        case "upper": isUpper
        case "xdigit": isDigit || (0x41...0x46).contains(self) || (0x61...0x66).contains(self)
        default: nil
        }
    }
}
