/// YAML or TOML between two marks at the beginning of a Markdown file.
struct FrontMatter {
    /// The marks included.
    var lines: Range<Int>
    var title: String?

    init?(_ source: SourceLines) {
        let mark = source.bytes[source[0]].trimmed.text
        guard mark == "---" || mark == "+++" else { return nil }
        for line in 1..<min(source.count, Self.limit) {
            let text = source.bytes[source[line]].trimmed
            if text.starts(with: mark.utf8) && text.count == 3 || mark == "---" && text.elementsEqual("...".utf8) {
                lines = 0..<line + 1
                return
            }
            if title == nil, text.starts(with: "title") { title = Self.value(text.dropFirst(5)) }
        }
        return nil
    }

    private static func value(_ rest: ArraySlice<UInt8>) -> String? {
        let rest = rest.trimmed
        guard rest.first == .colon || rest.first == UInt8(ascii: "=") else { return nil }
        var value = rest.dropFirst().trimmed
        for quote in [UInt8.quote, UInt8(ascii: "'")]
        where value.count > 1 && value.first == quote && value.last == quote {
            value = value.dropFirst().dropLast()
        }
        return value.text.asHeading.nonBlank
    }

    /// A rule at the beginning is no front matter if none ends it soon.
    private static let limit = 200
}
