/// The names in braces of a path or a server's URL: `/cities/{city}/time`.
enum PathTemplate {
    static func names(in text: String) -> [String] {
        var names: [String] = []
        var rest = text.utf8[...]
        while let opening = rest.firstIndex(of: UInt8(ascii: "{")) {
            rest = rest[rest.index(after: opening)...]
            guard let closing = rest.firstIndex(of: UInt8(ascii: "}")) else { break }
            if closing > rest.startIndex { names.append(String(rest[..<closing]) ?? "") }
            rest = rest[rest.index(after: closing)...]
        }
        return names
    }
}
