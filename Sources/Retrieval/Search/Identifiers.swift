import Store

/// What a query names by signs that are no word of a language: `POL-358`, `38.101`, `max_retry_count`, `C#`, `/usr/bin`.
///
/// Taken apart into words, such a name is found wherever its parts are; who asks for it wants the place where it stands as
/// it is written.
struct Identifiers: Sendable {
    /// In small letters.
    private let names: [[UInt8]]

    /// More than a question names.
    private static let most = 16
    /// In bytes; what is longer is no name.
    private static let longest = 200

    init(_ query: String) {
        var names: [[UInt8]] = []
        for part in query.split(whereSeparator: \.isWhitespace) where names.count < Self.most {
            let name = Self.trimmed(part)
            guard name.utf8.count <= Self.longest, Self.isIdentifier(name) else { continue }
            let bytes = Array(name.lowercased().utf8)
            if !names.contains(bytes) { names.append(bytes) }
        }
        self.names = names
    }

    var isEmpty: Bool { names.isEmpty }

    /// The part of the names that stand in a content as they are written, in letters of either case.
    func share(in content: StoredContent) -> Double {
        guard !names.isEmpty else { return 1 }
        let texts = [content.title, content.headings, content.text].map { Array($0.lowercased().utf8) }
        let found = names.count { name in texts.contains { Self.holds($0, name) } }
        return Double(found) / Double(names.count)
    }

    /// Whether a word of a query is a name by its signs: a digit beside a letter or between signs, an underscore, a path,
    /// an address, a capital inside, letters with signs that no language writes at words. Words with hyphens or
    /// apostrophes, abbreviations with points, and plain numbers are none.
    static func isIdentifier(_ part: Substring) -> Bool {
        let name = trimmed(part)
        let scalars = Array(name.unicodeScalars)
        guard scalars.count > 1, scalars.contains(where: { $0.properties.isAlphabetic || $0.isDigit }) else {
            return false
        }
        if scalars.contains(where: "_/\\@#+=$~^|<>&".unicodeScalars.contains) || name.contains("::")
            || name.hasPrefix("-")
        {
            return true
        }
        let isPlainNumber = scalars.allSatisfy(\.isDigit)
        if isPlainNumber { return false }
        if scalars.contains(where: \.isDigit) { return true }
        for (one, next) in zip(scalars, scalars.dropFirst()) {
            if one.properties.isLowercase, next.properties.isUppercase { return true }
        }
        // "config.yaml", ".NET", "example.org", and not "e.g" or "U.S": parts of several letters about a point.
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count > 1 && parts.allSatisfy { $0.count > 1 || $0.isEmpty }
    }

    /// Without the punctuation of the sentence it stands in.
    private static func trimmed(_ part: Substring) -> Substring {
        var part = part
        while let last = part.last, ",;:!?.)]}\"'’”»…".contains(last) { part.removeLast() }
        while let first = part.first, "([{\"'‘“«¿¡".contains(first) { part.removeFirst() }
        return part
    }

    /// Whether a name stands in a text by itself: what is longer is another name.
    private static func holds(_ text: [UInt8], _ name: [UInt8]) -> Bool {
        guard let first = name.first, name.count <= text.count else { return false }
        for start in 0...(text.count - name.count) where text[start] == first {
            let end = start + name.count
            guard text[start..<end].elementsEqual(name) else { continue }
            let isCutBefore = start == 0 || !isOfName(text[start - 1]) || !isOfName(first)
            let isCutAfter = end == text.count || !isOfName(text[end]) || !isOfName(name[name.count - 1])
            if isCutBefore, isCutAfter { return true }
        }
        return false
    }

    /// Letters and digits; of other scripts, all.
    private static func isOfName(_ byte: UInt8) -> Bool {
        byte.isLetter || byte.isDigit || byte >= 0x80 || byte == UInt8(ascii: "_")
    }
}

extension Unicode.Scalar {
    fileprivate var isDigit: Bool { properties.numericType == .decimal }
}
