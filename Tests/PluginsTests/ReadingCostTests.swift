import Core
import Foundation
import Testing

@testable import Plugins

/// The processor seconds that this thread spends in `body`.
private func processorSeconds(_ body: () throws -> Void) rethrows -> Double {
    func now() -> Double {
        var time = timespec()
        _ = unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
    let start = now()
    try body()
    return now() - start
}

/// Documents that are small or ordinary, and cost a reader that is not careful hours or all memory. Each is read or
/// refused within seconds of processor time, and where it is refused or cut the place is named.
@Suite("What reading a document costs", .timeLimit(.minutes(3)))
struct ReadingCostTests {
    private static func many(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }

    private static func list(_ count: Int, _ item: (Int) -> String) -> String {
        (0..<count).map(item).joined(separator: ",")
    }

    private static func document(_ paths: String, _ components: String = "{}") -> String {
        #"{"openapi":"3.1.0","info":{"title":"T","version":"1"},"servers":[{"url":"http://a"}],"paths":{\#(paths)},"components":\#(components)}"#
    }

    private static func parameter(_ schema: String, name: String = "a") -> String {
        #"{"name":"\#(name)","in":"query","schema":\#(schema)}"#
    }

    private static func path(_ path: String, parameters: String) -> String {
        #""\#(path)":{"get":{"summary":"s","parameters":[\#(parameters)]}}"#
    }

    private static func schema(_ schema: String, _ components: String = "{}") -> String {
        document(path("/x", parameters: parameter(schema)), components)
    }

    private static func reference(_ name: String) -> String { ##"{"$ref":"#/components/schemas/\##(name)"}"## }

    private static func operations(_ count: Int, id: (Int) -> String) -> String {
        document(list(count) { #""/p\#($0)":{"get":{"operationId":"\#(id($0))","summary":"s"}}"# })
    }

    /// Schemas of which each refers to the next ten times.
    private static let tenfold: String = {
        let schemas = list(12) { level in
            let properties = list(10) { #""p\#($0)":\#(reference("S\(level + 1)"))"# }
            return #""S\#(level)":{"type":"object","properties":{\#(properties)}}"#
        }
        return #"{"schemas":{\#(schemas),"S12":{"type":"string"}}}"#
    }()

    /// Schemas that all refer to all, so that none can be shared.
    private static let tangled: String = {
        let schemas = list(40) { one in
            #""S\#(one)":{"type":"object","properties":{\#(list(40) { #""p\#($0)":\#(reference("S\($0)"))"# })}}"#
        }
        return #"{"schemas":{\#(schemas)}}"#
    }()

    /// Schemas of which each is made of the next one twice.
    private static let doubled: String = {
        let schemas = list(40) { #""S\#($0)":{"allOf":[\#(reference("S\($0 + 1)")),\#(reference("S\($0 + 1)"))]}"# }
        return #"{"schemas":{\#(schemas),"S40":{"type":"object","properties":{"a":{"type":"string"}}}}}"#
    }()

    private static let oddNumbers: String = {
        let schemas = [
            #"{"type":"string","minLength":99999999999999999999,"maxLength":-1}"#,
            #"{"type":"integer","multipleOf":0}"#, #"{"type":"number","minimum":1e308,"maximum":-1e308}"#,
            #"{"type":"array","minItems":9223372036854775807,"items":{"type":"string"}}"#,
        ]
        return document(path("/x", parameters: list(schemas.count) { parameter(schemas[$0], name: "a\($0)") }))
    }()

    private static func yaml(_ text: String) -> String {
        "openapi: 3.1.0\ninfo: {title: t, version: '1'}\nservers: [{url: 'http://a'}]\n\(text)\npaths: {/x: {get: {summary: s}}}\n"
    }

    /// Lists of ten aliases of the list before.
    ///
    /// - Parameter use: `@` stands for the last alias.
    private static func laughs(_ levels: Int, as use: String) -> String {
        var lines = ["a0: &a0 [x,x,x,x,x,x,x,x,x,x]"]
        for level in 1..<levels { lines.append("a\(level): &a\(level) [\(list(10) { _ in "*a\(level - 1)" })]") }
        lines.append(use.replacing("@", with: "*a\(levels - 1) "))
        return yaml(lines.joined(separator: "\n"))
    }

    private static func merges() -> String {
        var lines = ["a: &a {x: 1, y: 2}"]
        for level in 0..<20 {
            lines.append("b\(level): &b\(level) {<<: [\(list(10) { _ in level == 0 ? "*a" : "*b\(level - 1)" })]}")
        }
        return yaml(lines.joined(separator: "\n"))
    }

    private static func deepPlaces(_ depth: Int) -> String {
        let key = many("k", 900)
        return yaml("a: \(many("{? \(key) : ", depth))[\(list(3000) { _ in "{}" })]\(many("}", depth))")
    }

    private static func pattern(_ text: String) -> String { schema(#"{"type":"string","pattern":"\#(text)"}"#) }

    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var text: @Sendable () -> String
        /// What is said, as an error or as a warning; nil where nothing needs to be.
        var said: String?
        var testDescription: String { name }

        init(_ name: String, _ text: @autoclosure @escaping @Sendable () -> String) {
            self.name = name
            self.text = text
        }

        init(_ name: String, _ said: String, _ text: @autoclosure @escaping @Sendable () -> String) {
            self.init(name, text())
            self.said = said
        }
    }

    static let operationCases: [Case] = [
        Case("5,000 operations of one name", operations(5000) { _ in "same" }),
        Case("10,000 operations", operations(10_000) { "o\($0)" }),
        Case(
            "100,000 operations", "paths./p10000.get: the document has more than 10000 operations",
            operations(100_000) { "o\($0)" }),
        Case(
            "20,000 parameters of one operation",
            "paths./x.get: takes 20000 arguments, and at most 1000 are read; the operation is left out",
            document(path("/x", parameters: list(20_000) { parameter(#"{"type":"string"}"#, name: "a\($0)") }))),
        Case(
            "500 paths that refer to one item of 500 parameters",
            document(
                list(500) { ##""/x\##($0)":{"$ref":"#/components/pathItems/P"}"## },
                #"{"pathItems":{"P":{"get":{"summary":"s"},"parameters":[\#(list(500) { parameter("{}", name: "a\($0)") })]}}}"#
            )),
        Case(
            "a title and a summary of 1 MB", document(#""/x":{"get":{"summary":"\#(many("S", 1_000_000))"}}"#)),
        Case("17 MB", "at most 16777216 are read", #"{"openapi":"3.1.0","x":"\#(many("y", 17 << 20))"}"#),
        Case(
            "100,000 wrong parameters", "… and 99981 more",
            document(path("/x", parameters: list(100_001) { _ in "{}" }))),
        Case(
            "a server's address of 100,000 variables", "an address has at most 2000",
            document(
                #""/x":{"servers":[{"url":"http://a/\#(many("{a}", 100_000))","variables":{"a":{"default":"{a}"}}}],"get":{"summary":"s"}}"#
            )),
        Case(
            "a path of 100,000 braces", "the path has",
            document(#""/\#(many("{a}", 100_000))":{"get":{"summary":"s"}}"#)),
    ]

    static let schemaCases: [Case] = [
        Case(
            "references that multiply",
            "the schema is too large with its references; from here any value is accepted",
            schema(reference("S0"), tenfold)),
        Case(
            "references that multiply in 300 operations", "too large with its references",
            document(list(300) { path("/x\($0)", parameters: parameter(reference("S0"))) }, tenfold)),
        Case(
            "schemas that all refer to all, in 1,000 operations",
            "contains itself; inside itself any value is accepted",
            document(list(1000) { path("/x\($0)", parameters: parameter(reference("S\($0 % 40)"))) }, tangled)),
        Case(
            "allOf of allOf, each twice",
            document(
                #""/x":{"post":{"summary":"s","requestBody":{"content":{"application/json":{"schema":\#(reference("S0"))}}}}}"#,
                doubled)),
        Case("an enumeration of 100,000", "too large", schema(#"{"enum":[\#(list(100_000) { #""v\#($0)""# })]}"#)),
        Case(
            "allOf of 2,000 parts",
            schema(#"{"allOf":[\#(list(2000) { #"{"properties":{"p\#($0)":{"type":"string"}}}"# })]}"#)),
        Case(
            "allOf in which 2,000 parts speak of one property",
            schema(
                #"{"allOf":[\#(list(2000) { #"{"properties":{"p":{"minLength":\#($0)}},"required":["r\#($0)"]}"# })]}"#)
        ),
        Case(
            "schemas 225 deep", "nested too deep",
            schema("\(many(#"{"type":"array","items":"#, 225)){}\(many("}", 225))")),
        Case(
            "a pattern in 20,000 groups", "is longer than 16384 bytes",
            pattern("\(many("(", 20_000))a\(many(")", 20_000))")),
        Case(
            "a pattern in 200,000 classes", "is longer than 16384 bytes",
            pattern("\(many("[", 200_000))a\(many("]", 200_000))")),
        Case(
            "a pattern of 100,000 choices", "is longer than 16384 bytes",
            pattern((0..<100_000).map { "ab\($0)" }.joined(separator: "|"))),
        Case(
            "references to the root and to a path", schema(##"{"anyOf":[{"$ref":"#/"},{"$ref":"#/paths/~1x"}]}"##)),
        Case("numbers that no length and no bound can be", oddNumbers),
        Case("a pattern that repeats repetitions", pattern("((((a{1000}){1000}){1000}){1000})")),
        Case("50,000 properties of text", "is longer than 16384 bytes", pattern(many(#"\\p{L}"#, 50_000))),
    ]

    static let textCases: [Case] = [
        Case(
            "JSON 100,000 deep", "nested more than 512 deep",
            #"{"openapi":"3.1.0","a":\#(many(#"{"a":"#, 100_000))1\#(many("}", 100_000))}"#),
        Case("YAML 100,000 deep", "nested", yaml("a: \(many("[", 100_000))\(many("]", 100_000))")),
        Case("YAML blocks 2,000 deep", "nested", yaml((0..<2000).map { "\(many(" ", $0))k:" }.joined(separator: "\n"))),
        Case("aliases of aliases", "more than a million values, its aliases followed", laughs(9, as: "z: @")),
        Case("aliases of aliases as a key", "more than a million values", laughs(9, as: "? @\n: 1")),
        Case("a few aliases as a key", "a key is a list or a mapping", laughs(4, as: "? @\n: 1")),
        Case("an alias of itself", "*a names nothing that is complete before it", yaml("a: &a [*a]")),
        Case("merge keys of merge keys", "more than a million values", merges()),
        Case("long places, deep", deepPlaces(400)),
    ]

    static let cases = operationCases + schemaCases + textCases

    @Test(arguments: cases)
    func `a hostile document is read or refused in seconds, and the place is named`(_ one: Case) throws {
        let text = one.text()
        var said: [String] = []
        let seconds = processorSeconds {
            do {
                said = try read(text).warnings
            } catch {
                said = ["\(error)"]
            }
        }
        #expect(seconds < 5, "\(seconds) s")
        if let expected = one.said {
            #expect(said.contains { $0.contains(expected) }, "\(said.prefix(3).map { $0.prefix(300) })")
        }
        #expect(said.count <= 201 && said.allSatisfy { $0.utf8.count < 20_000 })
    }

    @Test func `a document of 3.7 MB and 767 operations is read in 2 s, whole`() throws {
        let text = LargeDocument.text(operations: 767)
        #expect((3_500_000..<4_200_000).contains(text.utf8.count), "\(text.utf8.count)")
        var api: API?
        let seconds = try processorSeconds { api = try read(text) }
        #expect(seconds < 4, "\(seconds) s")
        #expect(api?.operations.count == 767)
        let body = try #require(api?.operations.first { $0.method == "POST" }).tool
        #expect(
            body.parameters["properties"]?["body_owner"]?["properties"]?["team"]?["properties"]?["name"] == [
                "type": "string"
            ])
    }

    @Test(arguments: [false, true])
    func `twice the operations take about twice the time`(areSame: Bool) throws {
        func seconds(_ count: Int) throws -> Double {
            let text = Self.operations(count) { areSame ? "same" : "o\($0)" }
            return try processorSeconds { _ = try read(text) }
        }
        _ = try seconds(500)
        let (once, fourfold) = (try seconds(2000), try seconds(8000))
        #expect(fourfold < once * 9 + 0.1, "\(once) s, \(fourfold) s")
    }

    @Test func `reading ends when its task is cancelled`() async throws {
        let text = LargeDocument.text(operations: 3000)
        let task = Task.detached {
            while !Task.isCancelled { await Task.yield() }
            return try read(text)
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test func `the registry answers while a document is read`() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(LargeDocument.text(operations: 3000), to: "api.json")
        let registry = PluginRegistry(fetcher: ScriptedFetcher(pages: [:]))
        _ = try await registry.list()
        let registering = Task { try await registry.register(source: path) }
        var answers = 0
        let clock = ContinuousClock()
        var slowest = Duration.zero
        while try await registry.list().isEmpty {
            slowest = max(slowest, try await clock.measure { _ = try await registry.list() })
            answers += 1
            try await Task.sleep(for: .milliseconds(5))
        }
        #expect(try await registering.value.operations.count == 3000)
        // Where the registry itself read, there would be at most a few.
        #expect(answers > 10, "\(answers) answers, the slowest after \(slowest)")
    }
}

/// What YAML means beyond plain values.
@Suite("YAML")
struct YAMLTests {
    @Test func `of a key that is there twice the last one holds, with a warning that names the line`() throws {
        let api = try read(
            """
            openapi: 3.0.3
            info: {title: Dup, version: "1", description: a, description: b}
            servers: [{url: "http://127.0.0.1:18080"}]
            paths:
              /x: {get: {operationId: x, summary: X, responses: {"200": {description: ok}}}}
            """)
        #expect(api.description == "b")
        #expect(api.warnings == ["line 2: \"description\" is there twice; the last one holds"])
        let json = try read(
            "{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"t\"},\"servers\":[{\"url\":\"http://a\"}],\n"
                + "\"paths\":{\"/x\":{\"get\":{\"operationId\":\"x\",\"summary\":\"s\"},\n\"get\":{\"operationId\":\"y\",\"summary\":\"s\"}}}}"
        )
        #expect(json.operations.map(\.tool.operation) == ["y"])
        #expect(json.warnings == ["line 3: \"get\" is there twice; the last one holds"])
    }

    @Test func `aliases and merge keys are followed, and a mapping's own keys hold against merged ones`() throws {
        let root = try Document(
            """
            base: &base {a: 1, b: 2}
            more: &more {b: 3, c: 4}
            one: {<<: *base, b: 5}
            both: {<<: [*base, *more], d: 6}
            same: *base
            quoted: {"<<": *base}
            """, source: "test"
        ).root
        #expect(root["one"] == ["a": 1, "b": 5])
        #expect(root["both"] == ["a": 1, "b": 2, "c": 4, "d": 6])
        #expect(root["same"] == root["base"])
    }

    @Test func `tags do nothing, but that !!str makes text`() throws {
        let root = try Document(
            "a: !!python/object/apply:os.system ['touch /tmp/x']\nb: !!str 12\nc: !thing {d: 1}\n", source: "test"
        ).root
        #expect(root == ["a": ["touch /tmp/x"], "b": "12", "c": ["d": 1]])
    }

    @Test func `numbers keep their digits`() throws {
        let root = try Document("a: 12345678901234567890\nb: 0.1\nc: +5\nd: 007\n", source: "test").root
        #expect(root["a"]?.text == "12345678901234567890")
        #expect(root["b"] == 0.1 && root["c"] == 5 && root["d"] == 7)
    }

    @Test func `what cannot be read is named with its line`() {
        for (text, expected) in [
            ("a: 1\nb: [1, 2\nc: 3\n", "in line"), ("a: 1\n---\nb: 2\n", "a second document begins, in line 2"),
            ("{\"a\": 1,\n \"b\": tru e}\n {", "as JSON:"),
        ] {
            #expect { try Document(text, source: "t") } throws: {
                ($0 as? PluginError)?.message.contains(expected) == true
            }
        }
    }
}
