/// Shortens tags that no page needs: libxml2 holds each attribute of a tag against all the others, so that a tag of 100,000
/// attributes takes minutes.
enum OverlongTags {
    /// More attributes are left out.
    private static let mostAttributes = 200
    /// Bytes of a tag. Attributes that begin after them are left out; pictures that stand in one are longer than all else.
    private static let mostBytes = 32 << 10

    /// The page without the attributes that are too many. The text between tags stays as it is.
    static func cut(_ page: [UInt8]) -> [UInt8] {
        var cuts: [Range<Int>] = []
        var index = 0
        while let start = page[index...].firstIndex(of: UInt8(ascii: "<")) {
            if page.starts(with: "<!--", at: start) {
                guard let end = page.offset(of: "-->", from: start + 4) else { break }
                index = end
                continue
            }
            guard start + 1 < page.count, page[start + 1].isLetter else {
                index = start + 1
                continue
            }
            let tag = Tag(page, at: start)
            if let cut = tag.cut { cuts.append(cut..<tag.end) }
            index = tag.end
            // What stands in these is no markup until they end.
            for name in ["script", "style"] as [StaticString]
            where page.startsIgnoringCase(with: name, at: start + 1) {
                while index < page.count, !page.starts(with: "</", at: index) { index += 1 }
            }
        }
        guard !cuts.isEmpty else { return page }
        var kept: [UInt8] = []
        kept.reserveCapacity(page.count)
        var from = 0
        for cut in cuts {
            kept += page[from..<cut.lowerBound]
            from = cut.upperBound
        }
        return kept + page[from...]
    }

    private struct Tag {
        /// Where its `>` stands, or the page ends.
        var end: Int
        /// From where on it is left out.
        var cut: Int?

        /// - Parameter start: of its `<`.
        init(_ page: [UInt8], at start: Int) {
            var attributes = 0
            var quote: UInt8?
            var wasSpace = false
            var index = start + 1
            while index < page.count {
                let byte = page[index]
                if let open = quote {
                    if byte == open { quote = nil }
                } else if byte == UInt8(ascii: ">") {
                    break
                } else if byte == .quote || byte == UInt8(ascii: "'") {
                    quote = byte
                } else if !byte.isSpace, wasSpace {
                    attributes += 1
                    if cut == nil, attributes > mostAttributes || index - start > mostBytes { cut = index }
                }
                wasSpace = byte.isSpace
                index += 1
            }
            end = index
        }
    }
}
