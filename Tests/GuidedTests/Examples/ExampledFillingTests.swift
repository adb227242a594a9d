import Core
import ScriptedModels
import Testing

@testable import Guided
@testable import Understanding

/// How the examples of an operation say what of a question fills its arguments.
struct ExampledFillingTests {
    private static let units: JSONValue = [
        "enum": ["mile", "kilometer", "foot"], "x-squire-aliases": ["kilometer": ["km"], "foot": ["ft", "feet"]],
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
            .init(
                question: "Convert 4 feet to kilometers", arguments: ["value": 4, "from": "foot", "to": "kilometer"]),
        ])
    private static let time = Tool(
        plugin: "clock", operation: "time", description: "Tells the time.",
        parameters: ["type": "object", "properties": ["city": ["type": "string"]]], parameterOrder: ["city"],
        isReadOnly: true,
        examples: [
            .init(question: "What time is it?", arguments: [:]),
            .init(question: "what's the time in Paris now", arguments: ["city": "Paris"]),
        ])
    private static let shift = Tool(
        plugin: "dates", operation: "shift", description: "Adds to a date.",
        parameters: [
            "type": "object", "required": ["amount"],
            "properties": ["amount": ["type": "integer"], "date": ["type": "string"]],
        ], parameterOrder: ["amount", "date"], isReadOnly: true,
        examples: [
            .init(question: "Which day was it 30 days ago?", arguments: ["amount": -30]),
            .init(question: "What is 5 days after 2026-03-01?", arguments: ["amount": 5, "date": "2026-03-01"]),
            .init(question: "10 days from tomorrow", arguments: ["amount": 10, "date": "tomorrow"]),
        ])
    private static let calculate = Tool(
        plugin: "sums", operation: "calculate", description: "Works out an expression.",
        parameters: [
            "type": "object", "required": ["expression"], "properties": ["expression": ["type": "string"]],
        ], parameterOrder: ["expression"], isReadOnly: true,
        examples: [
            .init(question: "What's 17 * 23?", arguments: ["expression": "17 * 23"]),
            .init(question: "Calculate 3 plus 4", arguments: ["expression": "3 plus 4"]),
        ])

    /// The arguments that the examples alone prefer, without a model's word.
    private func filled(_ tool: Tool, _ question: String) async throws -> JSONValue {
        let reading = QuestionReading(question, today: "2026-11-23", in: .english)
        let filling = ExampledFilling(
            tool: tool, reading: reading, slots: Slot.all(of: tool, in: .english), nearest: tool.examples,
            today: "2026-11-23")
        var usage = Usage()
        let best = try await CallJudge(model: IndifferentModel()).best(
            of: Assignment.rivals(filling.slots, filling.candidates(Meanings())), filling, shown: tool.examples,
            usage: &usage)
        var arguments: JSONObject = [:]
        for (slot, candidate) in zip(filling.slots, best?.filled ?? []) { arguments[slot.name] = candidate?.value }
        return .object(arguments)
    }

    @Test(
        arguments: [
            ("How many kilometers is a marathon of 26.2 miles?", ["value": 26.2, "from": "mile", "to": "kilometer"]),
            ("Convert 8 km to feet", ["value": 8, "from": "kilometer", "to": "foot"]),
            ("How many ft are 2 km?", ["value": 2, "from": "kilometer", "to": "foot"]),
        ] as [(String, JSONValue)])
    func `which of two units is meant is told by how the examples place them`(question: String, arguments: JSONValue)
        async throws
    {
        #expect(try await filled(Self.convert, question) == arguments)
    }

    @Test func `a number of twenty digits is an argument as it was said`() async throws {
        let arguments = try await filled(Self.convert, "How many feet are 12345678901234567891 miles?")
        #expect(arguments["value"] == .digits("12345678901234567891"))
    }

    @Test(
        arguments: [
            ("What time is it?", [:]), ("What's the time now?", [:]),
            ("What time is it in Oslo now?", ["city": "Oslo"]),
            ("what time is it in oslo", ["city": "oslo"]),
            ("what time is it in buenos aires", ["city": "buenos aires"]),
            ("what's the time in Portland, Maine", ["city": "Portland, Maine"]),
        ] as [(String, JSONValue)])
    func `an optional text is left out where all that was said is how the examples ask`(
        question: String, arguments: JSONValue
    ) async throws {
        #expect(try await filled(Self.time, question) == arguments)
    }

    @Test(
        arguments: [
            ("Which day was it 100 days ago?", ["amount": -100]),
            ("What is 3 days after 2026-05-10?", ["amount": 3, "date": "2026-05-10"]),
            ("Which day is it in 12 days?", ["amount": 12]),
        ] as [(String, JSONValue)])
    func `a number that goes back is negative where the examples say so`(question: String, arguments: JSONValue)
        async throws
    {
        #expect(try await filled(Self.shift, question) == arguments)
    }

    @Test(arguments: [
        ("What's 14:45 plus 90 minutes?", "14:45 plus 90 minutes"), ("Calculate (3.5 + 4) * 12", "(3.5 + 4) * 12"),
        ("what's 15% of 80", "15% of 80"),
    ])
    func `a text is all that is said between the words that only ask`(question: String, text: String) async throws {
        #expect(try await filled(Self.calculate, question) == ["expression": .string(text)])
    }

    @Test(arguments: [
        ("How many kilometres is 5 miles?", ["kilometer", "mile"]), ("6 feet in inches", ["foot", "inch"]),
        ("100 F", ["fahrenheit"]), ("how many km in a square mile", ["kilometer", "square mile"]),
        ("I live in a house", []),
    ])
    func `a unit is found by its name in any spelling and number, and by its symbol beside a number`(
        text: String, units: [String]
    ) throws {
        let aliases = try #require(
            ChoiceAliases(
                [
                    "enum": ["kilometer", "mile", "foot", "inch", "fahrenheit", "square mile"],
                    "x-squire-aliases": ["fahrenheit": ["°F", "F"], "inch": ["in"], "kilometer": ["km"]],
                ], in: .english))
        #expect(aliases.find(in: Utterance(text, in: .english).words).map(\.choice) == units)
    }

    @Test(
        arguments: [
            ("What time is it there?", ["place": "Oslo", "date": "2026-11-26"], "What time is it in Oslo?"),
            (
                "And when does the sun set there tomorrow?", ["place": "oslo"],
                "And when does the sun set in oslo tomorrow?"
            ),
            ("Is there a train?", ["place": "Oslo"], "Is there a train?"),
            ("What time is it there?", ["from": "Oslo", "to": "Rome"], "What time is it there?"),
            ("What time is it there?", ["place": "Lima"], "What time is it there?"),
        ] as [(String, JSONValue, String)])
    func `there is the one place that the call before took from its question`(
        question: String, arguments: JSONValue, resolved: String
    ) {
        let earlier = EarlierCall(
            question: "From Rome or Oslo on 2026-11-26", operation: "sun", arguments: arguments)
        #expect(PlaceReference.resolved(question, after: earlier, in: .english) == resolved)
    }
}
