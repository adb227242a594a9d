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
        for scalar in text.unicodeScalars {
            guard let kind = Kind(scalar) else {
                // "it's", "l’eau": what comes after belongs to another word; the mark itself is no part of any.
                end()
                continue
            }
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
    }

    private static func pairs(_ word: String) -> [String] {
        let scalars = word.unicodeScalars
        guard scalars.count > 1 else { return [word] }
        return zip(scalars, scalars.dropFirst()).map { String($0) + String($1) }
    }

    private enum Kind {
        case lower, upper, digit, mark
        /// Written without spaces between words.
        case pair

        init?(_ scalar: Unicode.Scalar) {
            switch scalar.value {
            case 0x61...0x7a: self = .lower
            case 0x41...0x5a: self = .upper
            case 0x30...0x39: self = .digit
            case 0...0x7f: return nil
            // Kana, Han and Thai.
            case 0x0e00...0x0e7f, 0x3040...0x30ff, 0x3400...0x4dbf, 0x4e00...0x9fff, 0xf900...0xfaff,
                0x20000...0x3ffff:
                self = .pair
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
