import Core
import Testing

@testable import Agent

struct ValueCheckTests {
    @Test("types, bounds, choices and members are held to")
    func verdicts() {
        let schema: JSONValue = [
            "type": "object", "required": ["a"],
            "properties": ["a": ["type": "integer", "minimum": 1], "b": ["enum": ["x", "y"]]],
            "additionalProperties": false,
        ]
        #expect(ValueCheck.verdict(on: ["a": 1, "b": "x"], schema) == .valid)
        #expect(ValueCheck.verdict(on: ["a": 0], schema) == .invalid)
        #expect(ValueCheck.verdict(on: ["a": 1, "b": "z"], schema) == .invalid)
        #expect(ValueCheck.verdict(on: ["a": 1, "c": 2], schema) == .invalid)
        #expect(ValueCheck.verdict(on: ["b": "x"], schema) == .invalid)
        #expect(ValueCheck.verdict(on: ["a": 1.5], schema) == .invalid)
    }

    @Test("what cannot be checked is said to be unknown")
    func unknown() {
        #expect(ValueCheck.verdict(on: "abc", ["type": "string", "pattern": "^a"]) == .unknown)
    }
}
