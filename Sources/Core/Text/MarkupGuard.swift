/// Writes text so that no renderer of Markdown or HTML takes a part of it for markup of its own. See `Neutralizer`.
struct MarkupGuard {
    /// Where in a would-be element the text stands.
    private enum Place {
        case text
        /// Behind `<`.
        case opening
        /// Between `<` and `>`; whether what follows it is no text either (`<style>`).
        case tag(isRaw: Bool)
        case raw
    }

    private let links: GivenLinks
    private var place = Place.text
    /// Scalars after which a would-be tag is taken for text.
    private var left = 0
    /// What is not written yet: what follows tells how it is to be.
    private var held: [Unicode.Scalar] = []

    static let leftOut = "(link left out)"
    private static let (longestTag, longestRaw) = (1000, 4000)
    /// Of a word that a colon may follow.
    private static let longestWord = 4096

    init(_ links: GivenLinks) { self.links = links }

    /// - Parameter isLast: whether nothing follows.
    mutating func write(_ scalars: [Unicode.Scalar], isLast: Bool, into out: inout [UInt8]) {
        let text = held.isEmpty ? scalars : held + scalars
        var (index, steps) = (0, 0)
        while index < text.count, let next = step(text, index, isLast, &out) {
            index = next
            steps += 1
            if steps % 4096 == 0, Task.isCancelled { break }
        }
        held = Array(text[index...])
    }

    /// Writes what begins at a place.
    ///
    /// - Returns: where to go on; nil where what follows must be known first.
    private mutating func step(
        _ text: [Unicode.Scalar], _ index: Int, _ isLast: Bool, _ out: inout [UInt8]
    ) -> Int? {
        let scalar = text[index]
        let rest = text.count - index
        if LinkScanner.isWord(scalar) { return word(text, index, isLast, &out) }
        switch scalar {
        case "<":
            Self.add("&lt;", &out)
            place = .opening
            return index + 1
        case "&":
            guard let isReference = reference(text, index, isLast) else { return nil }
            Self.add(isReference ? "&amp;" : "&", &out)
        case "!":
            if rest == 1, !isLast { return nil }
            if rest > 1, text[index + 1] == "[" {
                Self.add("!\\[", &out)
                pass(2)
                return index + 2
            }
            mark(scalar)
            out.append(0x21)
        case "]":
            if rest == 1, !isLast { return nil }
            if rest > 1, text[index + 1] == "(" { return destination(text, index, isLast, &out) }
            out.append(0x5d)
            if rest > 1, text[index + 1] == ":" {
                // It would say where other links lead.
                Self.add("&#58;", &out)
                pass(2)
                return index + 2
            }
        default:
            mark(scalar)
            if isInTag, let escape = Self.escapes[scalar] {
                Self.add(escape, &out)
            } else {
                Self.add(scalar, &out)
            }
        }
        pass(1)
        return index + 1
    }

    // MARK: Words and addresses

    private mutating func word(
        _ text: [Unicode.Scalar], _ start: Int, _ isLast: Bool, _ out: inout [UInt8]
    ) -> Int? {
        // No scheme begins with anything but a letter.
        guard text[start].properties.isAlphabetic else {
            mark(text[start])
            Self.add(text[start], &out)
            pass(1)
            return start + 1
        }
        var end = start
        while end < text.count, LinkScanner.isWord(text[end]) { end += 1 }
        // What follows a colon tells whether the word is a scheme.
        if text.count - end < 3, !isLast, text.count - start < Self.longestWord { return nil }
        let word = text[start..<end]
        let isScheme = end < text.count && text[end] == ":"
        let isPath = isScheme && end + 2 < text.count && text[end + 1] == "/" && text[end + 2] == "/"
        let isMail = isScheme && LinkScanner.isWord(word, .mailto)
        if isPath || isMail || LinkScanner.isHost(word) {
            return address(text, start, word.count, isLast, &out)
        }
        if case .opening = place {
            place = .tag(isRaw: LinkScanner.isWord(word, .style) || LinkScanner.isWord(word, .script))
            left = Self.longestTag
        }
        for scalar in word { Self.add(scalar, &out) }
        pass(word.count)
        if isScheme, Self.isActive(word, before: end + 1 < text.count ? text[end + 1] : " ") {
            Self.add("&#58;", &out)
            return end + 1
        }
        return end
    }

    /// Schemes of addresses that run or are what they name. In text they do nothing; nobody shall make a link of them.
    private static func isActive(_ word: ArraySlice<Unicode.Scalar>, before next: Unicode.Scalar) -> Bool {
        [.javascript, .vbscript, .livescript].contains { LinkScanner.ends(word, with: $0) }
            || LinkScanner.isWord(word, .data) && next.isASCII && next.properties.isAlphabetic
    }

