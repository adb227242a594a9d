import Foundation
import Testing

@testable import Commands

@Suite struct TerminalTextTests {
    private let plain = Style(isOn: false)
    private let styled = Style(isOn: true)

    private func shown(_ text: String, width: Int = 40, style: Style? = nil) -> String {
        TerminalText.rendered(text, width: width, style: style ?? plain)
    }

    @Test func `words are whole at the terminal's edge`() {
        #expect(shown("The quick brown fox jumps over it.", width: 16) == "The quick brown\nfox jumps over\nit.\n")
    }

    @Test func `widths are columns: ideographs take two and may be parted, combining marks take none`() {
        #expect(shown("日本語の文", width: 6) == "日本語の文\n".replacing("語の", with: "語\nの"))
        // Ten columns with their marks on them.
        let marked = String(repeating: "e\u{301}", count: 5)
        #expect(shown("\(marked) \(marked)", width: 11) == "\(marked) \(marked)\n")
        #expect(shown("\(marked) \(marked)", width: 10) == "\(marked)\n\(marked)\n")
    }

    @Test func `headings, emphasis and code are styled, and lose their marks`() {
        #expect(shown("## Two *kinds*", style: styled) == "\u{1B}[1mTwo \u{1B}[3mkinds\u{1B}[0m\u{1B}[1m\u{1B}[0m\n")
        #expect(
            shown("a **bold one** and `x = 1`", style: styled)
                == "a \u{1B}[1mbold one\u{1B}[0m and \u{1B}[36mx = 1\u{1B}[0m\n")
    }

    @Test func `without styles emphasis keeps its marks, which say the same`() {
        #expect(shown("## Two\na **bold** `x`") == "Two\na **bold** `x`\n")
    }

    @Test(arguments: [
        "2 * 3 * 4", "use **kwargs and *args", "snake_case_name and __init__.py", "it is ** not", "5 * x",
        "`unclosed",
        "#hashtag", "1.5 is a number", "a|b",
    ])
    func `marks that stand for themselves stay`(_ text: String) {
        #expect(shown(text, width: 80, style: styled) == text + "\n")
    }

    @Test func `a list's lines stand below their text`() {
        #expect(shown("- one two three\n- four", width: 10) == "• one two\n  three\n• four\n")
        #expect(shown("10. one two three", width: 10) == "10. one\n    two\n    three\n")
        #expect(shown("  - one two", width: 8) == "  • one\n    two\n")
        #expect(shown("> one two", width: 7) == "│ one\n│ two\n")
    }

    @Test func `code and tables are not broken, and nothing in them is a mark`() {
        let code = "```swift\nlet a = **b** + some_long_name_that_goes_on\n\n# no heading\n```\nafter"
        #expect(
            shown(code, width: 20)
                == "    let a = **b** + some_long_name_that_goes_on\n\n    # no heading\nafter\n")
        let table = "| a long column | another one |\n|---|---|\n| 1 | **2** |\n"
        #expect(shown(table, width: 10) == table)
    }

    @Test func `however an answer comes in pieces, it is shown as when it comes at once`() {
        let text = """
            # A *fine* title

            Some **bold words** here, and `code` there; 2 * 3 stays.
            - first item that is long enough to be broken
            - **second**

            ```
            let x = 1
            ```
            | a | b |
            ---
            12. twelve 日本語 e\u{301}nd
            """
        for size in [1, 2, 3, 7, 1000] {
            for style in [plain, styled] {
                var terminal = TerminalText(width: 24, style: style)
                var output = ""
                var rest = text[...]
                while !rest.isEmpty {
                    output += terminal.add(String(rest.prefix(size)))
                    rest = rest.dropFirst(size)
                }
                output += terminal.finish()
                #expect(output == TerminalText.rendered(text, width: 24, style: style), "in pieces of \(size)")
            }
        }
    }

    @Test func `a word is shown when it is whole, and no earlier`() {
        var terminal = TerminalText(width: 40, style: plain)
        let parts = [terminal.add("Hel"), terminal.add("lo wor"), terminal.finish(), terminal.finish()]
        #expect(parts == ["", "Hello", " wor\n", ""])
    }
}
