/// A set of characters in a pattern.
struct PatternSet: Sendable, Hashable {
    /// What Unicode says of a character.
    enum Property: Sendable, Hashable {
        case letter, uppercaseLetter, number, digit, space, word, newline
    }

    private var ranges: [ClosedRange<UInt32>] = []
    private var properties: [(Property, isNegated: Bool)] = []
    private var isNegated = false
    /// The answers for ASCII, which most characters are: a bit each.
    private var ascii: (low: UInt64, high: UInt64) = (0, 0)

    static func == (one: PatternSet, other: PatternSet) -> Bool {
        one.ranges == other.ranges && one.isNegated == other.isNegated && one.ascii == other.ascii
            && one.properties.map(\.0) == other.properties.map(\.0)
            && one.properties.map(\.isNegated) == other.properties.map(\.isNegated)
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(ranges)
        hasher.combine(isNegated)
        hasher.combine(ascii.low)
        hasher.combine(ascii.high)
    }

    /// All but line ends.
    static var any: PatternSet {
        var set = PatternSet()
        set.add(.newline, isNegated: true)
        set.close()
        return set
    }

    mutating func add(_ range: ClosedRange<UInt32>, ignoringCase: Bool) {
        ranges.append(range)
        guard ignoringCase, range.upperBound - range.lowerBound < 512 else { return }
        for value in range {
            guard let properties = Unicode.Scalar(value)?.properties else { continue }
            for other in [properties.lowercaseMapping, properties.uppercaseMapping] {
                let scalars = other.unicodeScalars
                guard let only = scalars.first, scalars.count == 1, only.value != value else { continue }
                ranges.append(only.value...only.value)
            }
        }
    }

    mutating func add(_ property: Property, isNegated: Bool) { properties.append((property, isNegated)) }

    mutating func negate() { isNegated = true }

    /// Works out the answers for ASCII, after all that is in the set was added.
    mutating func close() {
        for value in UInt32(0)..<128 where isIn(value) {
            if value < 64 { ascii.low |= 1 << UInt64(value) } else { ascii.high |= 1 << UInt64(value - 64) }
        }
    }

    func contains(_ unit: UInt32) -> Bool {
        if unit < 64 { return ascii.low >> UInt64(unit) & 1 != 0 }
        if unit < 128 { return ascii.high >> UInt64(unit - 64) & 1 != 0 }
        return isIn(unit)
    }

    /// Whether it has a character outside of ASCII, as far as can be told at once.
    var mayHoldOthers: Bool { isNegated || !properties.isEmpty || ranges.contains { $0.upperBound >= 128 } }
    /// Of ASCII, the set's, a bit each.
    var asciiBits: (low: UInt64, high: UInt64) { ascii }

    private func isIn(_ unit: UInt32) -> Bool {
        let isThere =
            ranges.contains { $0.contains(unit) } || properties.contains { Self.has(unit, $0.0) != $0.isNegated }
        return isThere != isNegated
    }

    static func has(_ unit: UInt32, _ property: Property) -> Bool {
        guard let scalar = Unicode.Scalar(unit & PatternText.scalarMask) else { return false }
        let properties = scalar.properties
        switch property {
        case .letter:
            switch properties.generalCategory {
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: return true
            default: return false
            }
        case .uppercaseLetter: return properties.generalCategory == .uppercaseLetter
        case .number:
            switch properties.generalCategory {
            case .decimalNumber, .letterNumber, .otherNumber: return true
            default: return false
            }
        case .digit: return properties.generalCategory == .decimalNumber
        case .space: return properties.isWhitespace
        case .newline:
            switch scalar.value {
            case 0x0a...0x0d, 0x85, 0x2028, 0x2029: return true
            default: return false
            }
        case .word:
            switch properties.generalCategory {
            case .decimalNumber, .connectorPunctuation, .nonspacingMark, .spacingMark, .enclosingMark, .letterNumber:
                return true
            default: return properties.isAlphabetic || scalar.value == 0x200c || scalar.value == 0x200d
            }
        }
    }
}
