import Core
import Testing

@testable import Guided
@testable import Understanding

struct CallTests {
    private let convert = Tool(
        plugin: "units", operation: "convert", description: "Converts.",
        parameters: [
            "type": "object", "required": ["value", "from", "to"],
            "properties": [
                "value": ["type": "number"], "from": ["enum": ["mile", "kilometer", "foot"]],
                "to": ["enum": ["mile", "kilometer", "foot"]],
            ],
        ],
        parameterOrder: ["value", "from", "to"], isReadOnly: true,
        examples: [
            .init(question: "How many feet are 3 miles?", arguments: ["value": 3, "from": "mile", "to": "foot"]),
            .init(
                question: "Convert 4 feet to kilometers", arguments: ["value": 4, "from": "foot", "to": "kilometer"]),
        ])
    private let time = Tool(
        plugin: "clock", operation: "time", description: "Tells the time.",
        parameters: [
            "type": "object", "required": ["city"],
            "properties": ["city": ["type": "string"], "date": ["type": "string", "format": "date"]],
        ],
        parameterOrder: ["city", "date"], isReadOnly: true)

    private func grammar(_ tool: Tool, _ question: String) -> CallGrammar {
        CallGrammar(
            tool, mentions: Mentions(in: question, today: "2026-11-23"), today: "2026-11-23", language: .english)
    }

    @Test("where all values are mentioned, the calls are those that use each once")
    func alternatives() throws {
        let calls = grammar(convert, "How many kilometers is a marathon of 26.2 miles?").alternatives
        #expect(calls == ["value: 26.2, from: kilometer, to: mile)", "value: 26.2, from: mile, to: kilometer)"])
    }

    @Test("a number of twenty digits is an argument as it was said, and is found again among the words")
    func digits() throws {
        let calls = try #require(
            grammar(convert, "How many kilometers are 12345678901234567891 miles?").alternatives)
        #expect(calls.allSatisfy { $0.hasPrefix("value: 12345678901234567891, ") })
        let parameters = Parameter.all(of: convert)
        let arguments = try #require(CallNotation.read(calls[0], parameters))
        #expect(arguments["value"] == .digits("12345678901234567891"))
        #expect(CallNotation.write(arguments, parameters) + ")" == calls[0])
        // As `Double`s the two are the same.
        let pattern = SlotPattern(
            "Are 12345678901234567890 or 12345678901234567891 more?", arguments, parameters, today: "2026-11-23",
            in: .english)
        #expect(pattern.neighbours.contains("or ‹value›"))
    }

    @Test("the examples tell which mention is which argument")
    func support() {
        let parameters = Parameter.all(of: convert)
        let patterns = convert.examples.map {
            SlotPattern($0.question, $0.arguments, parameters, today: "2026-11-23", in: .english)
        }
        func support(_ from: JSONValue, _ to: JSONValue) -> Double {
            SlotPattern(
                "How many kilometers is a marathon of 26.2 miles?", ["value": 26.2, "from": from, "to": to], parameters,
                today: "2026-11-23", in: .english
            ).support(by: patterns)
        }
        #expect(support("mile", "kilometer") > support("kilometer", "mile"))
    }

    @Test("a text can only be words of the question, and an optional date that was not said is left out")
    func spans() throws {
        let grammar = grammar(time, "What time is it in Buenos Aires?")
        #expect(grammar.parameters.map(\.name) == ["city"])
        #expect(grammar.alternatives == nil)
        // A name is not cut in its middle, and an argument nobody mentioned is not offered.
        let written = "\(grammar.constraint)"
        #expect(written.contains("Buenos") && written.contains("least: 1"))
        #expect(!written.contains("date"))
    }

    @Test(
        "an optional text is left out where all that was said is how the examples ask",
        arguments: [
            ("What time is it?", false), ("What's the time now?", false), ("What time is it in Oslo now?", true),
            ("what time is it in oslo", true), ("What time is it there?", true),
        ])
    func optionalText(question: String, isGiven: Bool) {
        var clock = time
        clock.parameters = ["type": "object", "properties": ["city": ["type": "string"]]]
        clock.examples = [
            .init(question: "What time is it?", arguments: [:]),
            .init(question: "what's the time in Paris now", arguments: ["city": "Paris"]),
        ]
        #expect(grammar(clock, question).parameters.map(\.name).contains("city") == isGiven)
    }

    @Test(
        "there is the one place that the call before took from its question",
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
    func reference(question: String, arguments: JSONValue, resolved: String) {
        let earlier = EarlierCall(
            question: "From Rome or Oslo on 2026-11-26", operation: "sun", arguments: arguments)
        #expect(PlaceReference.resolved(question, after: earlier, in: .english) == resolved)
    }

    @Test("a required number that nobody said is named as missing")
    func ungrounded() throws {
        #expect(grammar(convert, "Tell me a joke").ungrounded.contains("value"))
    }

    @Test("a call that is written can be read", arguments: ["Paris", "a \"quoted\", date: thing)", "São Paulo"])
    func notation(city: String) throws {
        let parameters = Parameter.all(of: time)
        let arguments: JSONValue = ["city": .string(city), "date": "2026-06-21"]
        #expect(CallNotation.read(CallNotation.write(arguments, parameters) + ")", parameters) == arguments)
    }

    @Test("a call that was cut is not read")
    func cut() {
        #expect(CallNotation.read(#"city: "Par"#, Parameter.all(of: time)) == nil)
    }
}
