import Testing

@testable import Retrieval

struct MarkdownReaderTests {
    @Test func `headings of both kinds stand over what follows`() async throws {
        let document = try await read(
            """
            # Title

            Intro.

            Part *one*
            ----------

            Text of one.

            ### Deep ###
            Deep text.

            ## Part `two`
            Text of two.
            """, as: "a.md")
        #expect(document.title == "Title")
        #expect(document.block(with: "Intro.")?.headings == ["Title"])
        #expect(document.block(with: "Text of one.")?.headings == ["Title", "Part one"])
        #expect(document.block(with: "Deep text.")?.headings == ["Title", "Part one", "Deep"])
        #expect(document.block(with: "Text of two.")?.headings == ["Title", "Part two"])
        #expect(document.block(with: "Part *one*")?.form == .heading)
        #expect(document.block(with: "Part *one*")?.location == .lines(5...6))
        #expect(document.isSound)
    }

    @Test func `the text stays as it is written, so that quotes are exact`() async throws {
        let text = "# A\n\n**Bold** and [a link](https://example.org).\n"
        let document = try await read(text, as: "a.md")
        #expect(document.text == text)
        #expect(document.texts == ["# A", "**Bold** and [a link](https://example.org)."])
    }

    @Test func `fenced and indented code are blocks, and no headings are seen in them`() async throws {
        let document = try await read(
            "Text.\n\n~~~sh\n# no heading\n\n```\n~~~\n\n    # nor here\n    x\n\nEnd.", as: "a.md")
        #expect(document.texts == ["Text.", "~~~sh\n# no heading\n\n```\n~~~", "    # nor here\n    x", "End."])
        #expect(document.blocks.map(\.form) == [.paragraph, .code, .code, .paragraph])
        #expect(document.blocks.allSatisfy { $0.headings.isEmpty })
    }

    @Test func `a fence that is not closed goes to the end`() async throws {
        let document = try await read("```\n# a\n\nb", as: "a.md")
        #expect(document.texts == ["```\n# a\n\nb"])
    }

    @Test func `each item of a list is a block with what stands further in`() async throws {
        let document = try await read(
            "- one\n  more\n\n  still one\n  - inner\n- two\nlazy\n1. first\n2) second\n\nAfter.", as: "a.md")
        #expect(
            document.texts == [
                "- one\n  more\n\n  still one\n  - inner", "- two\nlazy", "1. first", "2) second", "After.",
            ])
    }

    @Test func `a table is a block`() async throws {
        let table = "| a | b |\n|---|---|\n| 1 | 2 |"
        #expect(try await read("x\n\n\(table)\n\ny", as: "a.md").texts == ["x", table, "y"])
    }

    @Test(arguments: ["title: \"The *Guide*\"", "title: The *Guide*", "tags: [a]\ntitle: 'The *Guide*'"])
    func `front matter gives the title`(matter: String) async throws {
        let document = try await read("---\n\(matter)\n---\n# Other\ntext", as: "a.md")
        #expect(document.title == "The *Guide*")
        #expect(document.block(with: "text")?.headings == ["Other"])
    }

    @Test func `a rule at the beginning is no front matter`() async throws {
        #expect(try await read("---\n\ntext\n\nmore", as: "a.md").texts == ["text", "more"])
    }

    @Test func `comments are left out`() async throws {
        #expect(try await read("a\n\n<!-- no\n\nno -->\nb", as: "a.md").texts == ["a", "b"])
    }

    @Test(
        arguments: ["", "# "],
        ["#", "> ", "[", "- ", "-\n", "![a](", "`", "|\n"])
    func `megabytes of one mark do not take long`(start: String, mark: String) async throws {
        let text = start + String(repeating: mark, count: 500_000 / mark.utf8.count) + "x"
        #expect(try await read(text, as: "a.md").isSound)
    }
}
