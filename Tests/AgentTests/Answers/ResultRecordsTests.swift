import Core
import Foundation
import Languages
import ProcessorTime
import Testing

@testable import Agent
@testable import Understanding

/// What is made of a plugin's result, however large and odd it is.
@Suite(.serialized, .timeLimit(.minutes(2)))
struct ResultRecordsTests {
    private static func nested(_ depth: Int) -> JSONValue {
        (0..<depth).reduce(.string("in")) { inner, level in level.isMultiple(of: 2) ? [inner] : ["name\(level)": inner]
        }
    }

    @Test func `only so much of a result is read, and that it goes on is known`() {
        let long = ResultRecords(.string(String(repeating: "word ", count: 400_000)))
        #expect(long.isCut)
        #expect(long.records.reduce(0) { $0 + $1.text.utf8.count } <= ResultRecords.mostBytes)
        #expect(long.records.allSatisfy { $0.text.utf8.count <= 2000 })
        let small = ResultRecords(["a": "b"])
        #expect(!small.isCut && small.records.map(\.text) == ["a: b"])
        let wide = ResultRecords(.object(JSONObject((0..<300).map { ("k\($0)", .integer($0)) })))
        #expect(wide.records.count == 5 && wide.records.map(\.goesOn) == [false, true, true, true, true])
        #expect(wide.records.flatMap { $0.text.split(separator: "\n") }.count == 300)
    }

    @Test func `a result is neutral before anybody reads it`() {
        let records = ResultText.records(["a": "x\u{202e}y\u{e0041}\u{1b}[2J", "b\u{9b}": 1])
        #expect(records.map(\.text) == ["a: xy[2J\nb: 1"])
    }

    @Test(arguments: 0..<9)
    func `reading costs what the result's size is, whatever its form`(kind: Int) async {
        // Others have the thread in between.
        await Task.yield()
        func result(_ size: Int) -> JSONValue {
            switch kind {
            case 0: .string(String(repeating: "[a](", count: size / 4))
            case 1: .string(String(repeating: "a.", count: size / 2))
            case 2: .string(String(repeating: "a. ", count: size / 3))
            case 3: .string(String(repeating: "7", count: size))
            case 4: .string(String(repeating: "\n", count: size))
            case 5: .object(JSONObject((0..<size / 20).map { ("k\($0)", .integer($0)) }))
            case 6: .array((0..<size / 10).map { .integer($0) })
            case 7: Self.nested(size / 200)
            default: .string(String(repeating: "1,234.5 ", count: size / 8))
            }
        }
        let growth = growth(from: 8000) { size in
            let step = Step(plugin: "p", operation: "o", arguments: [:], status: .ok, result: result(size))
            let read = ReadResult(step)
            _ = read.plain(question: "How many words are in 7?")
            _ = read.quote(saying: "There are 7 of 1234.5.")
            let check = FactCheck(texts: [read.text], given: ["7"])
            _ = check.unsupported(in: "There are 9 of 1.5, said Oslo.")
            _ = GivenLinks(said: [], read: [read])
        }
        #expect(growth < 10, "\(kind): \(growth)")
    }

    @Test func `what was read in part is said to be`() {
        let items = (0..<60_000).map { "item number \($0)" }
        let text = JSONValue.string(items.joined(separator: "\n"))
        let read = ReadResult(Step(plugin: "p", operation: "o", arguments: [:], status: .ok, result: text))
        #expect(read.plain(question: "?").hasSuffix("(Only the first 512 KiB of the result were read.)"))
        // How long a list is, is known all the same.
        let list: JSONValue = ["list": .array(items.map(JSONValue.string))]
        let listed = ReadResult(Step(plugin: "p", operation: "o", arguments: [:], status: .ok, result: list))
        #expect(listed.plain(question: "?").hasSuffix("item number 19 and 59,980 more."))
    }

    @Test(arguments: ["\n", " ", "\u{200d}", "\u{e0041}", "\r\n\t"])
    func `a result in which nothing can be read is empty, however long it is`(unit: String) {
        let result: JSONValue = ["text": .string(String(repeating: unit, count: 20_000))]
        let read = ReadResult(Step(plugin: "p", operation: "o", arguments: [:], status: .ok, result: result))
        #expect(read.isEmpty && read.plain(question: "?").hasPrefix("p.o gave an empty answer."))
    }

    @Test func `an error in a plugin's words is neutral too`() {
        let step = Step(
            plugin: "p", operation: "o", arguments: [:], status: .error,
            error: "HTTP 500: <img src=x> ![y](//evil.test)")
        #expect(
            FailureText(language: .english).sentences([step], question: "?")
                == "I could not get an answer from p: HTTP 500: &lt;img src&#61;x> !\\[y] (link left out).")
    }

    @Test func `figures are the same however many there are`() {
        let text = (1...20_000).map { "\($0).25" }.joined(separator: " ")
        let check = FactCheck(texts: ["\(text) on 2026-06-21 at 07:05"], given: ["And 3.2?"])
        #expect(
            check.unsupported(in: "It is 12.3, 19999.25, 2026, 21 and 7:05; not 20001.9 or 8:05.") == [
                "20001.9", "8:05",
            ])
        #expect(check.holdsResult("It is 12.3.") && !check.holdsResult("It is 30000."))
        #expect(!FactCheck(texts: ["3.21"], given: ["Is 3.2 right?", "x"]).holdsResult("It is 9.") == false)
    }
}
