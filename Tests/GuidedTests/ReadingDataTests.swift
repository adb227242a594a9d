import Core
import DataFiles
import Foundation
import Testing

@testable import Guided
@testable import Understanding

/// What is read in a question. The cases are lines of the files of `Data`, each a text and what is right for it:
/// `{"text": "for six months", "gives": ["6 month"]}`. To add a case, add a line. Where a line is right and its test fails,
/// add `"known": "why"` to it.
struct ReadingDataTests {
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

    private static func reading(_ text: String) -> QuestionReading {
        QuestionReading(text, today: FilledQuestion.today, in: .english)
    }

    private static func list(_ texts: some Sequence<String>) -> JSONValue { .array(texts.map(JSONValue.string)) }

    /// A number, `#` before one that counts in order, and the unit.
    @Test(arguments: try cases("quantities"))
    func `quantities are read with their scale and their unit`(one: TextCase) {
        check(one) { text in
            Self.list(
                Self.reading(text).quantities.map { quantity in
                    let isWhole = quantity.written?.number == quantity.value && quantity.value.magnitude > 1e15
                    let number = isWhole ? quantity.written?.text ?? "" : String(format: "%.12g", quantity.value)
                    return (quantity.isOrdinal ? "#" : "") + number + (quantity.unit.map { " \($0.name)" } ?? "")
                })
        }
    }

    @Test(arguments: try cases("figures"))
    func `numbers in digits are read with all of them`(one: TextCase) {
        check(one) { text in
            let characters = Array(text)
            var found: [JSONValue] = []
            var index = 0
            while index < characters.count {
                guard let figure = Figure(at: index, in: characters) else {
                    index += 1
                    continue
                }
                found.append(figure.json)
                index = figure.range.upperBound
            }
            return .array(found)
        }
    }

    @Test(arguments: try cases("literals"))
    func `lists, pairs and objects are read as they are written`(one: TextCase) {
        check(one) { .array(Self.reading($0).literals.map(\.value)) }
    }

    @Test(arguments: try cases("coordinates"))
    func `two numbers are a place on the Earth, or none`(one: TextCase) {
        check(one) { .array(Self.reading($0).coordinates.map { [$0.latitude.value, $0.longitude.value] }) }
    }

    /// A line names the kinds of `Span.Kind` that it is about, in any order; of names and phrases the whole ones.
    @Test(arguments: try cases("spans"))
    func `what can be copied is found whole`(one: TextCase) {
        check(one) { text in
            let spans = Self.reading(text).spans
            var found: JSONObject = [:]
            for (kind, wanted) in one.gives.object ?? [:] {
                let texts = Set(spans.filter { "\($0.kind)" == kind && $0.isWhole }.map(\.text))
                // In the line's order where they are the same.
                found[kind] =
                    texts == Set(wanted.array?.compactMap(\.string) ?? []) ? wanted : Self.list(texts.sorted())
            }
            return .object(found)
        }
    }

    @Test(arguments: try cases("enumerations"))
    func `what is enumerated is a list, and a place with its country is not`(one: TextCase) {
        check(one) { .array(Self.reading($0).listed.map { Self.list($0.map(\.text)) }) }
    }

    @Test(arguments: try cases("speech-acts"))
    func `an order is one, and a question, a negation and a remark order nothing`(one: TextCase) {
        check(one) { .string("\(Utterance($0, in: .english).action)") }
    }

    @Test(arguments: try cases("imperatives"))
    func `what begins with the verb of an order is one, and what only names an order is none`(one: TextCase) {
        check(one) { .bool(Utterance($0, in: .english).isImperative) }
    }

    /// What does not begin as a request does stands after "…".
    @Test(arguments: try cases("clauses"))
    func `a question is cut where another request may begin`(one: TextCase) {
        check(one) { text in
            Self.list(QuestionParts.clauses(of: text, in: .english).map { $0.begins ? $0.text : "… \($0.text)" })
        }
    }

    /// The text is a description, and the date is 6 August 2026.
    @Test(arguments: try cases("date-forms"))
    func `a date is written as the description asks`(one: TextCase) {
        check(one) { .string(DateForm(description: $0, QuestionLanguage.english.slots).text("2026-08-06")) }
    }

    @Test(arguments: try cases("polynomials"))
    func `a polynomial has its coefficients, the highest first`(one: TextCase) {
        check(one) { text in
            Polynomial.coefficients(of: text).map { .array($0.map(NumberFilling.json)) } ?? nil
        }
    }
}

/// A question cut into words.
struct UtteranceTests {
    private func words(_ text: String) -> [String] { Utterance(text, in: .english).words.map(\.text) }

    @Test func `words keep the signs within them and lose those around them`() {
        #expect(words("\"What's up?\" (well-known)") == ["What's", "up", "well-known"])
        #expect(words("50,000 people, 3.5 km/h, a@b.org!") == ["50,000", "people", "3.5", "km/h", "a@b.org"])
        #expect(words(" … ").isEmpty)
    }

    @Test func `a sentence begins with a word that is marked so`() {
        let opening = Utterance("It is 3.5. Is it? no", in: .english).words.filter(\.opens).map(\.text)
        #expect(opening == ["It", "Is", "no"])
    }

    @Test func `characters and words are found by each other`() {
        let text = Utterance("from Rome to Oslo", in: .english)
        #expect(text.text(5..<9) == "Rome" && text.words(in: 5..<9) == 1..<2)
        #expect(text.text(13..<99) == "Oslo" && text.words(in: 4..<5).isEmpty)
        #expect(text.words(in: 5..<17) == 1..<4)
    }

    @Test func `the longest name that begins at a word is the one that is named`() {
        let known = ["new york": 1, "york": 2, "city": 3]
        let found = Utterance("New York City", in: .english).named(ofAtMost: 2) { known[$0.lowercased()] }
        #expect(found.map(\.value) == [1, 3])
    }
}
