import Testing

@testable import Retrieval

@Suite(.timeLimit(.minutes(3)))
struct EPUBReaderTests {
    private func book(_ edit: (inout ZIPWriter) -> Void) -> [UInt8] {
        var zip = ZIPWriter()
        zip.add("mimetype", "application/epub+zip")
        zip.add(
            "META-INF/container.xml",
            """
            <?xml version="1.0"?><container><rootfiles>
            <rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/>
            </rootfiles></container>
            """)
        zip.add(
            "OEBPS/book.opf",
            """
            <?xml version="1.0"?>
            <package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
            <dc:title>The Book</dc:title><dc:language>en</dc:language></metadata>
            <manifest><item id="c2" href="text/b%20%5Btwo%5D.xhtml" media-type="application/xhtml+xml"/>
            <item id="c1" href="../one.xhtml" media-type="application/xhtml+xml"/>
            <item id="css" href="a.css" media-type="text/css"/>
            <item id="gone" href="gone.xhtml" media-type="application/xhtml+xml"/></manifest>
            <spine><itemref idref="c1"/><itemref idref="c2"/><itemref idref="c1"/><itemref idref="css"/>
            <itemref idref="none"/></spine></package>
            """)
        edit(&zip)
        return zip.archive
    }

    private func read(_ bytes: [UInt8], limits: ReadLimits = ReadLimits()) async throws -> ReadDocument {
        try await DocumentReader(limits: limits).read(bytes, name: "book.epub", mediaType: nil)
    }

    private static let one =
        "<html><head><title>The Book</title></head><body><h1>Chapter One</h1><p>First.</p></body></html>"
    private static let two = "<html><head><title>Second Part</title></head><body><p>Ünter.</p></body></html>"

    @Test func `a book is read chapter by chapter, in its own order`() async throws {
        let document = try await read(
            book { zip in
                zip.add("OEBPS/text/b [two].xhtml", Self.two)
                zip.add("one.xhtml", Self.one)
            })
        #expect(document.kind == .epub)
        #expect(document.title == "The Book")
        #expect(document.language == "en")
        #expect(document.texts == ["Chapter One", "First.", "Ünter."])
        #expect(document.blocks.map(\.location) == [.part("Chapter One"), .part("Chapter One"), .part("Second Part")])
        #expect(document.blocks[1].headings == ["Chapter One"])
        #expect(document.omission == nil)
        #expect(document.isSound)
    }

    @Test func `a chapter that is missing is said to be left out`() async throws {
        let document = try await read(book { $0.add("one.xhtml", Self.one) })
        #expect(document.texts == ["Chapter One", "First."])
        #expect(document.omission?.contains("OEBPS/text/b [two].xhtml") == true)
    }

    @Test func `a book without a chapter is damaged`() async throws {
        let error = try await failure { try await read(book { _ in }) }
        #expect(error?.code == .damaged)
    }

    @Test func `a book cut short is damaged`() async throws {
        let bytes = book { $0.add("one.xhtml", Self.one) }
        for count in [100, 600, bytes.count - 30] {
            let error = try await failure { try await read(Array(bytes.prefix(count))) }
            #expect(error?.code == .damaged, "\(count): \(error?.message ?? "")")
        }
    }

    @Test func `a zip bomb is too large`() async throws {
        let bytes = book { $0.addBomb("one.xhtml", size: 400 << 20) }
        #expect(bytes.count < 4 << 20)
        let error = try await failure { try await read(bytes) }
        #expect(error?.code == .tooLarge)
        #expect(error?.message.contains("256 MiB") == true)
    }

    @Test func `chapters that are too large only together are too large`() async throws {
        let page = "<p>" + String(repeating: "word ", count: 20_000) + "</p>"
        let bytes = book { zip in
            zip.add("one.xhtml", page)
            zip.add("OEBPS/text/b [two].xhtml", page)
        }
        let error = try await failure { try await read(bytes, limits: ReadLimits(unpackedBytes: 150_000)) }
        #expect(error?.code == .tooLarge)
    }

    @Test func `chapters that are listed and not there take no more time together than a book may`() async throws {
        let items = (0..<4000).map { #"<item id="i\#($0)" href="m\#($0).xhtml" media-type="application/xhtml+xml"/>"# }
        let order = (0..<4000).map { #"<itemref idref="i\#($0)"/>"# }
        var zip = ZIPWriter()
        zip.add(
            "META-INF/container.xml",
            #"<container><rootfiles><rootfile full-path="book.opf"/></rootfiles></container>"#)
        zip.add(
            "book.opf",
            "<package><manifest>\(items.joined())</manifest><spine>\(order.joined())</spine></package>")
        let bytes = zip.archive
        let error = try await failure { try await read(bytes, limits: ReadLimits(converterTime: .seconds(2))) }
        #expect(error?.code == .damaged)
        #expect(error?.message.contains("did not finish") == true)
    }

    @Test func `without the program it is said what to install`() async throws {
        var reader = DocumentReader()
        reader.programs.unzip.path = "/nowhere/unzip"
        let bytes = book { $0.add("one.xhtml", Self.one) }
        let error = try await failure { try await reader.read(bytes, name: "book.epub", mediaType: nil) }
        #expect(error?.code == .unsupported)
        #expect(error?.message.contains("install unzip") == true)
    }
}
