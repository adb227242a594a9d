import Core
import Testing

@testable import Guided
@testable import Understanding

struct GuidedFillingTests {
    private func tool(_ properties: [(String, JSONValue)], required: [String]) -> Tool {
        Tool(
            plugin: "client", operation: "calculate_thing", description: "Calculates a thing.",
            parameters: [
                "type": "object", "required": .array(required.map(JSONValue.string)),
                "properties": .object(JSONObject(properties)),
            ],
            parameterOrder: properties.map(\.0), isReadOnly: true)
    }

    private func fill(_ tool: Tool, _ question: String) async throws -> [String: JSONValue] {
        let call = try await filled(tool, question)
        let pairs = zip(call.slots, call.assignment.filled).compactMap { slot, candidate in
            candidate.map { (slot.name, $0.value) }
        }
        return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }

    private func filled(_ tool: Tool, _ question: String) async throws -> FilledCall {
        let reading = QuestionReading(question, today: "2026-11-23", in: .english)
        let known = ToolReading(of: tool, in: .english)
        let slots = known.slots
        let vectors = TextVectors(WordEmbedder())
        _ = try await vectors.embed(known.outline.texts)
        let meanings = try await Meanings(vectors: vectors, spans: reading.spans, slots: slots)
        let candidates = SlotFilling(tool: tool, reading: reading, slots: slots, meanings: meanings).candidates()
        return FilledCall(
            tool: tool, reading: known, candidates: candidates, assignment: Assignment.best(slots, candidates))
    }

    private let integer: JSONValue = ["type": "integer"]
    private func described(_ type: String, _ description: String) -> JSONValue {
        ["type": .string(type), "description": .string(description)]
    }

    @Test("a number goes where its neighbours say, and each number to one place")
    func numbers() async throws {
        let motion = tool(
            [
                ("initial_velocity", described("integer", "The initial velocity in m/s.")),
                ("acceleration", described("integer", "The acceleration in m/s^2.")),
                ("time", described("integer", "The time in seconds.")),
            ], required: ["initial_velocity", "acceleration", "time"])
        let found = try await fill(
            motion, "accelerating at 2 m/s^2 for a duration of 5 seconds, starting from a speed of 10 m/s")
        #expect(found == ["initial_velocity": 10, "acceleration": 2, "time": 5])
    }

    @Test(
        "an identifier of many digits keeps all of them",
        arguments: ["1194382957162758225", "12345678901234567890", "9007199254740993"])
    func manyDigits(digits: String) async throws {
        let deletion = tool([("id", described("integer", "The message's id."))], required: ["id"])
        let found = try await fill(deletion, "Delete the message \(digits).")
        #expect(found["id"]?.text == digits)
    }

    @Test("a quantity is converted to the unit the description names")
    func units() async throws {
        let circuit = tool(
            [
                ("inductance", described("number", "The inductance in henries (H).")),
                ("days", described("integer", "Number of days.")),
            ], required: ["inductance", "days"])
        #expect(try await fill(circuit, "an inductance of 50mH over 2 weeks") == ["inductance": 0.05, "days": 14])
    }

    @Test("five percent is 0.05 as a rate and 5 where percent are asked for")
    func percent() async throws {
        let rate = tool([("rate", described("number", "The interest rate."))], required: ["rate"])
        #expect(try await fill(rate, "at 5% interest") == ["rate": 0.05])
        let percent = tool([("rate", described("number", "The interest rate as a percentage."))], required: ["rate"])
        #expect(try await fill(percent, "at 5% interest") == ["rate": 5])
    }

    @Test("from and to are told apart by the words before them")
    func sides() async throws {
        let route = tool(
            [
                ("start_location", described("string", "Where it starts.")),
                ("end_location", described("string", "Where it ends.")),
            ],
            required: ["start_location", "end_location"])
        let found = try await fill(route, "How do I get to Melbourne from Sydney?")
        #expect(found == ["start_location": "Sydney", "end_location": "Melbourne"])
    }

    @Test("an optional argument is given where the question gives it, and else left out")
    func optional() async throws {
        let route = tool(
            [
                ("city", described("string", "The city.")), ("avoid_tolls", ["type": "boolean"]),
                ("kind", ["type": "string", "enum": ["fast", "scenic"]]),
            ], required: ["city"])
        #expect(try await fill(route, "Drive to Lyon") == ["city": "Lyon"])
        let given = try await fill(route, "Drive to Lyon on a scenic route and avoid tolls")
        #expect(given == ["city": "Lyon", "avoid_tolls": true, "kind": "scenic"])
    }

    @Test("dates are written as the description asks")
    func dates() async throws {
        let air = tool([("date", described("string", "The date (month-day-year)."))], required: ["date"])
        #expect(try await fill(air, "on 2022/08/16") == ["date": "08-16-2022"])
    }

    @Test("a follow-up has what it does not say from the question before it")
    func followUp() async throws {
        let weather = tool(
            [("city", described("string", "The city.")), ("days", described("integer", "Number of days."))],
            required: ["city"])
        let before = try await filled(weather, "the weather in Oslo for 3 days")
        let call = try await filled(weather, "And in Lima?").completed(by: before)
        #expect(call.assignment.filled.map { $0?.value } == ["Lima", 3])
    }

