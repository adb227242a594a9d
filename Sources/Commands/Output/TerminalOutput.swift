import Core

/// The last place that all output of the program passes, whatever it is made of: nothing leaves it that speaks to a
/// terminal but what `squire` itself says to one. Texts of others are neutralised where they are put into a line
/// (`PlainText`); what was forgotten there is caught here.
enum TerminalOutput {
    /// - Parameter isTerminal: whether Squire's own colours, links and wiping of lines may be in it. A file or a program gets
    ///   none of them.
    static func safe(_ text: String, isTerminal: Bool) -> String {
        guard text.utf8.contains(where: { $0 < 0x20 && $0 != 0x0a && $0 != 0x09 || $0 >= 0x7f }) else { return text }
        guard isTerminal else { return PlainText.block(text) }
        var safe = ""
        var rest = Substring(text)
        while let next = rest.unicodeScalars.firstIndex(where: { $0 == "\u{1B}" || $0 == "\r" }) {
            let own = own(rest[next...])
            let end = own?.endIndex ?? rest.unicodeScalars.index(after: next)
            // A line's end of other systems stays with what is before it, to be read as one.
            let isLineEnd = own == nil && rest[next...].unicodeScalars.starts(with: "\r\n".unicodeScalars)
            if isLineEnd {
                let stop = rest.unicodeScalars.index(after: end)
                safe += PlainText.block(String(rest[..<stop]))
                rest = rest[stop...]
                continue
            }
            safe += PlainText.block(String(rest[..<next]))
            if let own { safe += own }
            rest = rest[end...]
        }
        return safe + PlainText.block(String(rest))
    }

    /// What Squire itself says to a terminal, where a text begins with that: a colour or the like (`ESC [ 1 m`), a line
    /// that is wiped (`CR ESC [ 2 K`), a link (`ESC ] 8 ; ; address ESC \`).
    private static func own(_ text: Substring) -> Substring? {
        let scalars = text.unicodeScalars
        func prefix(_ count: Int) -> Substring {
            text[..<scalars.index(text.startIndex, offsetBy: count)]
        }
        let start = Array(scalars.prefix(8))
        if start.starts(with: "\r\u{1B}[2K".unicodeScalars) { return prefix(5) }
        if start.starts(with: "\u{1B}[".unicodeScalars) {
            let digits = start.dropFirst(2).prefix { ("0"..."9").contains($0) }
            guard digits.count <= 2, let style = Int(String(String.UnicodeScalarView(digits))),
                styles.contains(style), start.count > 2 + digits.count, start[2 + digits.count] == "m"
            else { return nil }
            return prefix(3 + digits.count)
        }
        guard start.starts(with: "\u{1B}]8;;".unicodeScalars) else { return nil }
        let address = scalars.dropFirst(5).prefix(mostOfAddress).prefix { (0x21...0x7e).contains($0.value) }
        let rest = scalars[address.endIndex...]
        guard rest.starts(with: "\u{1B}\\".unicodeScalars) else { return nil }
        return text[..<scalars.index(address.endIndex, offsetBy: 2)]
    }

    /// None of them hides text.
    private static let styles: Set<Int> = [0, 1, 2, 3, 4, 22, 23, 24, 31, 32, 33, 34, 35, 36, 39]
    private static let mostOfAddress = 8192
}
