import Core
import Foundation
import SquireProtocol
import Testing

@testable import Commands

@Suite struct OutputTests {
    private let plain = Style(isOn: false)

    @Test func `columns are aligned, numbers at their right edge, and the last is cut at the width`() {
        let table = Table(
            header: ["NAME", "COUNT", "TITLE"],
            rows: [["a", "2", "short"], ["longer", "100", "a title that is too long to fit"]], rightAligned: [1])
        #expect(
            table.text(width: 30, style: plain) == """
                NAME    COUNT  TITLE
                a           2  short
                longer    100  a title that i…

                """)
    }

    @Test func `a table for a program is whole, and its names as they are`() {
        let name = "a/path  with two spaces/" + String(repeating: "long", count: 100)
        #expect(
            Table(header: ["ID", "NAME"], rows: [["1", name]]).text(width: nil, style: plain)
                == "ID  NAME\n1   \(name)\n")
    }

    @Test func `columns are measured as a terminal draws them`() {
        let table = Table(header: ["A", "B"], rows: [["日本", "x"], ["e\u{301}", "日本語日本語"]])
        #expect(table.text(width: 14, style: plain) == "A     B\n日本  x\ne\u{301}     日本語…\n")
    }

    @Test(arguments: [
        (0.0004, "0 ms"), (0.0123, "12 ms"), (0.9996, "1.0 s"), (1.44, "1.4 s"), (9.97, "9 s"), (59.9, "59 s"),
        (185.0, "3 min 5 s"), (7800.0, "2 h 10 min"), (100_000.0, "1 d 3 h"),
    ])
    func `durations read as a person says them`(_ seconds: Double, _ expected: String) {
        #expect(Format.seconds(seconds) == expected)
    }

    @Test func `sizes and counts are short`() {
        #expect(Format.bytes(512) == "512 B")
        #expect(Format.bytes(98_000_000) == "93.5 MiB")
        #expect(Format.count(134_515_008) == "134.5 M")
        #expect(Format.counted(1, "message") == "1 message")
        #expect(Format.counted(0, "message") == "0 messages")
    }

    @Test func `times are in the user's zone`() throws {
        let zone = try #require(TimeZone(secondsFromGMT: 9 * 3600))
        #expect(Format.time(Date(timeIntervalSince1970: 0), zone: zone) == "1970-01-01 09:00")
    }

    @Test func `control characters of others never reach the terminal`() {
        #expect(PlainText.block("a\u{1B}[31mb\n\tc\u{9B}2J\u{7}\r") == "a[31mb\n\tc2J\n")
        #expect(PlainText.line(" two\n lines \u{1B}]0;title\u{7}") == "two lines ]0;title")
        #expect(PlainText.line("abcdef", limit: 4) == "abc…")
    }

    @Test func `colours are written only where they are on`() {
        #expect(plain.failure("x") == "x")
        #expect(Style(isOn: true).failure("x") == "\u{1B}[31mx\u{1B}[0m")
        let console = Console(isOutTerminal: false, isErrTerminal: true, usesColour: true, out: { _ in }, err: { _ in })
        #expect(!console.outStyle.isOn)
        #expect(console.errStyle.isOn)
    }

    @Test func `a plugin call reads as one line, however it ended`() {
        var step = WireStep(plugin: "almanac", operation: "worldTime", arguments: ["city": "Tokyo", "n": 3])
        #expect(StepLine.text(step, style: plain) == "→ almanac.worldTime city=Tokyo n=3 …")
        step.seconds = 0.0121
        step.status = .ok
        #expect(StepLine.text(step, style: plain) == "→ almanac.worldTime city=Tokyo n=3 … 12 ms")
        step.arguments = ["city": "New York", "empty": ""]
        step.status = .error
        step.error = "HTTP status 404:\nno such city"
        #expect(
            StepLine.text(step, style: plain)
                == "✗ almanac.worldTime city=\"New York\" empty=\"\" … 12 ms: HTTP status 404: no such city")
        step.status = .denied
        #expect(StepLine.text(step, style: plain).hasSuffix("… denied"))
    }

    @Test func `an operation's parameters are listed, the required first`() throws {
        let schema = try JSONValue(
            parsing: #"""
                {"type": "object", "required": ["city"], "properties": {
                  "city": {"type": "string", "description": "Its name"}, "at": {"enum": ["now", 2]}, "any": {}}}
                """#)
        #expect(PluginText.parameters(schema) == ["city (string, required): Its name", "at (\"now\" | 2)", "any"])
    }
}
