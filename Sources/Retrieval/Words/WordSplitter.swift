/// Takes a text apart into its words, in lower case: what both the index and a query are made of.
enum WordSplitter {
    /// Calls `body` with each word. An identifier (`readHTTPRequest`, `utf8`) gives itself and its parts, a run of
    /// characters that are written without spaces gives its pairs.
    ///
    /// - Parameter body: takes the word, and whether it is a part of the one before.
    static func forEach(_ text: String, _ body: (String, Bool) -> Void) {
        var word: [Unicode.Scalar] = []
        var boundaries: [Int] = []
        var before: Kind?
        func end() {
            defer {
                word.removeAll(keepingCapacity: true)
                boundaries.removeAll(keepingCapacity: true)
                before = nil
            }
            guard !word.isEmpty else { return }
            if before == .pair {
                for pair in pairs(word) { body(pair, false) }
                return
            }
            body(lowered(word[...]), false)
            guard !boundaries.isEmpty else { return }
            for (first, last) in zip([0] + boundaries, boundaries + [word.count]) {
                body(lowered(word[first..<last]), true)
            }
        }
        func lowered(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
            if scalars.allSatisfy(\.isASCII) {
                let bytes = scalars.map { UInt8(truncatingIfNeeded: $0.value) }
                return String(decoding: bytes.map { 0x41...0x5a ~= $0 ? $0 | 0x20 : $0 }, as: UTF8.self)
            }
            var view = String.UnicodeScalarView()
            view.append(contentsOf: scalars)
            return String(view).lowercased()
        }
        for scalar in text.unicodeScalars {
            let kind = Kind(scalar)
            guard let kind else {
                // "it's", "l’eau": what comes after belongs to another word; the mark itself is no part of any.
                end()
                continue
            }
            if (kind == .pair) != (before == .pair), before != nil { end() }
            switch (before, kind) {
            case (.lower, .upper), (.digit, .upper), (.lower, .digit), (.upper, .digit), (.digit, .lower):
                boundaries.append(word.count)
            case (.upper, .lower) where word.count > (boundaries.last ?? 0) + 1:
                // The last capital of "HTTPRequest" begins the next part.
                boundaries.append(word.count - 1)
            default: break
            }
            if kind != .mark { before = kind }
            word.append(scalar)
        }
        end()
    }

    private static func pairs(_ word: [Unicode.Scalar]) -> [String] {
        guard word.count > 1 else { return word.map { String($0) } }
        return zip(word, word.dropFirst()).map { String($0) + String($1) }
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
