import ProcessorTime
import Testing

@testable import Core

struct TextPatternTests {
    private static let number = TextPattern(#"(?:^|[^A-Za-z0-9:.])([-−]?)(\d{1,3}(?:,\d{3})+|\d+)(?!\d|[:.]\d)"#)
    private static let date = TextPattern(#"(\d{4})-(\d{2})-(\d{2})"#)
    private static let words = TextPattern(#"(?i)\b(and|or|what about)\b"#)
    private static let lazy = TextPattern(#"say\s+(.+?)\s+(?:to|in)\b"#)
    private static let any = TextPattern(#"a*"#)
    private static let nested = TextPattern(#"^(?:(?:a+)+b|(?:a|aa)+c)$"#)
    private static let three = TextPattern(#"x{2,3}?y|x{4}"#)
    private static let classes = TextPattern(#"[^\]\[a-c]+|\p{Lu}\p{L}*"#)
    private static let ends = TextPattern(#"[.'’:/-]*$"#)

    @Test func `matches are what a regular expression says, groups and all`() {
        let match = Self.date.firstMatch(in: "on 2026-06-21.")
        #expect(match?.text == "2026-06-21" && match?[1] == "2026" && match?[3] == "21")
        #expect(Self.number.matches(in: "7, 1,200 and -3 of B12 at 14:30").map { $0.text(2) } == ["7", "1,200", "3"])
        #expect(Self.number.firstMatch(in: "-3")?[1] == "-")
        #expect(
            Self.words.matches(in: "And so, WHAT ABOUT sand or and?").map(\.text) == ["And", "WHAT ABOUT", "or", "and"])
        #expect(Self.lazy.firstMatch(in: "say hello to me to it")?[1] == "hello")
        #expect(Self.any.matches(in: "baab").map(\.text) == ["", "aa", "", ""])
        #expect(Self.three.matches(in: "xxxxxy xxy").map(\.text) == ["xxxx", "xxy"])
        #expect(Self.classes.matches(in: "ab[Éa]xc").map(\.text) == ["É", "x"])
        #expect(Self.date.firstMatch(in: "2026") == nil)
    }

    @Test func `a text is rewritten and cut at matches`() {
        #expect(Self.date.replacing(in: "a 2026-06-21 b") { "\($0.text(3)).\($0.text(2))." } == "a 21.06. b")
        #expect(Self.words.pieces(of: "tea and milk or not") == ["tea ", " milk ", " not"])
        #expect(Self.ends.replacing(in: "end.'", with: "") == "end")
    }

    @Test func `characters are whole, also of several scalars`() {
        let text = "cafe\u{301} 👨‍👩‍👧\r\nÅ"
        #expect(TextPattern(#"\p{L}+"#).matches(in: text).map(\.text) == ["cafe\u{301}", "Å"])
        #expect(TextPattern(#"^.+\n"#).firstMatch(in: text)?.text == "cafe\u{301} 👨‍👩‍👧\r\n")
        #expect(TextPattern(#"e"#).firstMatch(in: text) == nil)
    }

    @Test func `an apostrophe within a word ends none`() {
        let pattern = TextPattern(#"(?i)\b(i|we|i'm)\b"#)
        #expect(pattern.matches(in: "I'm sure we've, we").map(\.text) == ["I'm", "we"])
    }

    @Test(arguments: [
        (Self.nested, "a"), (Self.lazy, "say "), (Self.number, "1,000"), (Self.words, "an"), (Self.classes, "[Aa"),
        (Self.any, "b"), (Self.ends, ".'"),
    ])
    func `a search takes as many steps as the text and the pattern are long, together and not to a power`(
        pattern: TextPattern, unit: String
    ) {
        func steps(_ count: Int) -> Int {
            var search = PatternSearch(pattern.program, PatternText(String(repeating: unit, count: count)))
            while search.next() != nil {}
            return search.steps
        }
        #expect(steps(2000) <= 4 * steps(500) + 4000)
        #expect(steps(2000) <= 2000 * unit.count * pattern.program.instructions.count * 2)
    }

    @Test func `of a text without end only so much is looked at`() {
        let text = String(repeating: " ", count: 2 * TextPattern.mostCharacters) + "and"
        #expect(!Self.words.isFound(in: text))
        #expect(processorSeconds { _ = Self.nested.isFound(in: String(repeating: "a", count: 1 << 17)) } < 20)
    }
}
