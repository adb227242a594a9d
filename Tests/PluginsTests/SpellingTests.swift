import Core
import Testing

@testable import Plugins

struct MemberSpellingTests {
    private func warnings(_ path: String, root: String = "") throws -> [String] {
        let text = """
            openapi: 3.1.0
            info: {title: T, version: "1"}
            servers: [{url: http://127.0.0.1:1}]
            \(root)
            paths:
            \(path.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n"))
            """
        return try OpenAPIReader.read(try Document(text, source: "test"), plugin: "p", source: .inline).warnings
    }

    private let good = """
        /a:
          get:
            summary: Reads.
            parameters: [{name: city, in: query, required: true, schema: {type: string}}]
            responses: {}
        """

    @Test func `an operation whose method is misspelt does not vanish without a word`() throws {
        let found = try warnings(good + "\n  gett: {summary: Vanishes.}\n  psot: {}\n  fetch: {}")
        #expect(
            found == [
                "paths./a.fetch: is no method of HTTP and is left out",
                "paths./a.gett: is no method of HTTP and is left out; did you mean get?",
                "paths./a.psot: is no method of HTTP and is left out; did you mean post?",
            ])
    }

    @Test func `where it was the only one, the refusal says so`() throws {
        let error = #expect(throws: PluginError.self) { try warnings("/a:\n  gett: {summary: Vanishes.}") }
        #expect(error?.message.contains("no operation in it") == true)
        #expect(error?.message.contains("did you mean get?") == true)
    }

    @Test func `members of operations and parameters that are not known are told, anybody's own are not`() throws {
        let found = try warnings(
            """
            /a:
              x-own: 1
              get:
                sumary: Reads.
                description: Reads.
                x-own: 1
                parameters: [{name: a, in: query, requird: true, schema: {type: string}, x-own: 1}]
            """, root: "pathes: {}")
        #expect(found.contains("pathes: is not known and is left out; did you mean paths?"))
        #expect(found.contains("paths./a.get.sumary: is not known and is left out; did you mean summary?"))
        #expect(
            found.contains("paths./a.get.parameters[0].requird: is not known and is left out; did you mean required?"))
        #expect(found.count == 3)
    }

    @Test func `worked examples are held against their operation`() throws {
        let found = try warnings(
            good + """

                    x-squire-examples:
                      - {question: How is Oslo?, arguments: {ctiy: Oslo}}
                      - {question: How is Paris?, arguments: {city: 7}}
                      - {question: How is Rome?, arguments: {city: Rome}, argumnts: {}}
                """)
        #expect(
            found.contains { $0.contains("x-squire-examples[0].arguments.ctiy") && $0.contains("did you mean city?") })
        #expect(found.contains { $0.contains("x-squire-examples[1].arguments.city") })
        #expect(
            found.contains {
                $0.contains("x-squire-examples[2].argumnts: is not known") && $0.contains("did you mean arguments?")
            })
    }
}
