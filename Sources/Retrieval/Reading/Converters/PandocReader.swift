/// Reads what `pandoc` turns into HTML: documents of office programs, and markup languages.
struct PandocReader {
    var pandoc: ConverterProgram
    var limits: ReadLimits

    /// Whether people write and read a format as it is: a markup language that is text all the same.
    static func isText(_ format: String) -> Bool {
        ["org", "rst", "latex", "textile", "mediawiki", "t2t", "muse", "typst", "creole", "man"].contains(format)
    }

    /// - Parameter format: pandoc's name for it.
    /// - Throws: `damaged`, `unsupported`, `tooLarge`, `empty`.
    func read(_ bytes: [UInt8], format: String, name: String) async throws -> ReadDocument {
        try await TemporaryFile.with(bytes, suffix: ".\(format)") { path in
            let arguments = [
                // Its own heap, as its manual advises for documents of others; and no other file is read.
                "+RTS", "-M1024M", "-RTS", "--sandbox", "--from", format, "--to", "html", "--standalone", "--wrap",
                "none", path,
            ]
            let output = try await pandoc.run(arguments, reading: path, for: name, as: format, limits: limits)
            guard output.status == 0 else {
                let reason =
                    output.complaints.isEmpty
                    ? "pandoc ended with status \(output.status)"
                    : "pandoc says: \(output.complaints.replacing(path, with: name))"
                throw RetrievalError.damaged(
                    name, as: format, "\(reason); open it in its own program, and save it again or as PDF")
            }
            var builder = DocumentBuilder(limits: limits)
            let text = TextEncoding.decode(output.bytes, charset: "utf-8") ?? []
            let page = HTMLReader.read(text, into: &builder, place: .headings("beginning"), limits: limits)
            // pandoc gives a page without a title its file's name.
            let file = path.split(separator: "/").last?.split(separator: ".").first.map(String.init)
            let title = page.title == file ? nil : page.title
            return builder.document(
                kind: .office, title: title ?? page.firstHeading, language: page.language, omission: page.omission)
        }
    }
}
