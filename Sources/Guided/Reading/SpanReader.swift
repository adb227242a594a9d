import Core
import Foundation
import Languages
import Understanding

/// Finds what of a question can be copied as a text.
struct SpanReader {
    let text: Utterance

    /// What stands in quotation marks.
    func quoted() -> [Span] {
        var spans: [Span] = []
        var index = 0
        let characters = text.characters
        while index < characters.count {
            let opening = characters[index]
            let isOpening =
                "'\"“‘`".contains(opening)
                && (index == 0 || !(characters[index - 1].isLetter || characters[index - 1].isNumber))
                && index + 1 < characters.count && !characters[index + 1].isWhitespace
            guard isOpening else {
                index += 1
                continue
            }
            let closing: Character = opening == "“" ? "”" : opening == "‘" ? "’" : opening
            let end = characters.indices[(index + 1)...].first { place in
                characters[place] == closing
                    && (place + 1 == characters.count
                        || !(characters[place + 1].isLetter || characters[place + 1].isNumber))
            }
            if let end, end > index + 1 {
                // The question itself in quotation marks is no mention.
                if end - index < characters.count - 4 {
                    spans.append(
                        Span(text: text.text((index + 1)..<end), range: index..<(end + 1), kind: .quoted))
                    index = end
                }
            }
            index += 1
        }
        return spans
    }

    /// Identifiers, paths and addresses.
    func codes() -> [Span] {
        var spans: [Span] = []
        let characters = text.characters
        for token in tokens {
            var range = token
            while let last = range.last, ".,;:!?)]}'\"’”`".contains(characters[last]) { range = range.dropLast() }
            while let first = range.first, "([{'\"‘“`".contains(characters[first]) { range = range.dropFirst() }
            guard !range.isEmpty, isCode(text.text(range)) else { continue }
            // "marsh_harrier's", but not "5'11's".
            if let mark = language.possessive(of: text.text(range)), isCode(text.text(range.dropLast(mark.count))) {
                range = range.dropLast(mark.count)
            }
            spans.append(Span(text: text.text(range), range: range, kind: .code))
        }
        return spans
            + zip(spans, spans.dropFirst()).compactMap { one, other in
                // A postcode is written in two parts: "SW1A 1AA".
                guard other.range.lowerBound == one.range.upperBound + 1, Self.isCapital(one.text),
                    Self.isCapital(other.text)
                else { return nil }
                let range = one.range.lowerBound..<other.range.upperBound
                return Span(text: text.text(range), range: range, kind: .code)
            }
    }

    private static func isCapital(_ code: String) -> Bool {
        code.allSatisfy { $0.isNumber || $0.isUppercase } && code.count <= 4
    }

    /// What stands between white space.
    private var tokens: [Range<Int>] {
        let characters = text.characters
        var tokens: [Range<Int>] = []
        var index = 0
        while index < characters.count {
            guard !characters[index].isWhitespace else {
                index += 1
                continue
            }
            let end = characters[index...].firstIndex(where: \.isWhitespace) ?? characters.count
            tokens.append(index..<end)
            index = end
        }
        return tokens
    }

    private var language: QuestionLanguage { text.language }

    func isCode(_ token: String) -> Bool {
        guard token.count > 1, !token.contains("="), !token.contains("^"), !token.contains(",") else { return false }
        if IdentifierForm.doi.matches(token) { return true }
        if Double(token) != nil { return false }
        if Self.numbered.isFound(in: token) || Self.dotted.isFound(in: token) { return true }
        let letters = token.filter(\.isLetter)
        let digits = token.filter(\.isNumber)
        if token.contains("@") || token.contains("://") || token.contains("_") || token.contains("\\") {
            return !letters.isEmpty
        }
        if token.contains("/"), token.contains(".") || token.contains(":"), !letters.isEmpty { return true }
        guard !letters.isEmpty, !digits.isEmpty else { return false }
        // "150lbs", "18th", "5-star" and "2nd" are quantities; "2D" is not.
        if Self.quantity.isFound(in: token) { return false }
        if let match = Self.withUnit.firstMatch(in: token), language.units.named(String(match.text(1))) != nil {
            return false
        }
        if Self.scaled.isFound(in: token) { return false }
        return !language.times.isTime(token) && !Self.fraction.isFound(in: token)
            || token.contains(where: \.isUppercase)
    }

