import Core
import DataFiles
import Foundation
import Testing

@testable import Understanding

/// What is read in words and texts. The cases are lines of the files of `Data`, each a text and what is right for it:
/// `{"text": "on 21 June 2026", "gives": ["2026-06-21"]}`. To add a case, add a line. `null` is nothing; today is Monday, 23
/// November 2026. Where a line is right and its test fails, add `"known": "why"` to it.
struct ReadingDataTests {
    private static let language = QuestionLanguage.english

    private static func cases(_ name: String) throws -> [TextCase] {
        try DataLines.read(name + ".jsonl", beside: #filePath)
    }

    private func check(
        _ one: TextCase, sourceLocation: SourceLocation = #_sourceLocation, _ found: (String) -> JSONValue
    ) {
        withKnownIssue(Comment(rawValue: one.known ?? "")) {
            #expect(found(one.text) == one.gives, sourceLocation: sourceLocation)
        } when: {
            one.known != nil
        }
    }

    private static func number(_ value: Double) -> JSONValue {
        Int(exactly: value).map(JSONValue.integer) ?? .number(value)
    }
    private static func list(_ texts: [String]) -> JSONValue { .array(texts.map(JSONValue.string)) }

    @Test(arguments: try cases("dates"))
    func `dates are found however they are written, and nothing else is one`(one: TextCase) {
        check(one) { Self.list(Self.language.dates.find(in: $0, today: "2026-11-23").map(\.date)) }
    }

    @Test(arguments: try cases("times"))
    func `times of day are found as they are written`(one: TextCase) {
        check(one) { Self.list(Self.language.times.find(in: $0).map(\.text)) }
    }

    @Test(arguments: try cases("clock"))
    func `a time of day has its hour, its minute and its half of the day`(one: TextCase) {
        check(one) { text in
            Self.language.times.parts(of: text).map { parts in
                [
                    "hour": .integer(parts.hour), "minute": parts.minute.map(JSONValue.integer) ?? nil,
                    "isLate": .bool(parts.isLate),
                ]
            } ?? nil
        }
    }

    @Test(arguments: try cases("numbers"))
    func `a number word is one wherever it stands`(one: TextCase) {
        check(one) { Self.language.numbers.value(of: $0).map(Self.number) ?? nil }
    }

    @Test(arguments: try cases("likely-numbers"))
    func `more words are numbers where one is likely`(one: TextCase) {
        check(one) { Self.language.numbers.likelyValue(of: $0).map(Self.number) ?? nil }
    }

    @Test(arguments: try cases("units"))
    func `a unit is known by its names and symbols`(one: TextCase) {
        check(one) { Self.language.units.named($0).map { .string($0.name) } ?? nil }
    }

    /// The lines say `50 mH in H`.
    @Test(arguments: try cases("conversions"))
    func `a quantity is converted where both units measure the same`(one: TextCase) throws {
        let parts = one.text.split(separator: " in ").map(String.init)
        let words = parts[0].split(separator: " ").map(String.init)
        let value = try #require(Double(words[0]))
        let unit = try #require(Self.language.units.named(words[1]))
        let other = try #require(Self.language.units.named(parts[1]))
        check(one) { _ in unit.convert(value, to: other).map(Self.number) ?? nil }
    }

    @Test(arguments: try cases("currencies"))
    func `a currency has its code, whatever it is called`(one: TextCase) {
        check(one) { Self.language.currencies.code($0).map(JSONValue.string) ?? nil }
    }

    @Test(arguments: try cases("countries"))
    func `a country has its code, whatever it is called`(one: TextCase) {
        check(one) { Self.language.regions.code($0).map(JSONValue.string) ?? nil }
    }

    /// The first of a line's words is compared with the others: their stems are the `same`, or `alike` in that one begins the
    /// other, or those of `other` words.
    @Test(arguments: try cases("stems"))
    func `forms of a word share its stem, and other words have others`(one: TextCase) {
        check(one) { text in
            let stems = text.split(separator: " ").map { Self.language.stem.of(String($0)) }
            if Set(stems).count == 1 { return "same" }
            return stems.dropFirst().allSatisfy { Stem.areAlike($0, stems[0]) } ? "alike" : "other"
        }
    }

    @Test(arguments: try cases("name-words"))
    func `a name is cut into its words, however it is written`(one: TextCase) {
        check(one) { Self.list(Self.language.stem.nameWords(in: $0)) }
    }

    @Test(arguments: try cases("sentences"))
    func `a text is cut into its sentences, and not at other full stops`(one: TextCase) {
        check(one) { Self.list(Sentences.split($0, after: ".!?")) }
    }

    @Test(arguments: try cases("listings"))
    func `what stands between two things enumerates them, or not`(one: TextCase) {
        check(one) { .bool(Self.language.enumerations.isListing($0)) }
    }

    @Test(arguments: try cases("follow-ups"))
    func `half a question is known by how it begins`(one: TextCase) {
        check(one) { .bool(Self.language.followUps.isOne($0)) }
    }

    @Test(arguments: try cases("there"))
    func `there is a place, and no more than a word of a phrase`(one: TextCase) {
        check(one) { .string(Self.language.followUps.placed($0, in: "Oslo")) }
    }

    @Test(arguments: try cases("inventions"))
    func `something made up is asked for, or something there is`(one: TextCase) {
        check(one) { .bool(Self.language.conversation.asksForInvention($0)) }
    }

    @Test(arguments: try cases("frames"))
    func `a question without its names, numbers and dates is compared too`(one: TextCase) {
        check(one) { text in
            let words = AnchorIndex.Anchor(text, in: Self.language).frame.split(separator: " ")
            return .string(words.joined(separator: " "))
        }
    }
}
