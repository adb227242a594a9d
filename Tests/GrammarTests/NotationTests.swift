import Core
import Grammar
import Testing

struct NotationTests {
    @Test(arguments: [
        (#"root ::= "a" | "b" [0-9]+"#, ["a", "b1", "b123"], ["b", "c", "a1"]),
        ("root ::= item (\",\" item)*\nitem ::= [a-z] [^a-z]?", ["a", "a1,b", "x,y,z"], ["", ",a", "ab"]),
        (
            #"root ::= "\"" [^"\\\n]{2,3} "\"" # a comment"#, ["\"ab\"", "\"äöü\""],
            ["\"a\"", "\"abcd\"", "\"a\\\""]
        ),
        ("root ::= (\n  \"x\"\n  | \"y\"\n){2}", ["xx", "xy"], ["x", "xyx"]),
        (#"root ::= "\x41\u00e9\U0001F600" ."#, ["Aé\u{1F600}!"], ["A"]),
        ("root ::= a\na ::= \"(\" a \")\" | \"\"", ["", "()", "((()))"], ["(", "(()"]),
    ])
    func `rules, texts, classes, groups, alternatives and repetitions are read`(
        _ grammar: String, _ allowed: [String], _ refused: [String]
    ) throws {
        for text in allowed { #expect(try Constraint.grammar(grammar).allows(text), "\(text)") }
        for text in refused { #expect(try !Constraint.grammar(grammar).allows(text), "\(text)") }
    }

    @Test(arguments: [
        ("root ::= (\"a\"", "line 1"), ("root ::= x", "no rule \"x\""), ("a ::= \"b\"", "root"), ("", "root"),
        ("root ::= root \"a\" | \"b\"", "itself"), ("root ::= \"a\"\nroot ::= \"b\"", "line 2"),
        ("root ::= \"a", "expected"), ("root ::= [b-a]", "range"), ("root ::= \"\\q\"", "escape"),
        ("root = \"a\"", "::="), ("root ::= \"a\" root", "themselves"),
    ])
    func `what is wrong is said with its line`(_ grammar: String, _ words: String) {
        let error = #expect(throws: GrammarError.self) { try CompiledGrammar(.grammar(grammar)) }
        #expect(error?.code == .grammarInvalid && error?.message.contains(words) == true, "\(error?.message ?? "")")
    }

    @Test func `left recursion behind what may be empty is found too`() {
        let grammar = "root ::= space* list\nspace ::= \" \"\nlist ::= space? list \"a\" | \"b\""
        #expect(throws: GrammarError.self) { try CompiledGrammar(.grammar(grammar)) }
    }

    @Test func `constraints are put together of texts, choices, repetitions, schemas and grammars`() throws {
        let call = Constraint.sequence([
            .text("f("), .schema(["type": "integer"]),
            .repeated(.sequence([.text(", "), .grammar("root ::= [a-c]+")]), least: 0, most: 2),
            .choice([.text(")"), .text("]")]),
        ])
        for text in ["f(1)", "f(-20, abc]", "f(0, a, b)"] { #expect(try call.allows(text), "\(text)") }
        for text in ["f()", "f(1, d)", "f(1, a, b, c)"] { #expect(try !call.allows(text), "\(text)") }
    }
}
