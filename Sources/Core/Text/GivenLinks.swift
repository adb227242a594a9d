/// The addresses that stand in what was read or said. A link of an answer that is not one of them was made up, and may
/// carry something away to whoever owns its host.
package struct GivenLinks: Sendable {
    private var addresses: Set<String> = []

    /// Links of all sources together; of a text with more, those behind are not given.
    private static let most = 20_000
    /// Bytes of the sources that are looked through.
    private static let mostBytes = 8 << 20

    package init(in sources: some Sequence<String>) {
        var left = Self.mostBytes
        for source in sources where left > 0 && addresses.count < Self.most {
            left -= source.utf8.count
            collect(source)
        }
    }

    /// Whether a bare address was given, with all that a renderer may take for a part of it.
    func contains(_ address: ArraySlice<Unicode.Scalar>, through end: Int, of text: [Unicode.Scalar]) -> Bool {
        guard contains(address), let tail = LinkScanner.tail(text[end...]) else { return false }
        return tail.isPunctuation || addresses.contains(LinkScanner.string(text[address.startIndex..<tail.end]))
    }

    func contains(_ address: ArraySlice<Unicode.Scalar>) -> Bool {
        LinkScanner.isAllowed(address) && addresses.contains(LinkScanner.string(address))
    }

    private mutating func collect(_ source: String) {
        guard source.utf8.contains(UInt8(ascii: ":")) || source.utf8.contains(UInt8(ascii: ".")) else { return }
        var text: [Unicode.Scalar] = []
        var filter = ScalarFilter(.nothing)
        for scalar in source.unicodeScalars.prefix(Self.mostBytes) { filter.take(scalar, &text) }
        filter.finish(&text)
        var index = 0
        while index < text.count, addresses.count < Self.most {
            // As `MarkupGuard` finds them.
            guard LinkScanner.isWord(text[index]), text[index].properties.isAlphabetic else {
                index += 1
                continue
            }
            let end = text[index...].firstIndex { !LinkScanner.isWord($0) } ?? text.count
            let word = text[index..<end]
            let isSchemed = end + 2 < text.count && text[end] == ":" && text[end + 1] == "/" && text[end + 2] == "/"
            let isMail = end < text.count && text[end] == ":" && LinkScanner.isWord(word, .mailto)
            guard isSchemed || isMail || LinkScanner.isHost(word), let last = LinkScanner.end(text[index...]) else {
                index = end
                continue
            }
            let address = LinkScanner.trimmed(text[index..<last])
            if LinkScanner.isAllowed(address) {
                addresses.insert(LinkScanner.string(address))
                // As it stands here, a renderer may take more for it.
                if let tail = LinkScanner.tail(text[last...]), !tail.isPunctuation {
                    addresses.insert(LinkScanner.string(text[index..<tail.end]))
                }
            }
            index = max(end, last)
        }
    }
}
