import Core
import Grammar
import SeededRandom
import Testing

/// What users and servers send is compiled or refused; nothing they write may end the process.
@Suite(.timeLimit(.minutes(2)))
struct HostileInputTests {
    @Test func `whatever stands in a schema, it is compiled or refused`() async {
        var random = SeededRandom.ofTest("HostileInputTests", seed: 3)
        var refused = 0
        for seed in SeededRandom.seeds(ofTest: "HostileInputTests", from: 0, count: 1500) {
            await Task.yield()
            var schemas = RandomSchema(seed: seed)
            var schema = schemas.document()
            for _ in 0..<Int.random(in: 1...3, using: &random) { damage(&schema, &random) }
            do throws(GrammarError) {
                walk(try CompiledGrammar(.schema(schema)), &random)
            } catch {
                refused += error.code == .schemaInvalid ? 1 : 0
                #expect(!error.message.isEmpty && error.code != .grammarInvalid, "\(schema.text)")
            }
        }
        #expect(refused > 100 && refused < 1400)
    }

    @Test func `whatever stands in a grammar, it is compiled or refused`() async {
        var random = SeededRandom.ofTest("HostileInputTests", seed: 4)
        let parts = [
            "root", "a", "b-c", " ::= ", "::=", "\n", " ", "\"x\"", "\"", "[a-z]", "[^é]", "[", "]", "(", ")", "|",
            " | ", "*",
            "+", "?", "{2}", "{3,}", "{0,9000}", "{4,1}", "{", "\\", "\\x4", "\\u00e9", ".", "# comment", "-", "^", "é",
            "\r\n",
            "root ::= ", "\na ::= ", "\nb-c ::= ",
        ]
        var compiled = 0
        for _ in 0..<6000 {
            await Task.yield()
            var text = "root ::= "
            for _ in 0..<Int.random(in: 1...14, using: &random) { text += random.pick(parts) }
            do throws(GrammarError) {
                walk(try CompiledGrammar(.grammar(text)), &random)
                compiled += 1
            } catch {
                #expect(!error.message.isEmpty && error.code == .grammarInvalid, "\(text)")
            }
        }
        #expect(compiled > 100)
    }

    /// Takes a few steps, so that what is compiled is also run.
    private func walk(_ grammar: CompiledGrammar, _ random: inout SeededRandom) {
        var matcher = Matcher(TokenAutomaton(grammar, vocabulary: TestVocabulary.shared))
        for _ in 0..<4 {
            let mask = matcher.mask()
            #expect(mask.count > 0)
            let allowed = (1..<Int32(TestVocabulary.shared.size)).filter(mask.contains)
            guard !allowed.isEmpty else { return }
            _ = matcher.accept(random.pick(allowed))
            _ = matcher.forcedBytes(limit: 16)
        }
    }

    /// Puts something else in one place.
    private func damage(_ value: inout JSONValue, _ random: inout SeededRandom) {
        let odd: [JSONValue] = [
            -1, 0, 1e300, -1e300, 1e-300, .integer(.max), .integer(.min), 0.3, true, false, nil, "", "^(", "#", "#/x",
            "date", [], [:],
            [1], ["a": 1], [["$ref": "#"]], ["$ref": "#"], ["allOf": [["$ref": "#"]]], ["not": [:]],
            ["type": "integer"],
        ]
        switch value {
        case .object(var members) where !members.isEmpty && !random.chance(5):
            let name = random.pick(members.keys.sorted())
            var inner = members[name] ?? nil
            damage(&inner, &random)
            members[name] = inner
            value = .object(members)
        case .array(var items) where !items.isEmpty && !random.chance(5):
            let index = Int.random(in: items.indices, using: &random)
            damage(&items[index], &random)
            value = .array(items)
        default: value = random.pick(odd)
        }
    }
}
