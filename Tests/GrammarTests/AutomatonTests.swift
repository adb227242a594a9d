import Core
import Grammar
import SeededRandom
import Testing

@Suite(.timeLimit(.minutes(2)))
struct AutomatonTests {
    static let constraints: [Constraint] = [
        .schema([
            "type": "object", "required": ["city", "when"],
            "properties": [
                "city": ["type": "string", "maxLength": 40], "when": ["type": "string", "format": "date"],
                "days": ["type": "integer", "minimum": 1, "maximum": 14],
                "tags": ["type": "array", "items": ["type": "string"]],
            ],
        ]),
        .schema(true), .schema(["type": "string", "minLength": 300, "maxLength": 310]),
        .schema(["type": "array", "items": ["type": "number"], "minItems": 2, "maxItems": 100]),
        .schema(["enum": ["the", "the city", "theatre", 12, true]]),
        .grammar("root ::= (\"ab\" | \"a\" \"b\"? \"c\")* [é日]{0,3} root-end\nroot-end ::= \"hello\" \" world\"?"),
        .schema(["properties": ["a": true], "additionalProperties": ["type": "null"]]),
    ]

    @Test(arguments: constraints)
    func `at every place, the mask is what trying each token says`(_ constraint: Constraint) throws {
        let vocabulary = TestVocabulary.shared
        let automaton = try constraint.automaton()
        var generator = SeededRandom.ofTest("AutomatonTests", seed: 1)
        for _ in 0..<12 {
            var matcher = Matcher(automaton)
            for _ in 0..<60 {
                let mask = matcher.mask()
                var allowed: [Int32] = []
                for token in 0..<Int32(vocabulary.size) {
                    var tried = matcher
                    let isAllowed = vocabulary.endTokens.contains(token) ? matcher.mayEnd : tried.accept(token)
                    #expect(mask.contains(token) == isAllowed, "token \(token)")
                    if isAllowed, !vocabulary.endTokens.contains(token) { allowed.append(token) }
                }
                guard let token = allowed.randomElement(using: &generator) else { break }
                let isTaken = matcher.accept(token)
                #expect(isTaken)
            }
        }
    }

    @Test(arguments: constraints)
    func `what is forced is what every sentence goes on with`(_ constraint: Constraint) throws {
        let automaton = try constraint.automaton()
        var generator = SeededRandom.ofTest("AutomatonTests", seed: 2)
        for _ in 0..<10 {
            var matcher = Matcher(automaton)
            for _ in 0..<40 {
                let forced = matcher.forcedBytes(limit: 64)
                var walker = matcher
                for byte in forced {
                    #expect(!walker.mayEnd)
                    for other in UInt8.min...UInt8.max {
                        var tried = walker
                        let isTaken = tried.accept(bytes: [other])
                        #expect(isTaken == (other == byte))
                    }
                    let isTaken = walker.accept(bytes: [byte])
                    #expect(isTaken)
                }
                let next = (UInt8.min...UInt8.max).filter { byte in
                    var tried = matcher
                    return tried.accept(bytes: [byte])
                }
                guard let byte = next.randomElement(using: &generator) else { break }
                _ = matcher.accept(bytes: [byte])
            }
        }
    }

    @Test func `what is refused changes nothing, and a copy is a place to come back to`() throws {
        var matcher = Matcher(try Constraint.grammar("root ::= \"abc\" | \"abd\"").automaton())
        let steps = [matcher.accept(bytes: "ab".utf8), matcher.accept(bytes: "cc".utf8)]
        #expect(steps == [true, false])
        var copy = matcher
        let first = matcher.accept(bytes: "d".utf8)
        #expect(first && matcher.isComplete)
        let second = copy.accept(bytes: "c".utf8)
        #expect(second && copy.isComplete)
        #expect(copy.mask().only == 0)
    }

    @Test func `a character may be cut between tokens, and is never left half`() throws {
        func taken(_ parts: [[UInt8]]) throws -> [Bool] {
            var matcher = Matcher(try Constraint.schema(["type": "string"]).automaton())
            return parts.map { matcher.accept(bytes: $0) } + [matcher.isComplete]
        }
        #expect(try taken([[0x22, 0xe6, 0x97], [0x22], [0xa5, 0x22]]) == [true, false, true, true])
        // A control character, half a surrogate pair, an overlong slash.
        for bytes: [UInt8] in [[0x22, 0x07], [0x22, 0xed, 0xa0, 0x80], [0x22, 0xc0, 0xaf]] {
            #expect(try taken([bytes]) == [false, false])
        }
    }
}
