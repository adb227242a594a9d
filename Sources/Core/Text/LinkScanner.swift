/// Where addresses stand in a text of scalars. What the answer's links and the sources' links are is told by the same
/// rules, so that they can be compared.
enum LinkScanner {
    /// Scalars of an address; a longer one is none.
    static let longest = 2048

    /// Whether a scalar may stand in the word before a colon (RFC 3986, `scheme`), or in a host's name.
    static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2b, 0x2d, 0x2e: true
        default: false
        }
    }

    /// Where an address that begins at a place ends: before white space, a quotation mark or a bracket that it did not open.
    ///
    /// - Returns: nil where it is longer than an address may be.
    static func end(_ text: ArraySlice<Unicode.Scalar>) -> Int? {
        var depth = 0
        for index in text.indices {
            guard index - text.startIndex <= longest else { return nil }
            let scalar = text[index]
            switch scalar {
            case "<", ">", "\"", "`", "]": return index
            case "(": depth += 1
            case ")":
                if depth == 0 { return index }
                depth -= 1
            default: if scalar.value <= 0x20 || scalar.value > 0x7f && scalar.properties.isWhitespace { return index }
            }
        }
        return text.endIndex
    }

    /// Where a renderer may go on with a bare address that ends at a place: before white space or `<`.
    ///
    /// - Returns: also whether only punctuation is there; nil where it goes on for longer than is looked at.
    static func tail(_ text: ArraySlice<Unicode.Scalar>) -> (end: Int, isPunctuation: Bool)? {
        var isPunctuation = true
        for index in text.indices {
            guard index - text.startIndex <= longestTail else { return nil }
            let scalar = text[index]
            if scalar == "<" || scalar.value <= 0x20 || scalar.value > 0x7f && scalar.properties.isWhitespace {
                return (index, isPunctuation)
            }
            let properties = scalar.properties
            if properties.isAlphabetic || properties.numericType != nil || "/=&%".unicodeScalars.contains(scalar) {
                isPunctuation = false
            }
        }
        return (text.endIndex, isPunctuation)
    }

    static let longestTail = 256

    /// An address without the punctuation of the sentence that it stands in.
    static func trimmed(_ text: ArraySlice<Unicode.Scalar>) -> ArraySlice<Unicode.Scalar> {
        var text = text
        while let last = text.last, ".,;:!?*_~'".unicodeScalars.contains(last) { text.removeLast() }
        return text
    }

    static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        return String(text)
    }

    /// A word that means something before a colon or behind `<`, in lower case.
    struct Word {
        let letters: [UInt8]

        private init(_ word: String) { letters = Array(word.utf8) }

        static let (http, https, mailto, www) = (Word("http"), Word("https"), Word("mailto"), Word("www."))
        static let (javascript, vbscript, livescript) = (Word("javascript"), Word("vbscript"), Word("livescript"))
        static let (data, style, script) = (Word("data"), Word("style"), Word("script"))
    }

    /// Whether the scalars are a word, in any case.
    static func isWord(_ scalars: ArraySlice<Unicode.Scalar>, _ word: Word) -> Bool {
        scalars.count == word.letters.count && ends(scalars, with: word)
    }

    static func ends(_ scalars: ArraySlice<Unicode.Scalar>, with word: Word) -> Bool {
        guard scalars.count >= word.letters.count else { return false }
        return zip(scalars.suffix(word.letters.count), word.letters).allSatisfy { scalar, letter in
            let value = scalar.value
            return (0x41...0x5a).contains(value) ? value + 32 == UInt32(letter) : value == UInt32(letter)
        }
    }

    /// Whether a word is a host's name that renderers make a link of without a scheme.
    static func isHost(_ word: ArraySlice<Unicode.Scalar>) -> Bool {
        word.count > 4 && isWord(word.prefix(4), .www)
    }

    /// The kinds of address that an answer may hold.
    static func isAllowed(_ address: ArraySlice<Unicode.Scalar>) -> Bool {
        guard let colon = address.prefix(8).firstIndex(of: ":") else { return isHost(address) }
        let scheme = address[..<colon]
        return isWord(scheme, .http) || isWord(scheme, .https) || isWord(scheme, .mailto)
    }
}
