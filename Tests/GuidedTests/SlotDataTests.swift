import Core
import DataFiles
import Testing

@testable import Guided
@testable import Understanding

/// What a parameter's name and schema say of it. The cases are lines of `Data/slots.jsonl`:
/// `{"name": "days", "schema": {"type": "integer"}, "gives": {"kind": "integer", "unit": "day"}}`. A line says only what it is
/// about. To add a case, add a line; where it is right and its test fails, add `"known": "why"`.
struct SlotDataTests {
    struct Case: Decodable, Sendable, CustomStringConvertible {
        var name: String
        var schema: JSONValue
        var gives: JSONValue
        var known: String?

        var description: String { "\(name): \(schema.text)" }
    }

    private static func cases() throws -> [Case] { try DataLines.read("slots.jsonl", beside: #filePath) }

    @Test(arguments: try cases())
    func `a slot is read in its name and its schema`(one: Case) {
        let schema = Slot.plain(one.schema)
        let kind = Slot.kind(of: schema)
        let notes = SlotNotes(name: one.name, schema: schema, kind: kind, in: .english)
        func text(_ value: Any?) -> JSONValue { value.map { .string("\($0)") } ?? nil }
        withKnownIssue(Comment(rawValue: one.known ?? "")) {
            for (property, wanted) in one.gives.object ?? [:] {
                let found: JSONValue =
                    switch property {
                    case "kind": .string(name(of: kind))
                    case "theme": text(notes.theme)
                    case "side": text(notes.side)
                    case "part": text(notes.part)
                    case "unit": text(notes.unit?.name)
                    case "order": notes.order.map(JSONValue.integer) ?? nil
                    case "isCountryCode": .bool(notes.isCountryCode)
                    case "isClosed": .bool(notes.isClosed)
                    case "fallback": notes.fallback ?? "nothing"
                    case "options": .array(notes.options.map(JSONValue.string))
                    case "aliases":
                        .object(JSONObject(notes.aliases.sorted { $0.key < $1.key }.map { ($0, .string($1)) }))
                    default: .string("no such property of a slot: \(property)")
                    }
                #expect(found == wanted, "\(property)")
            }
        } when: {
            one.known != nil
        }
    }

    private func name(of kind: Slot.Kind) -> String {
        switch kind {
        case .number(let isInteger): isInteger ? "integer" : "number"
        case .numbers(let isInteger): isInteger ? "integers" : "numbers"
        case .text: "text"
        case .texts: "texts"
        case .flag: "flag"
        case .choice: "choice"
        case .choices: "choices"
        case .other: "other"
        }
    }

    private func slots(_ parameters: JSONValue, order: [String] = []) -> [Slot] {
        Slot.all(
            of: Tool(
                plugin: "p", operation: "op", description: "", parameters: parameters, parameterOrder: order,
                isReadOnly: true), in: .english)
    }

    @Test func `slots stand in the order of the document, and those that it forgets last`() {
        let found = slots(
            ["properties": ["b": ["type": "string"], "a": ["type": "string"], "c": ["type": "string"]]],
            order: ["c", "gone", "b"])
        #expect(found.map(\.name) == ["c", "b", "a"])
    }

    @Test func `members of objects and of a list's items are slots, required where all around them is`() {
        let place: JSONValue = [
            "type": "object", "required": ["city"],
            "properties": ["city": ["type": "string"], "zip": ["type": "string"]],
        ]
        let found = slots([
            "required": ["from", "stops"],
            "properties": ["from": place, "stops": ["type": "array", "items": place], "to": place],
        ])
        #expect(
            found.map(\.path) == [
                ["from", "city"], ["from", "zip"], ["stops", nil, "city"], ["stops", nil, "zip"], ["to", "city"],
                ["to", "zip"],
            ])
        #expect(found.map(\.isRequired) == [true, false, true, false, false, false])
        #expect(found.map(\.isOfItems) == [false, false, true, true, false, false])
    }

    @Test func `a key is required of nobody, and one value that is allowed need not be said`() {
        let found = slots([
            "required": ["api_key", "format"],
            "properties": ["api_key": ["type": "string"], "format": ["enum": ["json"]]],
        ])
        #expect(found.map(\.isRequired) == [false, true] && found.map(\.allowsOne) == [false, true])
    }
}
