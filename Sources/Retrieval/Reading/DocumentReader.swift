package import SystemPackage

/// Reads documents of every kind into text and its parts.
package struct DocumentReader: Sendable {
    package var limits: ReadLimits
    var programs = Programs()
    var hooks = Hooks()

    package init(limits: ReadLimits = ReadLimits()) {
        self.limits = limits
    }

    /// The programs of others that read for us.
    struct Programs: Sendable {
        var pdftotext = ConverterProgram("pdftotext", package: "poppler-utils")
        var pdfinfo = ConverterProgram("pdfinfo", package: "poppler-utils")
        var unzip = ConverterProgram("unzip", package: "unzip")
        var pandoc = ConverterProgram("pandoc", package: "pandoc")
    }

    /// Where tests step in.
    struct Hooks: Sendable {
        /// After a file's bytes were read, before it is looked whether they changed.
        var didRead: @Sendable (FilePath) -> Void = { _ in }
    }

    /// Reads a file. A symbolic link is followed.
    ///
    /// - Throws: `RetrievalError`, or `CancellationError`.
    @concurrent
    package func read(_ path: FilePath) async throws -> ReadDocument {
        // A name that is not UTF-8 is shown with marks in place of what is not.
        try await read(bytes(of: path), name: path.string, mediaType: nil)
    }

    /// What a file holds, for those that may know it already.
    func bytes(of path: FilePath) throws(RetrievalError) -> [UInt8] {
        try FileContents.read(path, name: path.string, limit: limits.bytes, didRead: hooks.didRead)
    }

    /// Reads what came from elsewhere: standard input, the web.
    ///
    /// - Parameters:
    ///   - name: in messages; its ending tells what it is, where the media type does not.
    ///   - mediaType: `Content-Type`'s value, with its `charset`.
    /// - Throws: `RetrievalError`, or `CancellationError`.
    @concurrent
    package func read(_ bytes: [UInt8], name: String, mediaType: String?) async throws -> ReadDocument {
        guard bytes.count <= limits.bytes else {
            throw RetrievalError(
                .tooLarge,
                "\(name) is larger than \(limits.bytes >> 20) MiB, which is the limit; split it and add the parts")
        }
        guard !bytes.isEmpty else { throw RetrievalError.empty(name, "it is empty") }
        let format = Self.kind(name: name, mediaType: mediaType, beginning: bytes[..<min(bytes.count, 16384)])
        let document = try await read(bytes, as: format, name: name, mediaType: mediaType)
        try Task.checkCancellation()
        guard !document.blocks.isEmpty else { throw RetrievalError.empty(name) }
        return document
    }

    /// What a file is.
    ///
    /// - Parameter beginning: a few kilobytes.
    package static func kind(name: String, mediaType: String?, beginning: ArraySlice<UInt8>) -> DocumentFormat {
        DocumentFormat(name: name, mediaType: mediaType, beginning: beginning)
    }

    private func read(
        _ bytes: [UInt8], as format: DocumentFormat, name: String, mediaType: String?
    ) async throws -> ReadDocument {
        switch format {
        case .pdf:
            let reader = PDFReader(
                textProgram: programs.pdftotext, informationProgram: programs.pdfinfo, limits: limits)
            return try await reader.read(bytes, name: name)
        case .epub:
            let reader = EPUBReader(unzip: programs.unzip, limits: limits)
            return try await reader.read(bytes, name: name)
        case .pandoc(let format):
            let reader = PandocReader(pandoc: programs.pandoc, limits: limits)
            do {
                return try await reader.read(bytes, format: format, name: name)
            } catch let error as RetrievalError where error.code == .unsupported && PandocReader.isText(format) {
                // Without pandoc, text with marks in it is still text.
                return PlainTextReader.read(try text(bytes, name, Self.charset(mediaType)), limits: limits)
            }
        default: return try readHere(bytes, as: format, name: name, mediaType: mediaType)
        }
    }

    /// Reads what needs no program.
    private func readHere(
        _ bytes: [UInt8], as format: DocumentFormat, name: String, mediaType: String?
    ) throws(RetrievalError) -> ReadDocument {
        let charset = Self.charset(mediaType)
        switch format {
        case .text: return PlainTextReader.read(try text(bytes, name, charset), limits: limits)
        case .markdown: return MarkdownReader.read(try text(bytes, name, charset), limits: limits)
        case .code(let language):
            return CodeReader.read(try text(bytes, name, charset), language: language, limits: limits)
        case .csv(let delimiter):
            return CSVReader.read(try text(bytes, name, charset), delimiter: delimiter, limits: limits)
        case .json:
            let isDeclared = DocumentFormat.declared(name: name, mediaType: mediaType) != nil
            return try json(text(bytes, name, charset), name, isDeclared: isDeclared)
        case .html: return try HTMLReader.read(bytes, name: name, charset: charset, limits: limits)
        case .mail: return MailReader.readMessage(bytes, limits: limits)
        case .mailbox: return MailReader.readMailbox(bytes, limits: limits)
        case .binary(let what): throw RetrievalError(.unsupported, "\(name) cannot be read: it is \(what)")
        // Read above.
        case .pdf, .epub, .pandoc: throw RetrievalError(.unsupported, "\(name) can only be read by a program")
        }
    }

    private func text(_ bytes: [UInt8], _ name: String, _ charset: String?) throws(RetrievalError) -> [UInt8] {
        guard let text = TextEncoding.decode(bytes, charset: charset) else { throw .notText(name, as: "text") }
        return text
    }

    private func json(_ text: [UInt8], _ name: String, isDeclared: Bool) throws(RetrievalError) -> ReadDocument {
        do {
            return try JSONReader.read(text, name: name, limits: limits)
        } catch {
            // Perhaps only its beginning looked like it.
            if isDeclared { throw error }
            return PlainTextReader.read(text, limits: limits)
        }
    }

    private static func charset(_ mediaType: String?) -> String? {
        guard let mediaType else { return nil }
        let header = Array("content-type: \(mediaType)\n\n".utf8)
        return MailHeaders(header[...]).parameter("charset", of: "content-type")
    }
}
