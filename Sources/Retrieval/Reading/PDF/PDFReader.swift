/// Reads PDF with poppler's `pdftotext`.
struct PDFReader {
    var textProgram: ConverterProgram
    var informationProgram: ConverterProgram
    var limits: ReadLimits

    /// - Throws: `damaged`, `unsupported`, `tooLarge`, `empty`.
    func read(_ bytes: [UInt8], name: String) async throws -> ReadDocument {
        guard bytes.prefix(1024).offset(of: "%PDF-") != nil else {
            throw RetrievalError.damaged(
                name, as: "PDF", "it does not begin as a PDF does; give it the ending of what it is, and add it again")
        }
        return try await TemporaryFile.with(bytes, suffix: ".pdf") { path in
            let output = try await textProgram.run(
                ["-bbox-layout", "-enc", "UTF-8", path, "-"], reading: path, for: name, as: "PDF", limits: limits)
            let complaints = output.complaints.replacing(path, with: name)
            guard output.status == 0 else { throw failure(output, complaints, name: name) }
            let pages = PDFText.pages(PDFLayout(TextEncoding.decode(output.bytes, charset: "utf-8") ?? []).text)
            var builder = DocumentBuilder(limits: limits)
            PDFText.append(pages, to: &builder)
            guard !builder.blocks.isEmpty else {
                if !complaints.isEmpty {
                    throw RetrievalError.damaged(
                        name, as: "PDF", "there is no text in what is left of it; pdftotext says: \(complaints)")
                }
                throw RetrievalError.empty(
                    name,
                    "its \(pages.count == 1 ? "page holds" : "\(pages.count) pages hold") pictures and no text; run text recognition over it (`ocrmypdf`), and add the result"
                )
            }
            return builder.document(
                kind: .pdf, title: await title(path),
                omission: complaints.isEmpty ? nil : "parts may be missing; pdftotext says: \(complaints)")
        }
    }

    private func failure(
        _ output: ConverterProgram.Output, _ complaints: String, name: String
    ) -> RetrievalError {
        if complaints.contains("Incorrect password") {
            return .damaged(
                name, as: "PDF",
                "it is encrypted with a password (pdftotext says: \(complaints)); save it without one, and add it again"
            )
        }
        let reason =
            complaints.isEmpty ? "pdftotext ended with status \(output.status)" : "pdftotext says: \(complaints)"
        return .damaged(name, as: "PDF", "\(reason); it may have been cut short: fetch or save it again")
    }

    /// What the file's information says, unless a program put its own words there. Without it, the file's name will do.
    private func title(_ path: String) async -> String? {
        guard
            let output = try? await informationProgram.run(
                ["-enc", "UTF-8", path], reading: path, outputLimit: 1 << 20, within: limits.converterTime),
            let line = output.bytes.text.split(separator: "\n").first(where: { $0.hasPrefix("Title:") }),
            let title = String(line.dropFirst("Title:".count)).asHeading.nonBlank
        else { return nil }
        let words = title.lowercased()
        let isJunk =
            words.hasPrefix("microsoft ") || words.hasPrefix("untitled") || words == "title"
            || [".doc", ".docx", ".dvi", ".tex", ".indd", ".pdf", ".odt"].contains { words.hasSuffix($0) }
        return isJunk ? nil : title
    }
}
