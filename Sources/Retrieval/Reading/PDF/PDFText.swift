/// Makes paragraphs of what `PDFLayout` gives: lines, empty ones between paragraphs, a form feed after each page.
enum PDFText {
    static func pages(_ text: [UInt8]) -> [ArraySlice<UInt8>] {
        var pages = text.split(separator: 0x0C, omittingEmptySubsequences: false)
        if pages.last?.isEmpty == true { pages.removeLast() }
        return pages
    }

    static func append(_ pages: [ArraySlice<UInt8>], to builder: inout DocumentBuilder, list: WordList = WordList()) {
        let joiner = HyphenJoiner(pages, list: list)
        for (number, page) in pages.enumerated() {
            for paragraph in paragraphs(page) {
                builder.append(joiner.join(paragraph), location: .page(number + 1))
                if builder.isFull { return }
            }
        }
    }

    /// Each a list of lines that are not blank.
    private static func paragraphs(_ page: ArraySlice<UInt8>) -> [[ArraySlice<UInt8>]] {
        var paragraphs: [[ArraySlice<UInt8>]] = []
        var lines: [ArraySlice<UInt8>] = []
        for line in page.split(separator: .newline, omittingEmptySubsequences: false) {
            let line = line.trimmed
            if !line.isEmpty {
                lines.append(line)
            } else if !lines.isEmpty {
                paragraphs.append(lines)
                lines = []
            }
        }
        if !lines.isEmpty { paragraphs.append(lines) }
        return paragraphs
    }
}
