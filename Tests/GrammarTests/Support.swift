import Core
import Grammar

/// A vocabulary like a model's: every byte, and pieces that cross what a grammar keeps apart.
enum TestVocabulary {
    static let pieces = [
        "\": ", "\", \"", "\"}", "{\"", "\"]", "[\"", ", \"", "\":", "}}", "[[", "]]", "true", "false", "null", "tr",
        "ue",
        "the", " the", "city", "Paris", "New", " York", "name", "a", "ab", "abc", "12", "123", "0.", ".5", "-1", "2026",
        "-0", "-02", "é", "日本", "\u{1F600}", "\\n", "\\\"", "\\u00", "hello world", "\"a", "a\"", "b\"}", "1}", "0]",
        "  ", "\n", "@example", ".com", "://", "ä\"", "root", "ns",
    ]
    static let shared: Vocabulary = {
        var tokens: [[UInt8]] = [[]]
        tokens += (0...255).map { [UInt8($0)] }
        tokens += pieces.map { Array($0.utf8) }
        // The first half of a character, and what crosses two.
        tokens += [[0xc3], [0xe6, 0x97], [0xa5, 0x22]]
        return Vocabulary(tokens: tokens, endTokens: [0])
    }()
}

extension Constraint {
    func automaton() throws -> TokenAutomaton {
        TokenAutomaton(try CompiledGrammar(self), vocabulary: TestVocabulary.shared)
    }

    /// Whether a whole text is allowed.
    func allows(_ text: String) throws -> Bool {
        var matcher = Matcher(try automaton())
        return matcher.accept(bytes: text.utf8) && matcher.mayEnd
    }
}

extension JSONValue {
    /// Whether a text is an instance of this schema, as it is written.
    func allows(_ text: String) throws -> Bool { try Constraint.schema(self).allows(text) }

    var unenforced: [String] { get throws { try CompiledGrammar(.schema(self)).unenforced } }
}
