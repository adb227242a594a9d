import Testing

@testable import Retrieval

struct MailReaderTests {
    private static let nested = """
        From: =?UTF-8?Q?J=C3=B6rg_M=C3=BCller?= <j@example.org>
        To: a@example.org,
         b@example.org
        Date: Mon, 5 Jan 2026 10:00:00 +0100
        Subject: =?iso-8859-1?B?R3L832U=?= =?iso-8859-1?Q?_aus?= Bremen
        Content-Language: de
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary="outer; one"

        Preamble, not read.
        --outer; one
        Content-Type: multipart/alternative; boundary=inner

        --inner
        Content-Type: text/html; charset=utf-8

        <p>The page</p>
        --inner
        Content-Type: text/plain; charset="iso-8859-1"
        Content-Transfer-Encoding: quoted-printable

        Caf=E9 is a long line that is =
        folded.

        Second paragraph.
        --inner--
        --outer; one
        Content-Type: application/pdf; name="a.pdf"
        Content-Disposition: attachment; filename*=utf-8''bericht%20f%C3%BCr.pdf
        Content-Transfer-Encoding: base64

        JVBERi0=
        --outer; one--
        Epilogue, not read.
        """

    @Test(arguments: ["\n", "\r\n"])
    func `a message is read with its fields, its plain text and the names of what is attached`(
        lineEnd: String
    ) async throws {
        let document = try await read(Self.nested.replacing("\n", with: lineEnd), as: "a.eml")
        #expect(document.title == "Grüße aus Bremen")
        #expect(document.language == "de")
        #expect(
            document.texts == [
                """
                From: Jörg Müller <j@example.org>
                To: a@example.org, b@example.org
                Date: Mon, 5 Jan 2026 10:00:00 +0100
                Subject: Grüße aus Bremen
                Attachments: bericht für.pdf
                """, "Café is a long line that is folded.", "Second paragraph.",
            ])
        #expect(document.blocks.allSatisfy { $0.headings == ["Grüße aus Bremen"] && $0.location == .part("message") })
        #expect(document.isSound)
    }

    @Test func `a page is read where there is no plain text`() async throws {
        let document = try await read(
            """
            Subject: Page
            Content-Type: multipart/alternative; boundary=x

            --x
            Content-Type: text/plain

            \u{20}
            --x
            Content-Type: text/html
            Content-Transfer-Encoding: base64

            PGgxPkhlYWQ8L2gxPjxwPlRleHQ8L3A+
            --x--
            """, as: "a.eml")
        #expect(document.texts == ["Subject: Page", "Head", "Text"])
        #expect(document.blocks.last?.headings == ["Page", "Head"])
    }

    @Test func `each message of a mailbox is a record`() async throws {
        let document = try await read(
            """
            From a@example.org Mon Jan  5 10:00:00 2026
            From: Ann <a@example.org>
            Subject: One

            Text.

            >From here on it is quoted.
            From the sea, at 10:00, we saw it.
            From b@example.org Tue Jan  6 11:00:00 2026
            not a separator, since no empty line stands before it

            From b@example.org Tue Jan  6 11:00:00 2026 +0100
            Subject: Two

            More.

            """, as: "a.mbox")
        #expect(document.blocks.count == 2)
        #expect(document.blocks.map(\.headings) == [["One"], ["Two"]])
        #expect(document.blocks.map(\.location) == [.record(1), .record(2)])
        #expect(document.blocks.allSatisfy { $0.form == .record })
        #expect(document.texts[0].contains("\n\nFrom here on it is quoted.\nFrom the sea"))
        #expect(document.texts[1] == "Subject: Two\n\nMore.")
    }

    @Test func `a word cut between two encoded ones is put together`() {
        #expect(EncodedWords.decode(Array("=?utf-8?B?w4M=?= =?utf-8?B?wqk=?= x =?utf-8?Q?a?=".utf8)) == "Ã© x a")
        #expect(EncodedWords.decode(Array("=?utf-8?Q?=C3?=\n =?utf-8?Q?=A9?=".utf8)) == "é")
        #expect(EncodedWords.decode(Array("=?utf-8?X?a?= =? =?utf-8?Q?open".utf8)) == "=?utf-8?X?a?= =? =?utf-8?Q?open")
    }

    @Test(arguments: [
        "Content-Type: multipart/mixed; boundary=x\n\n--x\n\nText without an end",
        "Content-Type: multipart/mixed; boundary=x\n\nText without a boundary",
        "Content-Type: multipart/mixed\n\nText without a boundary's name",
        "Content-Type: multipart/mixed; boundary=\"\n\nText", "Content-Type: text/plain; charset=none\n\nText",
        "Content-Transfer-Encoding: base64\n\nVGV4dA", "Content-Transfer-Encoding: base64\n\n!VG?V4d\nA==",
        "Content-Type: ;;=;\n\nText", "No header at all: Text\n", "Text", "Subject: Text", "Subject: Text\n",
    ])
    func `broken mail is read as far as it goes`(text: String) async throws {
        let document = try await read(text, as: "a.eml")
        #expect(document.text.contains("Text"), "\(document.text)")
        #expect(document.isSound)
    }

    @Test func `quoted printable that is broken stays as it is`() {
        let text = TransferEncoding.quotedPrintable(Array("a=ZZ=4=\n=41=".utf8)[...])
        #expect(String(decoding: text, as: UTF8.self) == "a=ZZ=4A")
    }

    @Test func `parts in parts without end are left out, and the document says so`() async throws {
        var text = "Subject: Deep\n"
        for level in 0..<100 { text += "Content-Type: multipart/mixed; boundary=b\(level)\n\n--b\(level)\n" }
        let document = try await read(text + "\nText", as: "a.eml")
        #expect(document.omission?.contains("too deep") == true)
    }

    @Test(arguments: [
        ("Subject: ", "=?utf-8?Q?a"), ("", "a: b\n"), ("Content-Type: multipart/mixed; boundary=x\n\n", "--x\n"),
        ("Subject: a\n", " b\n"), ("Subject: a\n\n", "=\n"), ("Subject: ", "=?utf-8?Q?a?= "),
    ])
    func `mail that is made to be hard to read is read`(start: String, mark: String) async throws {
        let text = start + String(repeating: mark, count: 1_000_000 / mark.utf8.count) + "\n\nend"
        #expect(try await read(text, as: "a.eml").isSound)
    }
}
