/// A text as a pattern reads it: a number for each character.
struct PatternText {
    /// Set in the number of a character of several scalars, which is no other one's equal; its first scalar says what kind
    /// of character it is.
    static let composed: UInt32 = 1 << 31
    static let scalarMask: UInt32 = 0x1f_ffff

    let base: Substring
    let units: [UInt32]
    /// Where each character begins, and where the last ends; nil where each is one byte.
    private let indices: [String.Index]?

    init(_ text: some StringProtocol) {
        base = Substring(text)
        let limit = TextPattern.mostCharacters
        var units: [UInt32] = []
        units.reserveCapacity(min(limit, base.utf8.count))
        var isPlain = true
        for byte in base.utf8.prefix(limit) {
            // A carriage return may be one character with what follows.
            guard byte < 0x80, byte != 0x0d else {
                isPlain = false
                break
            }
            units.append(UInt32(byte))
        }
        // What follows the last byte may belong to its character; then nothing of it is looked at.
        if isPlain {
            self.units = units
            indices = nil
            return
        }
        units.removeAll(keepingCapacity: true)
        var indices: [String.Index] = []
        for index in base.indices {
            guard units.count < limit else { break }
            indices.append(index)
            units.append(Self.unit(base[index]))
        }
        indices.append(units.count < limit ? base.endIndex : base.index(after: indices[indices.count - 1]))
        self.units = units
        self.indices = indices
    }

    private static func unit(_ character: Character) -> UInt32 {
        let scalars = character.unicodeScalars
        let first = scalars[scalars.startIndex].value
        if scalars.index(after: scalars.startIndex) == scalars.endIndex { return first }
        return first == 0x0d ? 0x0a : first | composed
    }

    func index(_ place: Int) -> String.Index {
        indices?[place] ?? base.utf8.index(base.startIndex, offsetBy: place)
    }

    // MARK: Words

    /// Whether a word begins or ends at a place. As in UAX 29, a full stop or an apostrophe between letters, and a comma or a
    /// full stop between digits, part no word.
    func isWordBoundary(_ place: Int) -> Bool {
        let (before, after) = (isWord(place - 1), isWord(place))
        guard before != after else { return false }
        let (inner, outer) = before ? (place, place + 1) : (place - 1, place - 2)
        guard units.indices.contains(inner), isWord(outer) else { return true }
        let isBetweenLetters = isLetter(inner - 1) && isLetter(inner + 1)
        let isBetweenDigits = isDigit(inner - 1) && isDigit(inner + 1)
        switch units[inner] {
        case 0x27, 0x2e, 0x2019: return !isBetweenLetters && !isBetweenDigits
        case 0x3a, 0xb7: return !isBetweenLetters
        case 0x2c, 0x3b: return !isBetweenDigits
        default: return true
        }
    }

    private func isWord(_ place: Int) -> Bool {
        units.indices.contains(place) && Self.isWord(units[place])
    }

    private static func isWord(_ unit: UInt32) -> Bool {
        switch unit {
        case 0x30...0x39, 0x41...0x5a, 0x5f, 0x61...0x7a: true
        case ..<0x80: false
        default: PatternSet.has(unit, .word)
        }
    }

    private func isLetter(_ place: Int) -> Bool {
        units.indices.contains(place) && Self.isWord(units[place]) && !isDigit(place)
    }

    private func isDigit(_ place: Int) -> Bool {
        units.indices.contains(place) && PatternSet.has(units[place], .digit)
    }
}
