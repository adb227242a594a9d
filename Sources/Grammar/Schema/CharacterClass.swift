/// A set of characters, as ECMA-262 and as Python read it: `\w` is ASCII to the one and all of Unicode to the other.
struct CharacterClass {
    private var ecma: ScalarSet
    private var python: ScalarSet

    init(_ set: ScalarSet) { self.init(ecma: set, python: set) }

    private init(ecma: ScalarSet, python: ScalarSet) {
        self.ecma = ecma
        self.python = python
    }

    /// How many ranges it takes to write down.
    var size: Int { ecma.ranges.count + python.ranges.count }

    /// What both take.
    var common: ScalarSet { ecma == python ? ecma : ecma.intersection(python) }

    var complement: CharacterClass { CharacterClass(ecma: ecma.complement, python: python.complement) }

    static func union(_ parts: [CharacterClass]) -> CharacterClass {
        CharacterClass(
            ecma: ScalarSet(parts.flatMap(\.ecma.ranges)), python: ScalarSet(parts.flatMap(\.python.ranges)))
    }

    /// The only scalar in the set.
    var single: UInt32? {
        common.ranges.count == 1 && common.ranges[0].count == 1 ? common.ranges[0].lowerBound : nil
    }

    private static let asciiDigits = ScalarSet([0x30...0x39])
    private static let separators = ScalarSet([
        0x9...0xd, 0x20...0x20, 0xa0...0xa0, 0x1680...0x1680, 0x2000...0x200a, 0x2028...0x2029, 0x202f...0x202f,
        0x205f...0x205f, 0x3000...0x3000,
    ])

    static let digits = CharacterClass(ecma: asciiDigits, python: unicode { $0 == .decimalNumber })
    static let word = CharacterClass(
        ecma: asciiDigits.union(ScalarSet([0x41...0x5a, 0x61...0x7a])).union(ScalarSet("_")),
        python: unicode { category in
            switch category {
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
                .letterNumber, .otherNumber:
                true
            default: false
            }
        }.union(ScalarSet("_")))
    static let space = CharacterClass(
        ecma: separators.union(ScalarSet("\u{feff}")),
        python: separators.union(ScalarSet([0x1c...0x1f, 0x85...0x85])))

    static let (notDigits, notWord, notSpace) = (digits.complement, word.complement, space.complement)

    /// All scalars of some categories, and what stands between them where that is little: it is only used to leave
    /// characters out, and each range costs nodes of the automaton.
    private static func unicode(_ isIn: (Unicode.GeneralCategory) -> Bool) -> ScalarSet {
        var ranges: [ClosedRange<UInt32>] = []
        for value in UInt32(0)...0x3ffff {
            guard let scalar = Unicode.Scalar(value), isIn(scalar.properties.generalCategory) else { continue }
            let gap: UInt32 = value < 0x300 ? 1 : value < 0x10000 ? 24 : 0x800
            if let last = ranges.last, value - last.upperBound <= gap {
                ranges[ranges.count - 1] = last.lowerBound...value
            } else {
                ranges.append(value...value)
            }
        }
        return ScalarSet(ranges)
    }
}
