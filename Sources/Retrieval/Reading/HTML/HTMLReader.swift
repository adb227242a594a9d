/// Reads HTML, and XHTML where a container holds it.
enum HTMLReader {
    struct Page {
        var title: String?
        var language: String?
        var firstHeading: String?
        /// Why the rest of the page was left out.
        var omission: String?
    }

    /// - Throws: `unsupported` where it is no text.
    static func read(
        _ bytes: [UInt8], name: String, charset: String?, limits: ReadLimits
    ) throws(RetrievalError) -> ReadDocument {
        guard let text = TextEncoding.decode(bytes, charset: charset ?? declaredCharset(bytes)) else {
            throw .notText(name, as: "HTML")
        }
        var builder = DocumentBuilder(limits: limits)
        let page = read(text, into: &builder, place: .lines, limits: limits)
        return builder.document(
            kind: .html, title: page.title ?? page.firstHeading, language: page.language, omission: page.omission)
    }

    /// Appends a page's blocks.
    ///
    /// - Parameters:
    ///   - text: UTF-8.
    ///   - headings: over all of the page.
    static func read(
        _ text: [UInt8], into builder: inout DocumentBuilder, place: HTMLCollector.Place, headings: [String] = [],
        limits: ReadLimits
    ) -> Page {
        let collector = HTMLCollector(builder: builder, place: place, headings: headings)
        // The collector's is the only one, lest every block be copied.
        builder = DocumentBuilder(limits: limits)
        var omission: String?
        if let parser = HTMLParser(collector) {
            switch parser.parse(text, nesting: limits.nesting, within: limits.converterTime) {
            case .complete: break
            case .tooDeep:
                omission =
                    "the rest of the page is left out, since its elements are nested more than \(limits.nesting) deep"
            case .tooSlow: omission = "the rest of the page is left out, since parsing it takes too long"
            }
        }
        collector.finish()
        builder = collector.builder
        return Page(
            title: collector.title.nonBlank?.asHeading, language: collector.language,
            firstHeading: collector.firstHeading, omission: omission)
    }

    /// What a page says of itself in `<meta charset>`, `<meta http-equiv>` or an XML declaration, near its beginning.
    static func declaredCharset(_ bytes: [UInt8]) -> String? {
        let beginning = bytes.prefix(4096).map(\.lowercased)
        if beginning.starts(with: "<?xml"), let end = beginning.offset(of: "?>"),
            let name = value(of: "encoding", in: beginning[..<end])
        {
            return name
        }
        var from = 0
        while let meta = beginning.offset(of: "<meta", from: from) {
            let end = beginning[meta...].firstIndex(of: UInt8(ascii: ">")) ?? beginning.endIndex
            if let name = value(of: "charset", in: beginning[meta..<end]) {
                // A page in which these letters can be read is not in UTF-16, whatever it says.
                return name.hasPrefix("utf-16") ? "utf-8" : name
            }
            from = end
        }
        return nil
    }

    private static func value(of name: StaticString, in bytes: ArraySlice<UInt8>) -> String? {
        guard let found = bytes.offset(of: name) else { return nil }
        var rest = bytes[(found + name.utf8CodeUnitCount)...].drop(while: \.isSpace)
        guard rest.first == UInt8(ascii: "=") else { return nil }
        rest = rest.dropFirst().drop { $0.isSpace || $0 == .quote || $0 == UInt8(ascii: "'") }
        let value = rest.prefix { $0.isLetter || $0.isDigit || "-_:.".utf8.contains($0) }
        return value.isEmpty ? nil : value.text
    }
}
