import Core
import Testing

@testable import Commands

struct TerminalOutputTests {
    private let hostile = "a\u{1B}[31mred\u{1B}]0;title\u{7}\u{9B}2J\u{202e}x\u{e0041}\u{1B}[8mhidden\rover"

    @Test(arguments: [false, true])
    func `whatever a command forgets, nothing of others' speaks to a terminal`(isTerminal: Bool) {
        let captured = Captured(isTerminal: isTerminal)
        captured.console.out(hostile)
        captured.console.err(hostile)
        for text in [captured.out, captured.err] {
            #expect(!text.contains("\u{1B}]") && !text.contains("\u{9B}") && !text.contains("\u{1B}[8m"))
            #expect(!text.contains("\u{202e}") && !text.contains("\u{e0041}") && !text.contains("\r"))
            #expect(isTerminal || !text.contains("\u{1B}"))
        }
    }

    @Test func `what squire itself says to a terminal reaches it whole`() {
        let style = Style(isOn: true)
        let own =
            style.strong("a") + style.quiet("b") + style.failure("é") + "\r\u{1B}[2K"
            + Hyperlink.text("c", to: "https://example.org/a") + "\n"
        #expect(TerminalOutput.safe(own, isTerminal: true) == own)
        #expect(!TerminalOutput.safe(own, isTerminal: false).contains("\u{1B}"))
        #expect(TerminalOutput.safe("\u{1B}]8;;https://a b\u{1B}\\x", isTerminal: true) == "]8;;https://a b\\x")
        #expect(TerminalOutput.safe("a\r\nb", isTerminal: true) == "a\nb")
    }

    @Test func `JSON keeps its values, and shows what cannot be seen`() throws {
        let captured = Captured(isTerminal: true)
        let value = JSONValue.string(hostile)
        try Report(console: captured.console, json: true)(value) { "" }
        #expect(captured.out.contains(#"\u009b2J\u202ex"#) && !captured.out.contains("\u{1B}"))
        #expect(try JSONValue(parsing: captured.out) == value)
    }

    @Test func `a path that would fake a line is shown with what it hides`() {
        #expect(DocumentPlace.visible("/in/c\nnew: fake\u{202e}.txt") == "/in/c\\nnew: fake\\u{202e}.txt")
    }
}