    @Test("lists take what is enumerated")
    func lists() async throws {
        let prices = tool(
            [
                ("companies", ["type": "array", "items": ["type": "string"]]),
                ("numbers", ["type": "array", "items": ["type": "number"]]),
            ],
            required: ["companies", "numbers"])
        let found = try await fill(prices, "prices of Microsoft and Google for 85, 90 and 88.5")
        #expect(found == ["companies": ["Microsoft", "Google"], "numbers": [85, 90, 88.5]])
    }

    @Test("what is enumerated for one value makes a call each, what is said twice another call, and a pair none")
    func series() async throws {
        func calls(_ tool: Tool, _ question: String) async throws -> [[JSONValue?]] {
            let call = try await filled(tool, question)
            let reading = QuestionReading(question, today: "2026-11-23", in: .english)
            return CallSeries(call: call, reading: reading).assignments().map { $0.map { $0?.value } }
        }
        let weather = tool(
            [("city", described("string", "The city.")), ("days", described("integer", "Number of days."))],
            required: ["city"])
        #expect(
            try await calls(weather, "weather in Oslo, Lima and Cairo") == [
                ["Oslo", nil], ["Lima", nil], ["Cairo", nil],
            ])
        let twice = try await calls(weather, "Give me the weather of Oslo for 3 days and of Lima for 5 days.")
        #expect(twice == [["Oslo", 3], ["Lima", 5]])
        let divisor = tool([("a", integer), ("b", integer)], required: ["a", "b"])
        #expect(try await calls(divisor, "the divisor of 12 and 18") == [[12, 18]])
    }

    @Test("a list of objects has an item for each that is enumerated, in one call")
    func items() async throws {
        let order = tool(
            [
                (
                    "items",
                    [
                        "type": "array",
                        "items": [
                            "type": "object", "required": ["name", "quantity"],
                            "properties": [
                                "name": described("string", "The name of the product."),
                                "quantity": described("integer", "How many."),
                            ],
                        ],
                    ]
                )
            ], required: ["items"])
        let question = "Order 3 Notebooks, 2 Lamps and 5 Pencils"
        let call = try await filled(order, question)
        let rounds = CallSeries(call: call, reading: QuestionReading(question, today: "2026-11-23", in: .english))
            .rounds()
        #expect(rounds.count == 1)
        let values = rounds.first?.map { filled in
            Dictionary(
                zip(call.slots.map(\.name), filled).map { ($0, $1?.value) }, uniquingKeysWith: { first, _ in first })
        }
        #expect(
            values == [
                ["name": "Notebooks", "quantity": 3], ["name": "Lamps", "quantity": 2],
                ["name": "Pencils", "quantity": 5],
            ])
    }

    // MARK: Kinds of values

    @Test("values that a path parts by a slash are read as they are said together")
    func pathPairs() async throws {
        var repository = tool(
            [("owner", described("string", "The account.")), ("repo", described("string", "The repository."))],
            required: ["owner", "repo"])
        repository.origin = Tool.Origin(
            title: "Hub", source: "s", server: "http://localhost", method: "GET", path: "/repos/{owner}/{repo}/licence",
            binding: [])
        let found = try await fill(repository, "Which licence is microsoft/vscode under?")
        #expect(found == ["owner": "microsoft", "repo": "vscode"])
    }

    @Test(
        "a currency is written as its code where examples are codes",
        arguments: [
            ("What's the exchange rate from euros to US dollars?", "EUR", "USD"),
            ("How much is one British pound in Polish zlotys?", "GBP", "PLN"), ("GBP to SEK", "GBP", "SEK"),
        ])
    func currencies(question: String, base: String, quote: String) async throws {
        let code: JSONValue = ["type": "string", "example": "EUR"]
        let rate = tool([("base", code), ("quote", code)], required: ["base", "quote"])
        let found = try await fill(rate, question)
        #expect(found == ["base": .string(base), "quote": .string(quote)])
    }

    @Test("a number stands beside what it is")
    func beside() async throws {
        let price = tool(
            [("item_id", ["type": "integer", "title": "Item Id"]), ("price", ["type": "number", "title": "Price"])],
            required: ["item_id", "price"])
        #expect(try await fill(price, "Change the price of item 8 to 199") == ["item_id": 8, "price": 199])
    }

    @Test("what may be null or stands alone in an allOf is that thing")
    func plain() {
        #expect(Slot.kind(of: ["anyOf": [["type": "integer"], ["type": "null"]]]) == .number(isInteger: true))
        #expect(Slot.kind(of: ["allOf": [["enum": ["a", "b"]]], "default": "a"]) == .choice(["a", "b"]))
        #expect(Slot.kind(of: ["anyOf": [["type": "integer"], ["type": "string"]]]) == .other)
        #expect(Slot.plain(["anyOf": [["type": "string"], ["type": "null"]], "title": "Q"])["title"] == "Q")
    }

    @Test("names that are written without a space between their words are read")
    func compounds() {
        let stem = QuestionLanguage.english.stem
        #expect(stem.nameWords(in: "minmagnitude") == ["min", "magnitude"])
        #expect(stem.nameWords(in: "starttime") == ["start", "time"])
        #expect(stem.nameWords(in: "eventid") == ["event", "id"])
        #expect(
            stem.nameWords(in: "minute") == ["minute"] && stem.nameWords(in: "maximum") == ["maximum"]
                && stem.nameWords(in: "fromDate") == ["from", "date"])
    }
}
