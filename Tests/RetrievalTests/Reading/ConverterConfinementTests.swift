import Confinement
import Foundation
import SystemPackage
import Testing

@testable import Retrieval

/// What a converter can do that a document has taken over.
@Suite(.timeLimit(.minutes(1)), .enabled(if: ConfinementSupport.ofThisKernel.gap == nil))
struct ConverterConfinementTests {
    /// What a program that stands for pdftotext writes, as the document's text. It finds the document at `$file`.
    private func text(_ script: String) async throws -> String {
        try await withFolder { folder in
            let path = folder.appending("program")
            // A line of its output is a word of the layout that pdftotext would write.
            let layout = #"awk '{ print "<word at=\"\">" $0 "</word>\n</line>" }'"#
            try write("#!/bin/sh\nfile=$4\n{\n\(script)\n} | \(layout)\n".utf8, to: path)
            try write("private\n".utf8, to: folder.appending("private"))
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path.string)
            var reader = DocumentReader()
            reader.programs.pdftotext.path = path.string
            return try await reader.read(PDFWriter.bytes(pages: [["x"]]), name: "a.pdf", mediaType: nil).text
        }
    }

    @Test func `it reads the document it was given, and no other file of the user's`() async throws {
        let text = try await text(
            #"head -c 4 "$file"; echo; cat "$(dirname "$0")/private" 2>/dev/null || echo kept; ls "$(dirname "$(dirname "$file")")" >/dev/null 2>&1 || echo unseen"#
        )
        #expect(text.contains("%PDF") && text.contains("kept") && text.contains("unseen"))
        #expect(!text.contains("private"))
    }

    @Test func `it writes nothing but its output`() async throws {
        let text = try await text(
            #"echo begun; (echo x >"$file.new") 2>/dev/null || echo kept; (echo x >/tmp/squire-new) 2>/dev/null || echo kept; (echo x >"$HOME/new") 2>/dev/null || echo kept"#
        )
        #expect(text.components(separatedBy: "kept").count == 4)
    }

    @Test func `it has no socket of any kind, and none of the daemon's variables`() async throws {
        unsafe setenv("CONVERTER_SECRET", "hunter2", 1)
        defer { unsafe unsetenv("CONVERTER_SECRET") }
        let text = try await text(
            """
            perl -MSocket -e 'for (AF_UNIX, AF_INET, AF_INET6) { print socket(my $s, $_, SOCK_STREAM, 0) ? "open" : "closed", qq(\\n) }'
            env; ulimit -v
            """)
        #expect(text.contains("closed") && !text.contains("open"))
        #expect(!text.contains("hunter2"))
        #expect(text.contains("\(4 << 20)"))
    }
}
