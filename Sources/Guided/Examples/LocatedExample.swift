import Core
import Foundation
import Understanding

/// An example of an operation, and where its question says each argument.
struct LocatedExample: Sendable {
    let example: Tool.Example
    let text: Utterance
    /// In characters, by the slots' indices.
    let places: [Int: Range<Int>]
    /// What the numbers among them are numbers of, by the slots' indices.
    let dimensions: [Int: MeasuredUnit.Dimension]

    /// - Parameter today: `YYYY-MM-DD`; dates like "tomorrow" count from it.
    init(_ example: Tool.Example, of tool: Tool, _ slots: [Slot], today: String, in language: QuestionLanguage) {
        let reading = QuestionReading(example.question, today: today, in: language)
        let candidates = SlotFilling(tool: tool, reading: reading, slots: slots, meanings: Meanings()).candidates()
        var places: [Int: Range<Int>] = [:]
        for (index, slot) in slots.enumerated() {
            guard let value = slot.value(in: example.arguments) else { continue }
            // "3 miles" says a number and, in it, a unit.
            let free = { (range: Range<Int>) in
                !places.values.contains {
                    $0 == range || $0.overlaps(range) && !$0.contains(range) && !range.contains($0)
                }
            }
            let written = Self.comparable(value, today: today, language)
            let found = candidates[index].sorted { $0.score > $1.score }.first { candidate in
                candidate.range.map(free) == true && Self.comparable(candidate.value, today: today, language) == written
            }
            places[index] = found?.range ?? Self.range(of: value.string ?? value.text, in: reading.text, where: free)
        }
        self.example = example
        self.text = reading.text
        self.places = places
        dimensions = places.compactMapValues { place in
            reading.quantities.first { $0.range == place }?.unit?.dimension
        }
    }

    /// A value without what may be written in two ways: the sign, which the question says in words, and letters' case.
    private static func comparable(_ value: JSONValue, today: String, _ language: QuestionLanguage) -> String {
        if let number = value.number { return NumberFilling.json(abs(number)).text }
        guard var text = value.string else { return value.text }
        let written = text
        let dates = language.dates.extract(from: &text, today: today)
        // "2028" is a date by its place alone.
        return dates.first ?? written.lowercased()
    }

    /// Where a text stands word for word.
    private static func range(
        of text: String, in utterance: Utterance, where isFree: (Range<Int>) -> Bool
    ) -> Range<Int>? {
        let wanted = Array(text.lowercased())
        let all = utterance.characters.map { Character($0.lowercased()) }
        guard !wanted.isEmpty, wanted.count <= all.count else { return nil }
        return (0...(all.count - wanted.count)).lazy.map { $0..<($0 + wanted.count) }.first { range in
            isFree(range) && all[range].elementsEqual(wanted)
        }
    }

    /// The words that are said beside the arguments.
    var asking: Set<String> {
        Set(text.words.filter { word in !places.values.contains { $0.overlaps(word.range) } }.map(\.lower))
    }

    var pattern: SlotPattern { SlotPattern(text, places) }
}

extension Slot {
    /// What a call's arguments have here.
    func value(in arguments: JSONValue) -> JSONValue? {
        path.reduce(Optional(arguments)) { value, name in name.flatMap { value?[$0] } }
    }
}
