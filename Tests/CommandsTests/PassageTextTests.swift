import Foundation
import SquireProtocol
import Testing

@testable import Commands

@Suite struct PassageTextTests {
    private func passage(
        _ text: String, highlights: [[Int]] = [], title: String = "Fonts", location: String = "Setup › Fonts, line 12",
        source: String? = "/n/my fonts.md", line: Int? = 12
    ) -> FoundPassage {
        FoundPassage(
            document: "d1", title: title, location: location, text: text, score: 0.8251, collection: "notes",
            type: "markdown", source: source, line: line, highlights: highlights)
    }

    private let coloured = Console(
        isOutTerminal: true, isErrTerminal: true, width: 60, usesColour: true, out: { _ in }, err: { _ in })

    @Test func `a passage is shown with its place and its text`() {
        let console = Captured(isTerminal: true).console
        let passages = [
            passage("A font is chosen in the settings.\n\n\tThen it is used by all that is written from there on."),
            passage("Short.", title: "Poem", location: "", source: nil, line: nil),
            passage("Page.", title: "Book", location: "page 3", source: "https://example.org/b", line: 1),
        ]
        #expect(
            PassageText.list(passages, query: "font", console) == """
                1  Fonts  0.83
                   /n/my fonts.md:12  Setup › Fonts, line 12
                   A font is chosen in the settings.
                       Then it is used by all that is written from there
                   on.

                2  Poem  0.83
                   Short.

                3  Book  0.83
                   https://example.org/b  page 3
                   Page.

                """)
        #expect(PassageText.list([], query: "a\u{1B}b", console) == "Nothing was found for: ab\n")
    }

    @Test func `what was looked for is bold and the place a link, where colours are on`() {
        let host = ProcessInfo.processInfo.hostName
        let text = PassageText.list([passage("The é font.", highlights: [[6, 4]])], query: "font", coloured)
        #expect(
            text == """
                1  \u{1B}[1mFonts\u{1B}[0m  \u{1B}[2m0.83\u{1B}[0m
                   \u{1B}]8;;file://\(host)/n/my%20fonts.md\u{1B}\\/n/my fonts.md:12\u{1B}]8;;\u{1B}\\  \
                \u{1B}[2mSetup › Fonts, line 12\u{1B}[0m
                   The é \u{1B}[1mfont\u{1B}[0m.

                """)
    }

    @Test func `control characters of documents reach the terminal neither in texts nor in links`() {
        let evil = "\u{1B}]0;x\u{7}\u{9B}2J\u{1B}\\"
        let text = PassageText.list(
            [passage(evil + "font", highlights: [[11, 4]], title: evil, location: evil, source: "/\(evil)é")],
            query: "font", coloured)
        let own = ["\u{1B}[1m", "\u{1B}[2m", "\u{1B}[0m", "\u{1B}]8;;", "\u{1B}\\"]
        let rest = own.reduce(text) { $0.replacingOccurrences(of: $1, with: "") }
        #expect(!rest.unicodeScalars.contains { $0.properties.generalCategory == .control && $0 != "\n" })
        #expect(text.contains("]0;x2J\\\u{1B}[1mfont\u{1B}[0m"))
        #expect(text.contains("/%1B%5D0%3Bx%07%C2%9B2J%1B%5C%C3%A9\u{1B}\\"))
        let address = Hyperlink.text("t", to: "https://a/\u{1B}\\?q=ü#x")
        #expect(address == "\u{1B}]8;;https://a/%1B%5C?q=%C3%BC#x\u{1B}\\t\u{1B}]8;;\u{1B}\\")
    }

    private func lines(_ excerpt: Excerpt) -> [String] { excerpt.lines.map { $0.text(style: Style(isOn: false)) } }

    @Test func `a long text is cut to the lines with what was looked for, these in the middle`() {
        let words = (0..<40).map { "word\($0)" }
        let text = words.joined(separator: "\n")
        let offset = text.utf16.count - words[20...].joined(separator: "\n").utf16.count
        #expect(
            lines(Excerpt(text, highlights: [[offset, 6]], width: 40, lines: 5)) == [
                "…word18", "word19", "word20", "word21", "word22…",
            ])
        #expect(
            lines(Excerpt(text, highlights: [[0, 4]], width: 40, lines: 3)) == ["word0", "word1", "word2…"],
            "from the top, where that shows it")
        #expect(lines(Excerpt(text, highlights: [], width: 40, lines: 2)) == ["word0", "word1…"])
        let last = Excerpt(text, highlights: [[text.utf16.count - 2, 2]], width: 40, lines: 2)
        #expect(lines(last) == ["…word38", "word39"])
    }

    @Test
    func `lines break between words, words only where they are wider than a line, and wide characters count double`() {
        func broken(_ text: String, _ width: Int) -> [String] {
            lines(Excerpt(text, highlights: [], width: width + 2, lines: 100))
        }
        #expect(broken("one two  three", 7) == ["one two", "three"])
        #expect(broken("one two three", 8) == ["one two", "three"])
        #expect(broken("abcdefghij k", 4) == ["abcd", "efgh", "ij k"])
        #expect(broken("  indented text", 10) == ["  indented", "text"])
        #expect(broken("日本語の文書", 4) == ["日本", "語の", "文書"])
        #expect(broken("\n \n", 4) == [])
        #expect(broken("", 4) == [])
    }

    @Test(arguments: [[[0]], [[-1, 3]], [[5, 0]], [[0, .max]], [[3, .max]], [[900, 2]], [[]]])
    func `highlights that are not in the text harm nothing`(_ highlights: [[Int]]) {
        #expect(lines(Excerpt("some text", highlights: highlights, width: 40, lines: 3)) == ["some text"])
    }
}
