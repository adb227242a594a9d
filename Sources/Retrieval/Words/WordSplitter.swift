import Foundation

/// Takes a text apart into its words, in lower case: what both the index and a query are made of.
enum WordSplitter {
    /// Calls `body` with each word. An identifier (`readHTTPRequest`, `utf8`) gives itself and its parts, a run of
    /// characters that are written without spaces gives its pairs.
    ///
    /// - Parameter body: takes the word, and whether it is a part of the one before.
    static func forEach(_ text: String, _ body: (String, Bool) -> Void) {
        // In UTF-8; of letters that are ASCII, the small ones.
        var word: [UInt8] = []
        var isASCII = true
        // Where in the word another part begins, and where its last character does.
        var boundaries: [Int] = []
        var last = 0
        var before: Kind?
        func end() {
            defer {
                word.removeAll(keepingCapacity: true)
                boundaries.removeAll(keepingCapacity: true)
                isASCII = true
                before = nil
            }
            guard !word.isEmpty else { return }
            if before == .pair {
                for pair in pairs(String(decoding: word, as: UTF8.self)) { body(pair, false) }
                return
            }
            body(lowered(0..<word.count), false)
            guard !boundaries.isEmpty else { return }
            for (first, last) in zip([0] + boundaries, boundaries + [word.count]) { body(lowered(first..<last), true) }
        }
        func lowered(_ part: Range<Int>) -> String {
            let text = String(decoding: word[part], as: UTF8.self)
            return isASCII ? text : text.lowercased()
        }
        var sign = Sign()
        for scalar in text.composed.unicodeScalars {
            // Marks of direction, and what joins or parts letters of a word, are no part of it and do not end it.
            if scalar.isIgnoredInWords { continue }
            guard let kind = Kind(scalar) else {
                sign.take(scalar, isAfterWord: !word.isEmpty, base: lowered(0..<word.count))
                // "it's", "l’eau": what comes after belongs to another word; the mark itself is no part of any.
                end()
                continue
            }
            if let name = sign.ended(before: kind) { body(name, true) }
            if (kind == .pair) != (before == .pair), before != nil { end() }
            switch (before, kind) {
            case (.lower, .upper), (.digit, .upper), (.lower, .digit), (.upper, .digit), (.digit, .lower):
                boundaries.append(word.count)
            case (.upper, .lower) where last > boundaries.last ?? 0:
                // The last capital of "HTTPRequest" begins the next part.
                boundaries.append(last)
            default: break
            }
            if kind != .mark { before = kind }
            last = word.count
            if scalar.isASCII {
                let byte = UInt8(truncatingIfNeeded: scalar.value)
                word.append(kind == .upper ? byte | 0x20 : byte)
            } else {
                word += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
                isASCII = false
            }
        }
        end()
        if let name = sign.ended(before: nil) { body(name, true) }
    }

    /// A sign that is part of a name: "C++", "F#". The name in letters is a word of its own, which "C" is not found by.
    private struct Sign {
        private var base = ""
        private var signs = ""

        mutating func take(_ scalar: Unicode.Scalar, isAfterWord: Bool, base word: String) {
            if isAfterWord {
                base = scalar == "+" || scalar == "#" ? word : ""
                signs = ""
            }
            guard !base.isEmpty else { return }
            if scalar == "+" || scalar == "#", signs.count < 2 {
                signs.unicodeScalars.append(scalar)
            } else if scalar == "+" || scalar == "#" {
                base = ""
            } else {
                // The name ends here, and waits to be told.
                signs += " "
            }
        }

        /// The name in letters; nil where the signs were part of none ("1+1", "item #5", "a+b").
        mutating func ended(before kind: Kind?) -> String? {
            defer { base = "" }
            guard !base.isEmpty, kind == nil || signs.contains(" ") else { return nil }
            switch signs.split(separator: " ").first {
            case "++": return base + "plusplus"
            case "#": return base + "sharp"
            default: return nil
            }
        }
    }

    private static func pairs(_ word: String) -> [String] {
        let scalars = word.unicodeScalars
        guard scalars.count > 1 else { return [word] }
        return zip(scalars, scalars.dropFirst()).map { String($0) + String($1) }
    }

    fileprivate enum Kind {
        case lower, upper, digit, mark
        /// Written without spaces between words.
        case pair

        init?(_ scalar: Unicode.Scalar) {
            switch scalar.value {
            case 0x61...0x7a: self = .lower
            case 0x41...0x5a: self = .upper
            case 0x30...0x39: self = .digit
            case 0...0x7f: return nil
            // Thai, Lao, Myanmar, Khmer, Tai scripts; kana, bopomofo, Han and Yi (Unicode, line breaking classes SA and ID).
            case 0x0e00...0x0eff, 0x1000...0x109f, 0x1780...0x17ff, 0x1950...0x19df, 0x1a20...0x1aaf, 0x3040...0x312f,
                0x31a0...0x31ff, 0x3400...0x4dbf, 0x4e00...0x9fff, 0xa000...0xa4cf, 0xa9e0...0xa9ff, 0xaa60...0xaadf,
                0xf900...0xfaff, 0x1b000...0x1b16f, 0x20000...0x3ffff:
                // Their digits stand in numbers, and their signs between words.
                switch scalar.properties.generalCategory {
                case .decimalNumber: self = .digit
                case .otherPunctuation, .otherSymbol, .currencySymbol, .unassigned: return nil
                default: self = .pair
                }
            default:
                switch scalar.properties.generalCategory {
                case .uppercaseLetter, .titlecaseLetter: self = .upper
                case .lowercaseLetter, .modifierLetter, .otherLetter: self = .lower
                case .decimalNumber, .letterNumber, .otherNumber: self = .digit
                case .nonspacingMark, .spacingMark: self = .mark
                default: return nil
                }
            }
        }
    }
}

extension String {
    /// Letters and their marks in one form, whichever of Unicode's they were written in (NFKC); of most texts, itself.
    fileprivate var composed: String {
        unicodeScalars.contains(where: \.mayBeComposed) ? precomposedStringWithCompatibilityMapping : self
    }
}

extension Unicode.Scalar {
    /// Combining marks, parts of Hangul syllables, and letters in forms of presentation.
    fileprivate var mayBeComposed: Bool {
        switch value {
        case 0...0x2FF: false
        case 0x300...0x36F, 0x653...0x655, 0x93C, 0x9BE, 0x1100...0x11FF, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF,
            0x3099...0x309A, 0xFB00...0xFDFF, 0xFE70...0xFEFF, 0xFF00...0xFFEF, 0x1D400...0x1D7FF:
            true
        default: false
        }
    }

    /// Default-ignorable characters, and the tatweel, which only makes a word of Arabic longer.
    fileprivate var isIgnoredInWords: Bool {
        value == 0xAD || value == 0x640 || value >= 0x180B && properties.isDefaultIgnorableCodePoint
    }
}
