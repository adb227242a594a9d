import Folders
import Foundation
import Store
import SystemPackage
import Testing

@testable import Retrieval

#if canImport(Glibc)
    import Glibc
#endif

/// A folder as one meets it in the wild.
@Suite(.timeLimit(.minutes(2)))
struct OddFilesTests {
    /// What becomes of a file.
    private enum Fate: Hashable {
        case document
        case failure(RetrievalError.Code)
    }

    private static let sentence = "Whales sing to each other across whole oceans.\n"

    /// Regular files, with what is in them and what becomes of them.
    private static var files: [(name: String, bytes: [UInt8], fate: Fate)] {
        let pdf = PDFWriter.bytes(pages: [["Whales sing", "in the deep"]])
        var bomb = ZIPWriter()
        bomb.add(
            "META-INF/container.xml",
            #"<container><rootfiles><rootfile full-path="book.opf"/></rootfiles></container>"#)
        bomb.add(
            "book.opf",
            #"<package><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>"#
        )
        bomb.addBomb("a.xhtml", size: 1 << 30)
        let style = String(repeating: "color: red; ", count: 1000)
        let manyTags = String(repeating: "<div style=\"\(style)\"></div>", count: 50_000_000 / style.utf8.count)
        return [
            ("plain.txt", Array(sentence.utf8), .document),
            ("truncated.pdf", Array(pdf.prefix(pdf.count / 3)), .failure(.damaged)),
            ("no.pdf", Array("<html><body>\(sentence)</body></html>".utf8), .failure(.damaged)),
            ("bomb.epub", bomb.archive, .failure(.tooLarge)),
            ("no.epub", Array("PK\u{3}\u{4} and no more".utf8), .failure(.damaged)),
            ("fifty-megabytes.html", Array("<html>\(manyTags)<p>\(sentence)</html>".utf8), .document),
            ("deep.html", Array((String(repeating: "<div>", count: 100_000) + sentence).utf8), .failure(.empty)),
            (
                "mixed.txt",
                Array("Größe in UTF-8, ".utf8) + [0x47, 0x72, 0xF6, 0xDF, 0x65] + Array(" in Latin-1\n".utf8), .document
            ),
            ("utf16.txt", Array(sentence.utf16).flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }, .document),
            ("nul.txt", Array("Whales\u{0}sing\u{0}.\n".utf8), .failure(.unsupported)),
            (
                "program.txt", [0x7F] + Array("ELF".utf8) + (0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 197) },
                .failure(.unsupported)
            ),
            ("cut.json", Array(#"[{"title": "Whales", "text": "sing"}, {"title": "Dol"#.utf8), .failure(.damaged)),
            ("deep.json", Array(String(repeating: "[", count: 100_000).utf8), .failure(.damaged)),
            ("unclosed.csv", Array("name,sound\nwhale,\"song that never ends\ndolphin,click\n".utf8), .document),
            ("one-line.txt", Array(String(repeating: "whale", count: 200_000).utf8), .document),
            (
                "broken.eml",
                Array("From: a@b.c\nSubject: Whales\nContent-Transfer-Encoding: base64\n\n%%%not base64%%%\n".utf8),
                .document
            ),
        ]
    }

    @Test func `of damaged, hostile and odd files each is a document or told with its reason, and none stops the rest`()
        async throws
    {
        try await LibraryFixture.with { fixture in
            let folder = FilePath(fixture.files)
            var fates: [[UInt8]: Fate] = [:]
            for (name, bytes, fate) in Self.files {
                try write(bytes, to: folder.appending(name))
                fates[folder.appending(name).bytes] = fate
            }
            // What is no file, or leads nowhere, or in a circle.
            let fifo = folder.appending("fifo")
            let made = unsafe fifo.withPlatformString { unsafe mkfifo($0, 0o600) }
            try #require(made == 0)
            let links = [("loop", "."), ("self", "self"), ("nowhere", "not-there")]
            for (name, target) in links {
                try FileManager.default.createSymbolicLink(
                    atPath: folder.appending(name).string, withDestinationPath: target)
            }
            for name in ["self", "nowhere"] { fates[folder.appending(name).bytes] = .failure(.unreadable) }
            fates[fifo.bytes] = .failure(.unsupported)
            #if os(Linux)
                // A name that is no UTF-8, which APFS would refuse.
                let name = FilePath(bytes: folder.bytes + Array("/wh".utf8) + [0xE4] + Array("le.txt".utf8))
                try write(Array("A whale of another encoding\n".utf8), to: name)
                fates[name.bytes] = .document
            #endif
            // One that is written to all the time.
            let restless = folder.appending("restless.log")
            try write([0x61], to: restless)
            let writing = Task.detached {
                while !Task.isCancelled {
                    try write((0..<(1 << 20)).map { _ in UInt8.random(in: 0x61...0x7A) }, to: restless)
                }
            }

            let outcome = try await fixture.add()
            writing.cancel()
            _ = await writing.result
            let documents = Set(
                try await fixture.database.documents(under: folder.bytes, collection: "c").map(\.source))
            let failures = Dictionary(
                outcome.failures.map { ($0.path, $0.error.code) }, uniquingKeysWith: { first, _ in first })
            for (path, fate) in fates {
                let name = FilePath(bytes: path).string
                let became: Fate? =
                    documents.contains(path) ? .document : failures[name].map { Fate.failure($0) }
                #expect(became == fate, "\(name)")
            }
            // Read when it was at rest by chance, or not.
            #expect(documents.contains(restless.bytes) || failures[restless.string] != nil)
            #expect(fates.count >= 19)
            let audit = try await fixture.library.check(repair: false).audit
            #expect(audit.problems == [])
            #expect(try await !fixture.search("whales").isEmpty)
        }
    }
}
