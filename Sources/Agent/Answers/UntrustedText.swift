import Core

/// Makes harmless what an answer that was made of others' texts does where it is rendered: an image is fetched and a link
/// is followed with all that stands in their addresses.
struct UntrustedText: Sendable {
    /// What plugins and documents said, and the user: a link that stands in it was not made up to carry something away.
    private let sources: [String]

    init(sources: [String]) { self.sources = sources }

    /// - Parameters:
    ///   - said: what the user said, and what stands in the conversation.
    ///   - steps: the calls whose results are read.
    init(said: [String], steps: [Step]) {
        self.init(sources: said + steps.compactMap { $0.result.map(ResultText.lines) })
    }

    /// What a conversation's links are held against; nil where nothing of others is in it.
    init?(conversation: [Message]) {
        guard conversation.contains(where: { !$0.steps.isEmpty || !$0.citations.isEmpty }) else { return nil }
        self.init(sources: conversation.map(\.text))
    }

    /// The text without links that stand in no source, without images, which nothing then loads unasked, and without
    /// characters that nobody sees.
    func safe(_ text: String) -> String {
        Self.visible(text)
            .replacing(
                /<(?:img|iframe|script|object|embed|link|video|audio|source|svg)\b[^>]*>?/.ignoresCase(), with: ""
            )
            .replacing(/!\[/, with: "[")
            .replacing(/\[([^\[\]]*)\]\(\s*<?([^\s)>]*)[^)]*\)/) { match in
                isGiven(match.2) ? String(match.0) : String(match.1)
            }
            .replacing(
                /(?:[A-Za-z][A-Za-z0-9+.\-]*:\/\/|www\.|data:[a-z]+\/|javascript:)[^\s<>"'`)\]\u{80}-\u{10ffff}]*/
            ) { match in
                isGiven(match.0) ? String(match.0) : Self.leftOut
            }
    }

    private static let leftOut = "(link left out)"

    private func isGiven(_ link: Substring) -> Bool {
        let link = link.last.map { ".,;:!?".contains($0) } == true ? link.dropLast() : link
        guard !link.lowercased().hasPrefix("javascript:"), !link.lowercased().hasPrefix("data:") else { return false }
        return sources.contains { $0.contains(link) }
    }

    /// A text without the characters that hide others or turn their order about: Unicode's tags (U+E0000…) and controls of
    /// direction (U+202A…, U+2066…).
    static func visible(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isHidden) else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.filter { !isHidden($0) }))
    }

    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0xe0000...0xe007f, 0x202a...0x202e, 0x2066...0x2069, 0x200e, 0x200f, 0x2060...0x2064, 0xfeff: true
        default: false
        }
    }
}

/// The same for a text that is handed on while it is made: what may become a link is held back until its end is there.
struct UntrustedStream: Sendable {
    private let text: UntrustedText
    private var held = ""

    init(_ text: UntrustedText) { self.text = text }

    /// A link in Markdown may hold spaces; what is longer is none.
    private static let mostHeld = 400

    /// - Returns: what can be handed on.
    mutating func add(_ more: String) -> String {
        held += more
        // A word may go on; characters of scripts without spaces are no part of one.
        var end = held.lastIndex { $0.isWhitespace || !$0.isASCII } ?? held.startIndex
        if held.count > Self.mostHeld {
            end = held.endIndex
        } else if let open = held[..<end].lastIndex(where: { "[<".contains($0) }), !isClosed(from: open, before: end) {
            // An exclamation mark makes an image of it.
            end = open > held.startIndex ? held.index(before: open) : open
        }
        let done = held[..<end]
        held = String(held[end...])
        return text.safe(String(done))
    }

    /// Whether what a bracket began, a link or a tag, has ended.
    private func isClosed(from open: String.Index, before end: String.Index) -> Bool {
        let rest = held[open..<end].dropFirst()
        if held[open] == "<" { return rest.first?.isLetter != true || rest.contains(">") }
        guard let label = rest.firstIndex(of: "]") else { return false }
        let next = held.index(after: label)
        return held[next] != "(" || held[next..<end].contains(")")
    }

    /// What is left at the end.
    mutating func finish() -> String {
        defer { held = "" }
        return text.safe(held)
    }
}
