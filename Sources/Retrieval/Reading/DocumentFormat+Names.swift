import Core

extension DocumentFormat {
    static func ofMediaType(_ mediaType: String?) -> DocumentFormat? {
        guard let type = mediaType?.prefix(while: { $0 != ";" }).lowercased().filter({ !$0.isWhitespace }) else {
            return nil
        }
        if let format = byMediaType[type] { return format }
        if type.hasSuffix("+json") { return .json }
        if type.hasSuffix("+xml") { return CodeLanguage.byEnding["xml"].map(DocumentFormat.code) }
        let parts = type.split(separator: "/")
        guard parts.count == 2 else { return nil }
        switch parts[0] {
        case "image" where parts[1] != "svg+xml": return .binary("a picture (\(type))")
        case "audio": return .binary("sound (\(type))")
        case "video": return .binary("a video (\(type))")
        case "font": return .binary("a font (\(type))")
        default: return nil
        }
    }

    static func ofName(_ name: String) -> DocumentFormat? {
        let path = WebURL.isMeant(by: name) ? name.prefix { $0 != "?" && $0 != "#" } : name[...]
        guard let file = path.split(separator: "/").last?.lowercased() else { return nil }
        if let language = CodeLanguage.byName[file] { return .code(language) }
        guard let dot = file.lastIndex(of: "."), dot != file.startIndex else { return nil }
        let ending = String(file[file.index(after: dot)...])
        return byEnding[ending] ?? CodeLanguage.byEnding[ending].map(DocumentFormat.code)
    }

    private static let byMediaType: [String: DocumentFormat] = [
        "text/html": .html, "application/xhtml+xml": .html, "text/markdown": .markdown, "text/x-markdown": .markdown,
        "application/pdf": .pdf, "application/x-pdf": .pdf, "text/csv": .csv(delimiter: nil),
        "text/tab-separated-values": .csv(delimiter: .tab), "application/json": .json, "text/json": .json,
        "application/x-ndjson": .json, "application/jsonl": .json, "application/json-seq": .json,
        "message/rfc822": .mail, "application/mbox": .mailbox, "application/epub+zip": .epub,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document": .pandoc("docx"),
        "application/vnd.oasis.opendocument.text": .pandoc("odt"), "application/rtf": .pandoc("rtf"),
        "text/rtf": .pandoc("rtf"), "text/x-rst": .pandoc("rst"), "application/x-tex": .pandoc("latex"),
        "text/x-tex": .pandoc("latex"), "text/org": .pandoc("org"), "application/x-latex": .pandoc("latex"),
    ]

    private static let byEnding: [String: DocumentFormat] = [
        "txt": .text, "text": .text, "log": .text, "asc": .text, "nfo": .text,
        "md": .markdown, "markdown": .markdown, "mdown": .markdown, "mkd": .markdown, "mdx": .markdown,
        "rmd": .markdown, "qmd": .markdown,
        "html": .html, "htm": .html, "xhtml": .html, "shtml": .html, "mht": .mail, "mhtml": .mail,
        "pdf": .pdf, "csv": .csv(delimiter: nil), "tsv": .csv(delimiter: .tab), "tab": .csv(delimiter: .tab),
        "json": .json, "jsonl": .json, "ndjson": .json, "geojson": .json, "webmanifest": .json,
        "eml": .mail, "mbox": .mailbox, "mbx": .mailbox, "epub": .epub,
        "docx": .pandoc("docx"), "odt": .pandoc("odt"), "rtf": .pandoc("rtf"), "rst": .pandoc("rst"),
        "org": .pandoc("org"), "tex": .pandoc("latex"), "latex": .pandoc("latex"), "textile": .pandoc("textile"),
        "mediawiki": .pandoc("mediawiki"), "wiki": .pandoc("mediawiki"), "dbk": .pandoc("docbook"),
        "docbook": .pandoc("docbook"), "fb2": .pandoc("fb2"), "opml": .pandoc("opml"), "ipynb": .pandoc("ipynb"),
        "t2t": .pandoc("t2t"), "muse": .pandoc("muse"), "jats": .pandoc("jats"), "typ": .pandoc("typst"),
        "creole": .pandoc("creole"), "man": .pandoc("man"),
    ]
}
