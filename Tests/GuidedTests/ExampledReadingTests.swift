import Core
import ScriptedModels
import Testing

@testable import Guided
@testable import Understanding

/// What of a question an operation with examples reads, and what it leaves unread. Today is Monday, 23 November 2026.
struct ExampledReadingTests {
    private static let units: JSONValue = [
        "enum": ["mile", "kilometer", "foot", "kelvin"],
        "x-squire-aliases": ["kilometer": ["km"], "foot": ["ft", "feet"]],
    ]
    private static let convert = Tool(
        plugin: "units", operation: "convert", description: "Converts.",
        parameters: [
            "type": "object", "required": ["value", "from", "to"],
            "properties": ["value": ["type": "number"], "from": units, "to": units],
        ],
        parameterOrder: ["value", "from", "to"], isReadOnly: true,
        examples: [
            .init(question: "How many feet are 3 miles?", arguments: ["value": 3, "from": "mile", "to": "foot"]),
            .init(question: "How many feet are in a mile?", arguments: ["value": 1, "from": "mile", "to": "foot"]),
            .init(
                question: "Convert 4 feet to kilometers", arguments: ["value": 4, "from": "foot", "to": "kilometer"]),
        ])
    private static let sunset = Tool(
        plugin: "sky", operation: "sunset", description: "Tells when the sun sets.",
        parameters: [
            "type": "object", "required": ["place"],
            "properties": ["place": ["type": "string"], "date": ["type": "string"]],
        ], parameterOrder: ["place", "date"], isReadOnly: true,
        examples: [
            .init(question: "When is sunset in Paris today?", arguments: ["place": "Paris", "date": "today"]),
            .init(
                question: "sunset cape town 15 august 2026", arguments: ["place": "cape town", "date": "2026-08-15"]),
        ])

    private func filling(_ tool: Tool, _ question: String) -> ExampledFilling {
        ExampledFilling(
            tool: tool, reading: QuestionReading(question, today: "2026-11-23", in: .english),
            slots: Slot.all(of: tool, in: .english), nearest: tool.examples, today: "2026-11-23")
    }

    private func rivals(_ filling: ExampledFilling) -> [Assignment] {
        Assignment.rivals(filling.slots, filling.candidates(Meanings())).flatMap(\.withoutSharing)
            .filter { !$0.repeatsChoice(of: filling.slots) }
    }

    private func filled(_ tool: Tool, _ question: String) async throws -> JSONValue {
        let filling = filling(tool, question)
        var usage = Usage()
        let best = try await CallJudge(model: IndifferentModel()).best(
            of: rivals(filling), filling, shown: tool.examples, usage: &usage)
        var arguments: JSONObject = [:]
        for (slot, candidate) in zip(filling.slots, best?.filled ?? []) { arguments[slot.name] = candidate?.value }
        return .object(arguments)
    }

    @Test(
        arguments: [
            ("how many feet are in a kilometer", ["value": 1, "from": "kilometer", "to": "foot"]),
            ("how many km are 3 miles", ["value": 3, "from": "mile", "to": "kilometer"]),
            ("5 miles", ["value": 5, "from": "mile"]),
        ] as [(String, JSONValue)])
    func `the article of a unit is one of it, where an example says so, and no word is two arguments`(
        question: String, arguments: JSONValue
    ) async throws {
        let found = try await filled(Self.convert, question)
        #expect(found["value"] == arguments["value"])
        #expect(found["from"] == nil || found["from"] != found["to"])
        if arguments["to"] != nil { #expect(found == arguments) }
    }

    @Test(arguments: [
        ("When is sunset in oslo?", true), ("sunset oslo", true), ("When is the shop in the station open?", false),
        ("what does lovely mean", false),
    ])
    func `a text stands where the examples have one`(question: String, isPlaced: Bool) {
        let filling = filling(Self.sunset, question)
        #expect(rivals(filling).contains { filling.isPlaced($0) } == isPlaced)
    }

    @Test(
        arguments: [
            ("When is sunset in Oslo today?", nil), ("When is sunset in Oslo?", nil),
            ("When is sunset in Oslo on thanksgiving?", "date"), ("sunset in Oslo next easter", "date"),
            ("sunset in Oslo friday", nil), ("sunset in Oslo 1 may", nil),
        ] as [(String, String?)])
    func `a day that is said and not read is asked for, and never today`(question: String, slot: String?) throws {
        let filling = filling(Self.sunset, question)
        let best = try #require(
            rivals(filling).first { one in
                one.filled[0]?.value == "Oslo"
            })
        #expect(filling.unreadDate(best) == slot)
    }

    @Test func `half a question does not give a unit to a number that was said with another`() throws {
        let filling = filling(Self.convert, "and in km?")
        let before = LocatedExample(
            Tool.Example(
                question: "How many feet are 3 miles?", arguments: ["value": 3, "from": "mile", "to": "foot"]),
            of: Self.convert, filling.slots, today: "2026-11-23", in: .english)
        let kept = rivals(filling).filter { !$0.tears(before.places, filling.slots) }
        #expect(!kept.isEmpty)
        #expect(kept.allSatisfy { $0.filled[1] == nil && $0.filled[2]?.value == "kilometer" })
    }
}
