extension DocumentFormat {
    /// By the first bytes of formats whose files are never text.
    static func marked(_ beginning: ArraySlice<UInt8>, name: String, mediaType: String?) -> DocumentFormat? {
        if beginning.starts(with: "%PDF-") { return .pdf }
        if beginning.starts(with: "PK\u{3}\u{4}") || beginning.starts(with: "PK\u{5}\u{6}") {
            return packed(beginning, name: name, mediaType: mediaType)
        }
        if beginning.starts(with: "{\\rtf") { return .pandoc("rtf") }
        for (mark, offset, kind) in marks where beginning.dropFirst(offset).starts(with: mark) { return .binary(kind) }
        return nil
    }

    private static func packed(_ beginning: ArraySlice<UInt8>, name: String, mediaType: String?) -> DocumentFormat {
        // EPUB and OpenDocument put a file of that name first, unpacked (OCF 3.3, section 4.3).
        if beginning.starts(with: "mimetype", at: beginning.startIndex + 30) {
            let type = beginning.dropFirst(38).prefix(80)
            if type.starts(with: "application/epub+zip") { return .epub }
            if type.starts(with: "application/vnd.oasis.opendocument.text") { return .pandoc("odt") }
            if type.starts(with: "application/vnd.oasis.opendocument.spreadsheet") { return .binary(spreadsheet) }
            if type.starts(with: "application/vnd.oasis.opendocument.presentation") { return .binary(slides) }
        }
        if let format = declared(name: name, mediaType: mediaType) {
            switch format {
            case .epub, .pandoc("docx"), .pandoc("odt"): return format
            default: break
            }
        }
        let ending = name.split(separator: ".").last?.lowercased() ?? ""
        if ["xlsx", "xlsm", "ods"].contains(ending) { return .binary(spreadsheet) }
        if ["pptx", "odp"].contains(ending) { return .binary(slides) }
        if beginning.offset(of: "word/") != nil { return .pandoc("docx") }
        return .binary("a ZIP archive; unpack it and add the folder")
    }

    private static let spreadsheet = "a spreadsheet; save its sheets as CSV"
    private static let slides = "slides; save them as PDF"

    private static let marks: [(mark: [UInt8], offset: Int, kind: String)] = [
        ([0x89, 0x50, 0x4E, 0x47], 0, "a PNG picture"), ([0xFF, 0xD8, 0xFF], 0, "a JPEG picture"),
        (Array("GIF8".utf8), 0, "a GIF picture"), (Array("WEBP".utf8), 8, "a WebP picture"),
        ([0x49, 0x49, 0x2A, 0], 0, "a TIFF picture"), ([0x4D, 0x4D, 0, 0x2A], 0, "a TIFF picture"),
        (Array("8BPS".utf8), 0, "a Photoshop picture"), ([0, 0, 1, 0], 0, "an icon"),
        (Array("ID3".utf8), 0, "an MP3 recording"), (Array("OggS".utf8), 0, "an Ogg recording"),
        (Array("fLaC".utf8), 0, "a FLAC recording"), (Array("WAVE".utf8), 8, "a WAV recording"),
        (Array("ftyp".utf8), 4, "an MP4 video or recording"), ([0x1A, 0x45, 0xDF, 0xA3], 0, "a Matroska video"),
        (Array("AVI ".utf8), 8, "an AVI video"), ([0x7F, 0x45, 0x4C, 0x46], 0, "a program (ELF)"),
        ([0xCF, 0xFA, 0xED, 0xFE], 0, "a program (Mach-O)"), ([0xCA, 0xFE, 0xBA, 0xBE], 0, "compiled code"),
        (Array("MZ".utf8) + [0x90], 0, "a Windows program"), (Array("\0asm".utf8), 0, "compiled code (WebAssembly)"),
        ([0x1F, 0x8B], 0, "a gzip archive; unpack it first"),
        (Array("BZh".utf8), 0, "a bzip2 archive; unpack it first"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A], 0, "an xz archive; unpack it first"),
        ([0x28, 0xB5, 0x2F, 0xFD], 0, "a Zstandard archive; unpack it first"),
        ([0x37, 0x7A, 0xBC, 0xAF], 0, "a 7-Zip archive; unpack it first"),
        (Array("Rar!".utf8), 0, "a RAR archive; unpack it first"),
        (Array("ustar".utf8), 257, "a tar archive; unpack it first"),
        (Array("SQLite format 3".utf8), 0, "an SQLite database"), (Array("GGUF".utf8), 0, "a language model (GGUF)"),
        ([0xD0, 0xCF, 0x11, 0xE0], 0, "a document of an old office program; save it as DOCX or PDF"),
        (Array("wOFF".utf8), 0, "a font"), (Array("wOF2".utf8), 0, "a font"), ([0, 1, 0, 0, 0], 0, "a font"),
        (Array("%!PS".utf8), 0, "PostScript; convert it to PDF (`ps2pdf`)"),
        (Array("AT&TFORM".utf8), 0, "a DjVu document"),
    ]

    /// By how text begins.
    static func sniffed(_ beginning: ArraySlice<UInt8>) -> DocumentFormat? {
        var rest = beginning
        if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
        if Mailbox.isSeparator(Array(rest.prefix(300)), at: 0) { return .mailbox }
        if rest.starts(with: "#!") {
            let line = rest.prefix { $0 != .newline }.text
            return CodeLanguage.ofInterpreter(line).map(DocumentFormat.code)
        }
        if rest.starts(with: "---\n"), rest.offset(of: "\n---\n") != nil { return .markdown }
        let start = rest.startIndex
        rest = rest.drop(while: \.isSpace)
        if isPage(rest) { return .html }
        if rest.starts(with: "<?xml") {
            let isPage = rest.offset(of: "<html") != nil
            return isPage ? .html : CodeLanguage.byEnding["xml"].map(DocumentFormat.code)
        }
        if isJSON(rest) { return .json }
        return rest.startIndex == start && isMail(rest) ? .mail : nil
    }

    private static func isPage(_ rest: ArraySlice<UInt8>) -> Bool {
        let marks: [StaticString] = ["<!doctype html", "<html", "<head", "<body"]
        return marks.contains { rest.startsIgnoringCase(with: $0, at: rest.startIndex) }
    }

    private static func isJSON(_ rest: ArraySlice<UInt8>) -> Bool {
        let next = rest.dropFirst().drop(while: \.isSpace).first
        return switch rest.first {
        case UInt8(ascii: "{"): next == .quote
        case UInt8(ascii: "["): next == UInt8(ascii: "{") || next == .quote || next == UInt8(ascii: "[")
        default: false
        }
    }

    /// Three of the fields that mail begins with.
    private static func isMail(_ rest: ArraySlice<UInt8>) -> Bool {
        let fields: Set<String> = [
            "return-path", "received", "message-id", "from", "to", "date", "subject", "mime-version", "delivered-to",
            "content-type", "reply-to", "dkim-signature", "x-mailer",
        ]
        var found = 0
        for line in rest.prefix(8192).split(separator: .newline, maxSplits: 40) {
            if line.first == .space || line.first == .tab { continue }
            guard let colon = line.firstIndex(of: .colon),
                line[..<colon].allSatisfy({ $0.isLetter || $0.isDigit || $0 == .hyphen })
            else { break }
            if fields.contains(line[..<colon].text.lowercased()) { found += 1 }
        }
        return found >= 3
    }
}