    private mutating func address(
        _ text: [Unicode.Scalar], _ start: Int, _ wordLength: Int, _ isLast: Bool, _ out: inout [UInt8]
    ) -> Int? {
        let end = LinkScanner.end(text[start...])
        if end == text.count, !isLast { return nil }
        guard let end else {
            Self.add(Self.leftOut, &out)
            pass(LinkScanner.longest)
            return start + LinkScanner.longest
        }
        // What a renderer may take for a part of it must be there to be told.
        if !isLast, let tail = LinkScanner.tail(text[end...]), tail.end == text.count { return nil }
        let address = LinkScanner.trimmed(text[start..<end])
        guard address.count > wordLength || links.contains(address) else {
            // `mailto:` and `www..` alone lead nowhere.
            let word = text[start..<start + max(1, min(wordLength, address.count))]
            for scalar in word { Self.add(scalar, &out) }
            pass(word.count)
            return word.endIndex
        }
        if links.contains(address, through: end, of: text) {
            for scalar in address { Self.add(scalar, &out) }
        } else {
            Self.add(Self.leftOut, &out)
        }
        pass(address.count)
        return address.endIndex
    }

    /// `](`, behind which the address of a link or an image stands.
    private mutating func destination(
        _ text: [Unicode.Scalar], _ index: Int, _ isLast: Bool, _ out: inout [UInt8]
    ) -> Int? {
        var start = index + 2
        while start < text.count, start < index + 16, text[start].properties.isWhitespace { start += 1 }
        let end = LinkScanner.end(text[start...])
        if start == text.count || end == text.count, !isLast { return nil }
        guard let end else {
            Self.add("] (", &out)
            pass(2)
            return index + 2
        }
        let isClosed = end < text.count && text[end] == ")"
        let isParted = end < text.count && text[end].properties.isWhitespace
        if isClosed || isParted, links.contains(LinkScanner.trimmed(text[start..<end])) {
            Self.add("](", &out)
            for scalar in text[start..<end] { Self.add(scalar, &out) }
            pass(end - index)
            return end
        }
        guard isClosed, end > start else {
            // No address, or none that could be told from what follows: brackets that are none of a link's.
            Self.add("] (", &out)
            pass(2)
            return index + 2
        }
        Self.add("] \(Self.leftOut)", &out)
        pass(end + 1 - index)
        return end + 1
    }

    // MARK: References to characters

    /// Whether `&` begins a reference (`&#106;`, `&lt;`) that a renderer would read; nil where that is not known yet.
    private func reference(_ text: [Unicode.Scalar], _ index: Int, _ isLast: Bool) -> Bool? {
        var end = index + 1
        while end < text.count, end - index < 34 {
            let scalar = text[end]
            if scalar == "#", end == index + 1 { return true }
            if scalar == ";" { return end > index + 1 }
            guard scalar.isASCII, scalar.properties.isAlphabetic || scalar.properties.numericType != nil else {
                return false
            }
            end += 1
        }
        return end == text.count && !isLast ? nil : false
    }

    // MARK: Would-be elements

    private var isInTag: Bool {
        switch place {
        case .tag, .raw: true
        case .text, .opening: false
        }
    }

    /// Takes note of a character for where the text stands.
    private mutating func mark(_ scalar: Unicode.Scalar) {
        switch (place, scalar) {
        case (.opening, "/"), (.opening, "!"), (.opening, "?"):
            place = .tag(isRaw: false)
            left = Self.longestTag
        case (.opening, _): place = .text
        case (.tag(let isRaw), ">"):
            place = isRaw ? .raw : .text
            left = Self.longestRaw
        default: break
        }
    }

    private mutating func pass(_ count: Int) {
        guard isInTag else { return }
        left -= count
        if left <= 0 { place = .text }
    }

    /// What gives the words of a tag a meaning.
    private static let escapes: [Unicode.Scalar: String] = [
        "=": "&#61;", "(": "&#40;", ":": "&#58;", "@": "&#64;", "\"": "&#34;", "'": "&#39;", "`": "&#96;",
    ]

    // MARK: Writing

    private static func add(_ text: String, _ out: inout [UInt8]) { out += text.utf8 }

    private static func add(_ scalar: Unicode.Scalar, _ out: inout [UInt8]) {
        if scalar.isASCII {
            out.append(UInt8(truncatingIfNeeded: scalar.value))
        } else {
            out += UTF8.encode(scalar) ?? .init()
        }
    }
}
