import Testing

@testable import Retrieval

struct JSONReaderTests {
    @Test func `each element of an array is a record`() async throws {
        let document = try await read(
            #"[{"id": 1.50, "title": "One", "tags": ["a", "b"], "by": {"name": "Ann", "x": null}}, {"name": "Two"}, 3]"#,
            as: "a.json")
        #expect(document.texts == ["id: 1.50\ntitle: One\ntags: a, b\nby.name: Ann", "name: Two", "3"])
        #expect(document.blocks.map(\.headings) == [["One"], ["Two"], []])
        #expect(document.blocks.map(\.location) == [.record(1), .record(2), .record(3)])
        #expect(document.isSound)
    }

    @Test func `an object is read by its members`() async throws {
        let document = try await read(
            """
            {"title": "Catalogue", "version": 2,
             "items": [{"name": "One", "n": 1}, {"n": 2}],
             "options": {"deep": [[1, 2], {"x": true}]}}
            """, as: "a.json")
        #expect(document.title == "Catalogue")
        #expect(
            document.texts == [
                "title: Catalogue", "version: 2", "name: One\nn: 1", "n: 2",
                "options.deep[0]: 1, 2\noptions.deep[1].x: true",
            ])
        #expect(document.blocks.map(\.headings) == [[], [], ["items", "One"], ["items"], ["options"]])
        #expect(document.blocks.map(\.form) == [.paragraph, .paragraph, .record, .record, .record])
    }

    @Test func `long texts by name are records with that name over them`() async throws {
        let summary = String(repeating: "A city in the north. ", count: 10)
        let document = try await read(#"{"Oslo": "\#(summary)", "Bergen": "\#(summary)"}"#, as: "a.json")
        #expect(document.blocks.map(\.headings) == [["Oslo"], ["Bergen"]])
        #expect(document.blocks.allSatisfy { $0.form == .record })
    }

    @Test func `JSON Lines are records, and bad lines are said to be left out`() async throws {
        let text = "{\"title\": \"One\"}\n{\"a\": }\n\n{\"title\": \"Two\"}\n{\"a\": \"cut"
        let document = try await read(text, as: "a.jsonl")
        #expect(document.texts == ["title: One", "title: Two"])
        #expect(document.omission == "2 values that are no JSON are left out, the first at line 2")
        let broken = try await read("{\"a\": }\n{\"a\": 1}\n", as: "a.jsonl")
        #expect(broken.texts == ["a: 1"])
    }

    @Test func `escapes are text`() async throws {
        let document = try await read(#"["a\n\"b\"\t\u00e9 \ud83d\ude00 \ud800 \/ \u0000c"]"#, as: "a.json")
        #expect(document.text == "a\n\"b\"\té 😀 \u{FFFD} / c")
    }

    @Test func `comments and trailing commas are passed over`() async throws {
        let document = try await read("// settings\n{\"a\": 1, /* two */ \"b\": [2,],\n}", as: "a.json")
        #expect(document.texts == ["a: 1", "b: 2"])
    }

    @Test(arguments: [
        ("[{\"a\": 1}, {\"b\"", "ends too early, at line 1"), ("{\"a\": 1\n \"b\": 2}", "line 2 is not JSON"),
        ("[1, 2", "ends too early"), ("{\"a\": \"x", "ends too early"), ("{\"a\": nope}", "line 1 is not JSON"),
        ("}", "not JSON"), ("{\"a\\", "ends too early"), ("[\"\\u12", "ends too early"),
    ])
    func `what is no JSON is damaged, with the line`(text: String, reason: String) async throws {
        let error = try await failure { try await read(text, as: "a.json") }
        #expect(error?.code == .damaged)
        #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
    }

    @Test(arguments: ["[", "{\"a\":"])
    func `nesting without end is damaged`(mark: String) async throws {
        let error = try await failure { try await read(String(repeating: mark, count: 200_000), as: "a.json") }
        #expect(error?.code == .damaged)
        #expect(error?.message.contains("nested more than 256 deep") == true)
    }

    @Test func `names repeated for each value do not fill the memory`() async throws {
        let name = String(repeating: "n", count: 190)
        let text = String(repeating: "{\"\(name)\":", count: 100) + "[" + String(repeating: "{\"a\":1},", count: 50_000)
        let limits = ReadLimits(unpackedBytes: 16 << 20)
        let error = try await failure { try await read(text, as: "a.json", limits: limits) }
        #expect(error?.code == .tooLarge)
    }

    @Test func `text that only begins like JSON is text`() async throws {
        let document = try await read("{\"quoted\" words} in braces", as: "stdin")
        #expect(document.kind == .text)
    }
}
