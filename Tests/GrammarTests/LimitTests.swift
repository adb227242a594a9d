import Core
import Grammar
import SeededRandom
import Testing

/// What would grow without bound is shared, or refused in words.
@Suite(.timeLimit(.minutes(1)))
struct LimitTests {
    private func failure(_ constraint: Constraint) -> GrammarError? {
        do throws(GrammarError) {
            _ = try CompiledGrammar(constraint)
            return nil
        } catch {
            return error
        }
    }

    // MARK: Repetitions

    @Test func `a repetition of what may be empty counts what is not empty, however often it is asked for`() throws {
        let pattern: JSONValue = ["type": "string", "pattern": "^(a?){999999999}$"]
        #expect(try pattern.allows(#""aaa""#) && pattern.allows(#""""#) && !pattern.allows(#""ab""#))
        let grammar = Constraint.grammar("root ::= (\"a\"? b?){0,99999999}\nb ::= \"b\" | \"\" | c c\nc ::= \"c\"?")
        for text in ["", "aab", "abcc", "ccc"] { #expect(try grammar.allows(text), "\(text)") }
        #expect(try !grammar.allows("x"))
        let counted = Constraint.grammar("root ::= (\"a\"? \"b\"? (\"c\" | \"d\"*)){0,99}")
        #expect(try counted.allows(String(repeating: "c", count: 99)))
        #expect(try !counted.allows(String(repeating: "c", count: 100)))
        #expect(try counted.allows(String(repeating: "ab", count: 99)))
        #expect(try Constraint.grammar("root ::= (\"\"){0,99999} \"x\"").allows("x"))
        let key: JSONValue = [
            "type": "object", "properties": ["a": true], "required": ["aa"],
            "patternProperties": ["^(a?){999999999}$": ["type": "null"]],
        ]
        #expect(try key.allows(#"{"aa": null}"#) && !key.allows(#"{"aa": 1}"#))
    }

    // MARK: Ambiguity

    @Test func `alternatives that begin alike are followed as one`() throws {
        let grammar = Constraint.grammar("root ::= \"a\" root \"x\" | \"a\" root \"y\" | \"b\"")
        var matcher = Matcher(try grammar.automaton())
        let isTaken = matcher.accept(bytes: String(repeating: "a", count: 200).utf8)
        #expect(isTaken && !matcher.isExhausted)
        #expect(try grammar.allows("aabxy"))
        func operation(_ name: String) -> JSONValue {
            [
                "type": "object", "required": ["left", "right", "then"],
                "properties": ["left": ["$ref": "#"], "right": ["$ref": "#"], "then": ["const": .string(name)]],
            ]
        }
        let tree: JSONValue = ["anyOf": [operation("add"), operation("take"), ["type": "integer"]]]
        var text = "1"
        for _ in 0..<40 { text = #"{"left": \#(text), "right": 2, "then": "take"}"# }
        #expect(try tree.allows(text))
    }

    @Test func `a text that can be read in too many ways ends with a word of it`() throws {
        let grammar = Constraint.grammar("root ::= \"a\" root \"x\" | a root \"y\" | \"b\"\na ::= \"a\"")
        var matcher = Matcher(try grammar.automaton())
        var taken = 0
        while taken < 100, matcher.accept(bytes: "a".utf8), !matcher.isExhausted { taken += 1 }
        #expect((8..<20).contains(taken))
        #expect(matcher.isExhausted && matcher.mask().count == 0 && !matcher.mayEnd)
        // The masks before it lead to sentences only.
        var walker = Matcher(try grammar.automaton())
        for _ in 0..<200 where walker.mask().contains(Int32(UInt8(ascii: "a")) + 1) {
            let isTaken = walker.accept(Int32(UInt8(ascii: "a")) + 1)
            #expect(isTaken && !walker.isExhausted)
        }
        let isClosed = walker.accept(bytes: "b".utf8)
        #expect(isClosed && !walker.isExhausted)
        // Rules that double without a byte between them.
        var rules = "root ::= r0\n"
        for index in 0..<40 { rules += "r\(index) ::= r\(index + 1) \"x\" | e r\(index + 1) \"y\"\n" }
        #expect(failure(.grammar(rules + "r40 ::= \"z\"\ne ::= \"\""))?.code == .grammarInvalid)
    }

    // MARK: Depth and size

    @Test func `what is long is not deep`() throws {
        let stars = failure(.grammar("root ::= \"a\"" + String(repeating: "*", count: 30_000)))
        #expect(stars?.code == .grammarInvalid && stars?.message.contains("line 1") == true)
        #expect(try Constraint.grammar("root ::= \"a\"?*").allows("aaa"))
        let items: JSONValue = [
            "type": "array", "prefixItems": .array(Array(repeating: true, count: 20_000)), "items": false,
        ]
        #expect(try items.allows("[1, 2]"))
        let name = String(repeating: "n", count: 20_000)
        let long: JSONValue = ["properties": .object([name: ["type": "null"]]), "additionalProperties": true]
        #expect(try long.allows("{\"\(name)\": null, \"\(name)n\": 1}"))
        #expect(try !long.allows("{\"\(name)\": 1}"))
    }

    @Test func `fifty declared members beside additional ones are no large grammar`() throws {
        var members: JSONObject = [:]
        for index in 0..<50 { members["a property with quite a long name \(index)"] = ["type": "integer"] }
        let schema = JSONValue.object(["properties": .object(members), "additionalProperties": true])
        let start = ContinuousClock.now
        for _ in 0..<20 { _ = try CompiledGrammar(.schema(schema)) }
        #expect((.now - start) / 20 < .milliseconds(100))
        #expect(try schema.allows(#"{"a property with quite a long name 7": 1, "a property": "x"}"#))
        #expect(try !schema.allows(#"{"a property with quite a long name 7": "x"}"#))
    }

    @Test func `thousands of members that may each be left out are followed`() throws {
        var members: JSONObject = [:]
        for index in 0..<2000 { members["m\(index)"] = ["type": "integer"] }
        let schema: JSONValue = ["type": "object", "properties": .object(members), "additionalProperties": true]
        #expect(try schema.allows(#"{"m0": 1, "m1999": 2, "m77": 3, "other": null}"#))
        #expect(try schema.allows("{}") && !schema.allows(#"{"m5": "x"}"#))
        var matcher = Matcher(try Constraint.schema(schema).automaton())
        let isTaken = matcher.accept(bytes: "{".utf8)
        #expect(isTaken && matcher.mask().count > 1 && !matcher.isExhausted)
    }

    @Test func `a schema that is too large is refused as a schema, with its place`() {
        var members: JSONObject = [:]
        for index in 0..<50_000 { members["m\(index)"] = true }
        let wide = failure(.schema(["properties": ["in": ["properties": .object(members)]]]))
        #expect(wide?.code == .schemaInvalid && wide?.message.hasPrefix("/properties/in") == true)
        let texts = (0..<3000).map { JSONValue.string(String(repeating: "\($0)", count: 100)) }
        #expect(failure(.schema(["enum": .array(texts)]))?.code == .schemaInvalid)
        let strings: JSONValue = ["type": "string", "pattern": .string(String(repeating: "a?b", count: 1000))]
        #expect(
            failure(.schema(["prefixItems": .array(Array(repeating: strings, count: 300))]))?.code == .schemaInvalid)
        let text = Constraint.grammar("root ::= \"" + String(repeating: "a", count: 2 << 20) + "\"")
        #expect(failure(text)?.code == .grammarInvalid)
    }

    @Test(arguments: ["allOf", "anyOf", "oneOf"])
    func `combinations of combinations end`(_ keyword: String) throws {
        var definitions: JSONObject = ["d0": ["type": "integer"]]
        for index in 1..<60 {
            let below: JSONValue = ["$ref": .string("#/$defs/d\(index - 1)")]
            definitions["d\(index)"] = .object([keyword: [below, below]])
        }
        let schema: JSONValue = ["$ref": "#/$defs/d59", "$defs": .object(definitions)]
        #expect(failure(.schema(schema))?.code == .schemaInvalid)
        // A few levels are what they say.
        let small: JSONValue = ["$ref": "#/$defs/d5", "$defs": .object(definitions)]
        #expect(try small.allows("5") && !small.allows("true"))
    }

    @Test func `more alternatives than are followed are refused before they are compared`() {
        let many = (0..<20_000).map { JSONValue.object(["const": .integer($0)]) }
        #expect(failure(.schema(["oneOf": .array(many)]))?.code == .schemaInvalid)
    }

    @Test func `chains of rules in any order are as fast as their length`() throws {
        var generator = SeededRandom.ofTest("LimitTests", seed: 9)
        var rules = (0..<20_000).map { "r\($0) ::= \"a\" r\($0 + 1) | r\($0 + 1) \"b\"\n" }
        rules.shuffle(using: &generator)
        let grammar = Constraint.grammar("root ::= \"x\" r19990\n" + rules.joined() + "r20000 ::= \"c\"")
        #expect(try grammar.allows("xaacbbbbbbbb"))
    }

    // MARK: Memory

    @Test func `what an automaton keeps is bounded, however long the texts are`() throws {
        let schema: JSONValue = [
            "type": "array", "maxItems": 1000, "items": ["type": "string", "maxLength": 1000],
        ]
        let automaton = try Constraint.schema(schema).automaton()
        var matcher = Matcher(automaton)
        var waiting = [Matcher(automaton)]
        let item = "\"" + String(repeating: "long text ", count: 90) + "\""
        var isTaken = matcher.accept(bytes: "[".utf8)
        for index in 0..<300 {
            isTaken = isTaken && matcher.accept(bytes: ((index > 0 ? ", " : "") + item).utf8)
            #expect(matcher.mask().count > 0)
            #expect(automaton.bytes <= TokenAutomaton.mostBytes + (1 << 20))
            if index % 100 == 50 { waiting.append(matcher) }
        }
        #expect(isTaken)
        isTaken = matcher.accept(bytes: "]".utf8)
        #expect(isTaken && matcher.isComplete)
        // Those that waited meanwhile go on from where they were.
        for (index, waiter) in waiting.enumerated() {
            var waiter = waiter
            let next = index == 0 ? "[\"a\"]" : "]"
            #expect(waiter.mask().contains(Int32(next.utf8.first ?? 0) + 1))
            let isTaken = waiter.accept(bytes: next.utf8)
            #expect(isTaken && waiter.isComplete)
        }
        let isTooLong = Matcher(automaton).takes("[\"" + String(repeating: "x", count: 1001) + "\"]")
        #expect(!isTooLong)
    }

    @Test func `masks are the same before and after an automaton begins anew`() throws {
        let schema: JSONValue = ["type": "array", "items": ["type": "string", "maxLength": 100_000]]
        let automaton = try Constraint.schema(schema).automaton()
        var matcher = Matcher(automaton)
        let isTaken = matcher.accept(bytes: "[\"".utf8)
        #expect(isTaken)
        let early = matcher.mask()
        for _ in 0..<60 {
            let isTaken = matcher.accept(bytes: String(repeating: "x", count: 1000).utf8)
            #expect(isTaken && matcher.mask() == early)
        }
    }
}

extension Matcher {
    fileprivate func takes(_ text: String) -> Bool {
        var copy = self
        return copy.accept(bytes: text.utf8)
    }
}