    /// "81.2.69.142", "1.4.0", "20-45-53", "8841-2290".
    private static let numbered = TextPattern(#"^\d+(?:[.-]\d+){2,}$|^\d{3,}-\d{3,}$"#)
    /// "example.org", "notes.txt", and not "e.g." or two sentences without a space.
    private static let dotted = TextPattern(#"^[a-z0-9][a-z0-9_-]+(?:\.[a-z0-9_-]{2,})*\.[a-z]{2,}$"#)
    private static let quantity = TextPattern(#"^[$€£]?[\d.,]+(?:-?[a-zµμ°%]+[²³]?|[A-Z][a-z]+)$"#)
    private static let withUnit = TextPattern(#"^[$€£]?[\d.,]+-?(\D+)$"#)
    private static let scaled = TextPattern(#"^[$€£]?[\d.,]+[kKMB]$"#)
    private static let fraction = TextPattern(#"^\d+[/-]\d+"#)

    /// What is to be said, written or translated.
    func clauses() -> [Span] {
        let written = String(text.characters)
        return afterColon()
            + language.sayings.sayings.flatMap { pattern in
                pattern.matches(in: written).compactMap { match -> Span? in
                    let clause = match.text(1)
                    let said = clause.trimmingCharacters(in: CharacterSet(charactersIn: " '\""))
                    guard said.count > 1 else { return nil }
                    let start = written.distance(from: written.startIndex, to: clause.startIndex)
                    return Span(text: said, range: start..<(start + clause.count), kind: .clause)
                }
            }
    }

    /// What an order has after a colon: "Open a bug in project 7: the export does nothing".
    private func afterColon() -> [Span] {
        guard text.action != .read,
            let colon = text.characters.indices.dropLast().first(where: {
                text.characters[$0] == ":" && text.characters[$0 + 1] == " "
            })
        else { return [] }
        let range = (colon + 2)..<text.characters.count
        let words = text.words(in: range)
        guard words.count > 1 else { return [] }
        var said = text.text(range).trimmingCharacters(in: .whitespaces)
        if said.hasSuffix(".") { said.removeLast() }
        return [Span(text: said, range: range, kind: .clause)]
    }

    /// "123 Main Street"
    func addresses() -> [Span] {
        let written = String(text.characters)
        return language.sayings.address.matches(in: written).map { match in
            let start = written.distance(from: written.startIndex, to: match.range.lowerBound)
            return Span(text: String(match.text), range: start..<(start + match.text.count), kind: .name)
        }
    }

    /// Calculations: "12 x 12", "(120 - 35) / 5", "23 plus 19". Their numbers are also numbers of their own.
    func calculations() -> [Span] {
        let written = String(text.characters)
        return language.numbers.calculation.matches(in: written).compactMap { match in
            let start = written.distance(from: written.startIndex, to: match.range.lowerBound)
            var range = start..<(start + match.text.count)
            func depth(_ range: Range<Int>) -> Int {
                range.reduce(0) { $0 + (text.characters[$1] == "(" ? 1 : text.characters[$1] == ")" ? -1 : 0) }
            }
            // A bracket around all of it, or of what stands before.
            while depth(range) > 0, text.characters[range.lowerBound] == "(" { range = range.dropFirst() }
            while depth(range) < 0, text.characters[range.upperBound - 1] == ")" { range = range.dropLast() }
            guard depth(range) == 0 else { return nil }
            return Span(text: text.text(range), range: range, kind: .formula)
        }
    }

    /// Formulas, without the name before an equals sign.
    func formulas() -> [Span] {
        let characters = text.characters
        var spans: [Span] = []
        var run: [Range<Int>] = []
        func close() {
            defer { run = [] }
            guard let first = run.first, let last = run.last else { return }
            var range = first.lowerBound..<last.upperBound
            func trim() {
                while let end = range.last, " +-*/=.,;:?!'\"".contains(characters[end]) { range = range.dropLast() }
                while let start = range.first, " +*/='\"".contains(characters[start]) { range = range.dropFirst() }
            }
            trim()
            guard Self.isFormula(text.text(range)) else { return }
            if let equals = range.first(where: { characters[$0] == "=" }),
                text.text(range.lowerBound..<equals).count <= 6
            {
                range = (equals + 1)..<range.upperBound
                trim()
            }
            spans.append(Span(text: text.text(range), range: range, kind: .formula))
        }
        for token in tokens {
            let written = text.text(token)
            let isEnd = written.last.map { ",;?!".contains($0) } ?? false
            let bare = written.trimmingCharacters(in: CharacterSet(charactersIn: ".,;:?!'\""))
            if isTerm(bare) {
                run.append(token)
                if isEnd { close() }
            } else {
                close()
            }
        }
        close()
        return spans
    }

    private func isTerm(_ token: String) -> Bool {
        if ["+", "-", "*", "/", "=", "^", "−"].contains(token) { return true }
        if language.units.named(token) != nil, token.count > 1 { return false }
        return !Self.power.isFound(in: token) && Self.terms.contains { $0.isFound(in: token) }
    }

    /// "5m/s^2"
    private static let power = TextPattern(#"^[\d.]*(?:m|km|cm|ft|s)(?:/\w+)?\^[23]$"#)
    private static let terms = [
        TextPattern(#"^[\dxyztn.()^*+\-/=]+$"#), TextPattern(#"^f\(x\)=?"#),
        TextPattern(#"^[a-z]=[\dxyztn.()^*+\-/]+$"#),
        TextPattern(#"^(?:\d*\*?)?(?:sin|cos|tan|log|ln|exp|sqrt|e\^)\(?[\dxyztn^*+\-/().]+\)?[\^\d+\-]*$"#),
    ]

    static func isFormula(_ text: String) -> Bool { formula.isFound(in: text) }

    private static let formula = TextPattern(
        #"[xyztn)]\s*(?:\^|\*\*)|\d[xyz](?![a-z])|(?:sin|cos|tan|log|exp|sqrt)\("#)
}
