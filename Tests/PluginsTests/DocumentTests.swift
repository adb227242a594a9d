import Core
import Testing

@testable import Plugins

@Suite("Documents")
struct DocumentTests {
    @Test func `keys keep their order, in YAML and in JSON`() throws {
        let yaml = try Document("b: 1\na: {z: 1, y: 2}\n", source: "test")
        #expect(Array(yaml.top.names) == ["b", "a"])
        #expect(yaml.top["a"].map { Array($0.names) } == ["z", "y"])
        let json = try Document(#"{"b": 1, "a": [{"z": 1, "y": 2}]}"#, source: "test")
        #expect(Array(json.top.names) == ["b", "a"])
        #expect(json.top["a"]?[0].map { Array($0.names) } == ["z", "y"])
    }

    @Test func `Norway, dates, versions and quoted numbers stay text`() throws {
        let root = try Document(
            "country: no\nday: 2026-06-21\nversion: 1.2.3\nzip: '01234'\ntime: 12:30\nswitch: on\n", source: "test"
        ).root
        #expect(
            root == [
                "country": "no", "day": "2026-06-21", "version": "1.2.3", "zip": "01234", "time": "12:30",
                "switch": "on",
            ])
    }

    @Test func `plain words and numbers are what YAML 1.2 says`() throws {
        let root = try Document("a: true\nb: null\nc: ~\nd: 12\ne: -1.5e3\nf: 1e999\n", source: "test").root
        #expect(root == ["a": true, "b": nil, "c": nil, "d": 12, "e": -1500, "f": "1e999"])
    }

    @Test func `JSON with a surrogate pair is read`() throws {
        #expect(try Document(#"{"a": "\ud83d\ude00"}"#, source: "test").root == ["a": "😀"])
    }

    @Test func `a text that is neither JSON nor YAML is named with the reason`() {
        #expect { try Document("a: [1, 2", source: "api.yaml") } throws: { error in
            let error = error as? PluginError
            return error?.code == .manifestUnreadable
                && error?.message.contains("api.yaml is neither JSON nor YAML") == true
        }
        #expect(throws: PluginError.self) { try Document("just text", source: "test") }
        #expect(throws: PluginError.self) { try Document("", source: "test") }
    }

    @Test(.timeLimit(.minutes(1)))
    func `aliases that stand for more than there is memory are refused`() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...12 {
            let many = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(many)]\n"
        }
        #expect { try Document(text, source: "test") } throws: { error in
            (error as? PluginError)?.message.contains("a million values") == true
        }
    }
}
