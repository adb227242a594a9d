import Core
import Grammar
import ProcessorTime
import Testing

/// Patterns that others wrote: told right from wrong in one pass, compiled in bounded time, and never by another engine.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct PatternSyntaxTests {
    @Test(arguments: [
        ("([a", "[ without its ], at character 2"), ("a)", ") without its (, at character 2"),
        ("(a", "( without its )"),
        ("*a", "nothing before the *"), ("a**", "nothing before the *"), ("a|+", "nothing before the +"),
        ("a\\", "ends in a backslash"), ("a{3,2}", "repeats at least 3 and at most 2"),
        ("a{99999999999999999999}", "repeats more than"), ("(a){2}{3}", "nothing before the {…}"),
        (String(repeating: "(", count: 20_000), "longer than"),
        (String(repeating: "(", count: 10_000) + String(repeating: ")", count: 100), "more than 50"),
        (String(repeating: "[", count: 10_000), "[ without its ]"),
    ])
    func `a pattern that is none is named with its place`(pattern: String, problem: String) throws {
        #expect(try #require(PatternSyntax.problem(in: pattern)).contains(problem))
    }

    @Test(arguments: [
        "", "^a+?$", "[]a]", "[[[[a]", "(?=a)b", "(?<!a)b", "(?:a|b){2,}", "a{,3}", "{", "a{x}", "\\(\\)",
        "[a\\]b]", "a|", "()",
        String(repeating: "[", count: 8000) + "a" + String(repeating: "]", count: 8000),
    ])
    func `what other engines read is let through`(pattern: String) {
        #expect(PatternSyntax.problem(in: pattern) == nil)
    }

    @Test(arguments: [
        String(repeating: "[", count: 8000) + "a" + String(repeating: "]", count: 8000),
        String(repeating: "(a", count: 49) + String(repeating: ")*", count: 49),
        String(repeating: "(", count: 45) + "a" + String(repeating: "{1,1000})", count: 45),
        "(a{1,1000}){1,1000}", "a{1000000}", "(a|a|a|a){1000000}", "((a+)+)+$", "(a|aa)+$", "(.*)*x",
        String(repeating: "a|", count: 8000), String(repeating: "\\W", count: 8000),
        "[" + String(repeating: "\\W\\D\\S", count: 2700) + "]", String(repeating: "[^\\w]", count: 2700),
        String(repeating: "a?", count: 4000) + String(repeating: "a", count: 8000),
        String(repeating: "(a|b)*", count: 2700), String(repeating: ".*", count: 8000),
    ])
    func `the worst patterns are compiled or refused in little time`(pattern: String) async {
        // Others have the thread in between.
        await Task.yield()
        let text = String(repeating: "a", count: 1000)
        let seconds = processorSeconds {
            let schema: JSONValue = ["type": "string", "pattern": .string(pattern)]
            _ = try? CompiledGrammar(.schema(schema))
            _ = SchemaValidator.verdict(on: .string(text), of: schema)
        }
        // A debug build takes twenty times as long as what is shipped.
        #expect(seconds < 20, "\(pattern.prefix(40)): \(seconds)")
    }
}
