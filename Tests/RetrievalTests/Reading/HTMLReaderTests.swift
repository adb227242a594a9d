import Testing

@testable import Retrieval

@Suite(.timeLimit(.minutes(2)))
struct HTMLReaderTests {
    @Test func `a page is read with its title, language, headings and lines`() async throws {
        let document = try await read(
            """
            <!doctype html>
            <html lang="en-GB"><head><title>A  page</title></head>
            <body><h1>Top</h1>
            <p>First
            paragraph with <b>bold</b> and <i>it</i>alics.</p>
            <h2>Inner</h2>
            <p>Second.
            </body></html>
            """, as: "a.html")
        #expect(document.title == "A page")
        #expect(document.language == "en-GB")
        #expect(document.texts == ["Top", "First paragraph with bold and italics.", "Inner", "Second."])
        #expect(document.blocks.map(\.headings) == [[], ["Top"], ["Top"], ["Top", "Inner"]])
        #expect(document.blocks.map(\.form) == [.heading, .paragraph, .heading, .paragraph])
        #expect(document.blocks[1].location == .lines(4...5))
        #expect(document.blocks[3].location == .lines(7...8))
        #expect(document.isSound)
    }

    @Test func `scripts, styles, navigation and what is hidden are left out`() async throws {
        let document = try await read(
            """
            <style>p { color: red }</style><script>var a = "<p>no</p>";</script>
            <nav><ul><li>Menu</ul></nav><noscript><p>no</p></noscript>
            <p hidden>no</p><div style="display: none"><p>no</p></div><span aria-hidden="true">no</span>
            <template><p>no</p></template><svg><title>no</title><text>no</text></svg>
            <p>yes</p><select><option>no</select>
            """, as: "a.html")
        #expect(document.texts == ["yes"])
    }

    @Test func `list items, table rows and preformatted text are blocks of their own`() async throws {
        let document = try await read(
            """
            <ul><li>one<li>two <b>x</b></ul>
            <table><tr><th>Name<th>Age</tr><tr><td><p>Ann</p></td><td>3</td></tr><tr><td></td><td></td></tr></table>
            <pre>
            let a = 1
              let b = 2
            </pre>
            """, as: "a.html")
        #expect(document.texts == ["- one", "- two x", "Name | Age", "Ann | 3", "let a = 1\n  let b = 2"])
        #expect(document.text.hasPrefix("- one\n- two x\n\nName | Age\nAnn | 3\n\nlet a"))
        #expect(document.blocks.last?.form == .code)
    }

    @Test func `a table that lays out the page is no row`() async throws {
        let document = try await read(
            "<table><tr><td><h1>Head</h1><p>Text.</p><p>More.</p></td><td><ul><li>Item</ul></td></tr></table>",
            as: "a.html")
        #expect(document.texts == ["Head", "Text.", "More.", "- Item"])
    }

    @Test func `line breaks, entities and spaces that do not break are text`() async throws {
        let document = try await read(
            "<p>one<br>two &amp; three&nbsp;four &eacute;&#x20AC; &unknown; soft&shy;ly</p>", as: "a.html")
        #expect(document.texts == ["one\ntwo & three four é€ &unknown; softly"])
    }

    @Test func `the character set is the header's, the page's or what the bytes show`() async throws {
        let latin: [UInt8] = Array("<p>caf".utf8) + [0xE9]
        let reader = DocumentReader()
        #expect(try await reader.read(latin, name: "a.html", mediaType: nil).text == "café")
        let cyrillic: [UInt8] = [0xF0, 0xD2, 0xC9, 0xD7, 0xC5, 0xD4]
        let declared = Array("<meta http-equiv='Content-Type' content='text/html; charset=koi8-r'>".utf8) + cyrillic
        #expect(try await reader.read(declared, name: "a.html", mediaType: nil).text == "Привет")
        let sent = try await reader.read(cyrillic, name: "a", mediaType: "text/html; charset=\"KOI8-R\"")
        #expect(sent.text == "Привет")
        let wrong = Array("<meta charset='utf-16'><p>naïve".utf8)
        #expect(try await reader.read(wrong, name: "a.html", mediaType: nil).text == "naïve")
    }

    @Test(arguments: [
        "<p>a</b></i></p></div>b", "<p", "<p title=\"never closed>text", "<!-- never closed", "</p>x", "<a<b<c>x",
        "<html><body><html><body>x</body></html>y</body></html>", "<table><p>x</table><td>y",
        "\0<p>\u{1}x\u{7F} and much more text than there are control characters in it, so that it is taken for text",
        "<script>never closed", "&#0; &#xD800; &#x110000; x", "<p>x</p><frameset><frame></frameset>", "<title>x",
    ])
    func `what is no good HTML is read as far as it goes`(text: String) async throws {
        do {
            #expect(try await read(text, as: "a.html").isSound)
        } catch let error as RetrievalError {
            #expect(error.code == .empty)
        }
    }

    @Test func `a page nested without end is read to where it is too deep, and says so`() async throws {
        let text = "<p>Before</p>" + String(repeating: "<div><b>", count: 200_000) + "deep"
        let document = try await read(text, as: "a.html")
        #expect(document.texts.first == "Before")
        #expect(document.omission?.contains("nested") == true)
    }

    @Test func `a page of 50 MB is read`() async throws {
        let paragraph = "<p>" + String(repeating: "word ", count: 200) + "</p>\n"
        let text = "<title>Large</title>" + String(repeating: paragraph, count: 50_000)
        let document = try await read(text, as: "a.html", limits: ReadLimits(characters: 60 << 20))
        #expect(document.blocks.count == 50_000)
        #expect(document.title == "Large")
    }

    @Test(arguments: ["<p>", "<", "&", "</b>", "<!--", "<p a=b ", "a"])
    func `megabytes of one mark do not take long`(mark: String) async throws {
        let text = String(repeating: mark, count: 2_000_000 / mark.utf8.count)
        do {
            #expect(try await read(text, as: "a.html").isSound)
        } catch let error as RetrievalError {
            #expect(error.code == .empty)
        }
    }
}
