/// How much a text looks like words: what an encoding that is not the text's own makes of it has controls and signs
/// inside words, capitals after small letters, and letters of several alphabets beside each other.
enum WordPlausibility {
    /// From 0 to 1: the part of the characters outside ASCII that stand where such characters do.
    static func score(_ text: String) -> Double {
        var (good, bad) = (0.0, 0.0)
        for token in text.unicodeScalars.split(whereSeparator: \.properties.isWhitespace) {
            guard token.contains(where: { !$0.isASCII }) else { continue }
            add(Array(token), &good, &bad)
        }
        return good + bad > 0 ? good / (good + bad) : 0
    }

    private static func add(_ token: [Unicode.Scalar], _ good: inout Double, _ bad: inout Double) {
        var index = 0
        while index < token.count {
            if token[index].isWordPart {
                let end = token[index...].firstIndex { !$0.isWordPart } ?? token.count
                let word = token[index..<end]
                let count = Double(word.count { !$0.isASCII })
                if isWord(word) { good += count } else { bad += count }
                index = end
            } else {
                if !token[index].isASCII { addSign(token, at: index, &good, &bad) }
                index += 1
            }
        }
    }

    private static func addSign(
        _ token: [Unicode.Scalar], at index: Int, _ good: inout Double, _ bad: inout Double
    ) {
        let scalar = token[index]
        let isBetweenLetters =
            token[..<index].contains(where: \.isWordPart) && token[index...].contains(where: \.isWordPart)
        switch scalar.properties.generalCategory {
        case .control, .unassigned, .privateUse, .surrogate: bad += 3
        // Marks of direction, and what joins or parts letters, are text's own.
        case .format: good += 0.5
        case _ where scalar == "\u{FFFD}": bad += 3
        // Lines, blocks and shapes of code pages, and accents by themselves.
        case .modifierSymbol: bad += 1
        case _ where (0x2500...0x25FF).contains(scalar.value): bad += 1
        case .otherPunctuation where "…·".unicodeScalars.contains(scalar): good += 0.5
        case .otherPunctuation, .mathSymbol, .otherSymbol, .currencySymbol, .otherNumber, .otherLetter:
            if isBetweenLetters { bad += 1 } else { good += 0.5 }
        default: good += 0.5
        }
    }

    /// Letters of one alphabet: small ones, capitals, or a capital and small ones.
    private static func isWord(_ word: ArraySlice<Unicode.Scalar>) -> Bool {
        var alphabet: Int?
        var cases = Set<Bool>()
        var rest = Set<Bool>()
        for (index, scalar) in word.enumerated() {
            guard scalar.properties.isAlphabetic else { continue }
            if alphabet == nil { alphabet = scalar.alphabet } else if alphabet != scalar.alphabet { return false }
            let isCapital: Bool? =
                switch scalar.properties.generalCategory {
                case .uppercaseLetter, .titlecaseLetter: true
                case .lowercaseLetter: false
                default: nil
                }
            guard let isCapital else { continue }
            cases.insert(isCapital)
            if index > 0 { rest.insert(isCapital) }
        }
        return cases.count < 2 || rest == [false]
    }
}

extension Unicode.Scalar {
    fileprivate var isWordPart: Bool {
        if isASCII { return UInt8(ascii: self).isLetter }
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .otherLetter, .nonspacingMark, .spacingMark:
            // The ordinals ª and º are letters by name and signs by use.
            return value != 0xAA && value != 0xBA
        default: return false
        }
    }

    /// Which alphabet a letter is of: blocks of Unicode's that belong together have one number.
    fileprivate var alphabet: Int {
        switch value {
        case 0...0x24F, 0x1E00...0x1EFF: 0
        case 0x370...0x3FF, 0x1F00...0x1FFF: 1
        case 0x400...0x52F: 2
        case 0x590...0x5FF: 3
        case 0x600...0x77F, 0x8A0...0x8FF, 0xFB50...0xFDFF, 0xFE70...0xFEFF: 4
        // What is written without spaces mixes its scripts.
        case 0x2E80...0x9FFF, 0xAC00...0xD7FF, 0xF900...0xFAFF: 5
        default: Int(value >> 7) + 6
        }
    }
}
