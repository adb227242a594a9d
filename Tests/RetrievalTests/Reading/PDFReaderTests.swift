import Foundation
import SystemPackage
import Testing

@testable import Retrieval

@Suite(.timeLimit(.minutes(1)))
struct PDFReaderTests {
    private func read(_ bytes: [UInt8], programs: DocumentReader.Programs = .init()) async throws -> ReadDocument {
        var reader = DocumentReader()
        reader.programs = programs
        return try await reader.read(bytes, name: "paper.pdf", mediaType: nil)
    }

    @Test func `a PDF is read with its title, page by page`() async throws {
        let document = try await read(
            PDFWriter.bytes(
                title: "On Hedgehogs",
                pages: [["First page,", "second line.", "", "Second paragraph."], ["Text of the second page."]]))
        #expect(document.kind == .pdf)
        #expect(document.title == "On Hedgehogs")
        #expect(document.texts == ["First page,\nsecond line.", "Second paragraph.", "Text of the second page."])
        #expect(document.blocks.map(\.location) == [.page(1), .page(1), .page(2)])
        #expect(document.isSound)
    }

    @Test(arguments: ["Microsoft Word - draft.doc", "untitled", "thesis.dvi", ""])
    func `a title that a program put there is none`(title: String) async throws {
        #expect(try await read(PDFWriter.bytes(title: title, pages: [["Text."]])).title == nil)
    }

    @Test func `words cut at a line's end are put together, those with a hyphen of their own are not`() {
        let pages = PDFText.pages(
            Array(
                "A long exam-\nple of well-\nknown words.\n\nwell-known, 1990-\n1995, a -\nb, (Nord-\nSouth)\n\u{C}"
                    .utf8))
        var builder = DocumentBuilder(limits: ReadLimits())
        PDFText.append(pages, to: &builder)
        let text = builder.document(kind: .pdf).text
        #expect(
            text == "A long example of well-known words.\n\nwell-known, 1990-1995, a -\nb, (Nord-South)")
    }

    @Test func `a compound keeps its hyphen at a line's end, also where the document has it nowhere else`() async throws
    {
        let document = try await read(
            PDFWriter.bytes(pages: [
                [
                    "The keeper wrote about the power-", "ful capabili-", "ties of the new well-",
                    "known lamp and its mother-",
                    "in-law. The state-of-", "the-art lens was e-", "mailed in 2019-", "2020 to the re-",
                    "cently well-organi-",
                    "zed co-", "operative.",
                ]
            ]))
        #expect(
            document.text == """
                The keeper wrote about the powerful capabilities of the new well-known lamp and its mother-in-law. \
                The state-of-the-art lens was e-mailed in 2019-2020 to the recently well-organized cooperative.
                """)
    }

    @Test func `without lists of words, only what shows a hyphen of its own keeps it`() {
        var builder = DocumentBuilder(limits: ReadLimits())
        let pages = PDFText.pages(Array("a well-\nknown state-\nof-the-art e-\nmail of 2019-\n2020\u{C}".utf8))
        PDFText.append(pages, to: &builder, list: WordList(folder: "/nowhere"))
        #expect(builder.document(kind: .pdf).text == "a wellknown state-of-the-art e-mail of 2019-2020")
    }

    @Test func `signs that XML writes as entities are read as they are`() async throws {
        let document = try await read(PDFWriter.bytes(pages: [["a < b && c > d \"e\" &amp;"]]))
        #expect(document.text == "a < b && c > d \"e\" &amp;")
    }

    @Test func `letters joined by a typesetter are letters again`() {
        var builder = DocumentBuilder(limits: ReadLimits())
        PDFText.append(PDFText.pages(Array("eﬃcient ﬁle\u{C}".utf8)), to: &builder)
        #expect(builder.document(kind: .pdf).text == "efficient file")
    }

    @Test func `a PDF cut short is damaged, with the reason`() async throws {
        let bytes = PDFWriter.bytes(pages: [["Text."]])
        let error = try await failure { try await read(Array(bytes.prefix(200))) }
        #expect(error?.code == .damaged)
        #expect(error?.message.contains("paper.pdf") == true)
        #expect(error?.message.contains("pdftotext says: ") == true)
    }

    @Test func `a PDF with a fault is read, and says that parts may be missing`() async throws {
        let text = String(decoding: PDFWriter.bytes(pages: [["Text of a page."]]), as: UTF8.self)
        let document = try await read(Array(text.replacing("50 700 Td", with: "50 700 Xd").utf8))
        #expect(document.texts == ["Text of a page."])
        #expect(document.omission?.contains("pdftotext says: ") == true)
    }

    @Test func `what is called PDF and is none is damaged`() async throws {
        let error = try await failure { try await read(Array("<html>Not found</html>".utf8)) }
        #expect(error?.code == .damaged)
    }

    @Test func `a PDF of pictures says what to do`() async throws {
        let error = try await failure { try await read(PDFWriter.bytes(pages: [[], []])) }
        #expect(error?.code == .empty)
        #expect(error?.message.contains("2 pages") == true)
        #expect(error?.message.contains("ocrmypdf") == true)
    }

    @Test func `without the program it is said what to install`() async throws {
        var programs = DocumentReader.Programs()
        programs.pdftotext.path = "/nowhere/pdftotext"
        let error = try await failure { try await read(PDFWriter.bytes(pages: [["x"]]), programs: programs) }
        #expect(error?.code == .unsupported)
        #expect(error?.message.contains("install poppler-utils") == true)
    }

    @Test func `a program that does not end is ended`() async throws {
        var reader = DocumentReader(limits: ReadLimits(converterTime: .milliseconds(200)))
        try await withScript("sleep 60") { path in
            reader.programs.pdftotext.path = path
            let error = try await failure {
                try await reader.read(PDFWriter.bytes(pages: [["x"]]), name: "a.pdf", mediaType: nil)
            }
            #expect(error?.code == .damaged)
            #expect(error?.message.contains("did not finish") == true)
        }
    }

    @Test func `a program that writes without end is ended`() async throws {
        var reader = DocumentReader(limits: ReadLimits(unpackedBytes: 1 << 20))
        try await withScript("while :; do echo text text text text text; done") { path in
            reader.programs.pdftotext.path = path
            let error = try await failure {
                try await reader.read(PDFWriter.bytes(pages: [["x"]]), name: "a.pdf", mediaType: nil)
            }
            #expect(error?.code == .tooLarge)
        }
    }

    private func withScript(_ script: String, _ body: (String) async throws -> Void) async throws {
        try await withFolder { folder in
            let path = folder.appending("program")
            try write("#!/bin/sh\n\(script)\n".utf8, to: path)
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path.string)
            try await body(path.string)
        }
    }
}
