import Foundation
import SystemPackage
import Testing

@testable import Retrieval

@Suite(.timeLimit(.minutes(1)))
struct PandocReaderTests {
    /// A reader whose pandoc is this script.
    private func withPandoc(_ script: String, _ body: (DocumentReader) async throws -> Void) async throws {
        try await withFolder { folder in
            let path = folder.appending("pandoc")
            try write("#!/bin/sh\n\(script)\n".utf8, to: path)
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path.string)
            var reader = DocumentReader()
            reader.programs.pandoc.path = path.string
            try await body(reader)
        }
    }

    @Test func `without pandoc, text with marks is read as text, and what is none says how it can be read`()
        async throws
    {
        var reader = DocumentReader()
        reader.programs.pandoc.path = "/nowhere/pandoc"
        let notes = Array("* TODO Water the plants\nEvery Monday.\n".utf8)
        for name in ["notes.org", "notes.rst", "notes.tex"] {
            let document = try await reader.read(notes, name: name, mediaType: nil)
            #expect(document.text.contains("Every Monday."))
        }
        let error = await #expect(throws: RetrievalError.self) {
            try await reader.read(Array("{\\rtf1 text}".utf8), name: "a.rtf", mediaType: nil)
        }
        #expect(error?.code == .unsupported && error?.message.contains("apt install pandoc") == true)
    }

    @Test func `what pandoc makes of a document is read`() async throws {
        let script = """
            for file; do :; done
            echo "<html lang=de><title>Brief</title><h1>Kopf</h1><p>$*: $(cat "$file")</p></html>"
            """
        try await withPandoc(script) { reader in
            let document = try await reader.read(Array("*bold*".utf8), name: "a.org", mediaType: nil)
            #expect(document.kind == .office)
            #expect(document.title == "Brief")
            #expect(document.language == "de")
            #expect(document.block(with: "--sandbox --from org --to html") != nil)
            #expect(document.block(with: ": *bold*")?.location == .part("Kopf"))
        }
    }

    @Test func `its complaints are handed on under the document's name`() async throws {
        try await withPandoc("for f; do :; done; echo \"$f: not a docx\" >&2; exit 63") { reader in
            let error = try await failure {
                try await reader.read([0x50, 0x4B, 3, 4, 0], name: "a.docx", mediaType: nil)
            }
            #expect(error?.code == .damaged)
            #expect(error?.message.contains("pandoc says: a.docx: not a docx") == true)
        }
    }

    @Test(arguments: ["a.docx", "a.odt", "a.rtf", "a.ipynb"])
    func `without pandoc it is said what to install`(name: String) async throws {
        var reader = DocumentReader()
        reader.programs.pandoc.path = "/nowhere/pandoc"
        let bytes: [UInt8] = name == "a.docx" || name == "a.odt" ? [0x50, 0x4B, 3, 4, 0] : Array("text".utf8)
        let error = try await failure { try await reader.read(bytes, name: name, mediaType: nil) }
        #expect(error?.code == .unsupported)
        #expect(error?.message.contains("install pandoc") == true)
    }
}
