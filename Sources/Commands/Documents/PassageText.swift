import Foundation
import SquireProtocol

/// How passages that were found are shown.
enum PassageText {
    /// The most lines of one passage.
    private static let lineLimit = 6
    /// Longer lines are hard to read, however wide the terminal is.
    private static let widest = 100

    static func list(_ passages: [FoundPassage], query: String, _ console: Console) -> String {
        guard !passages.isEmpty else {
            return "Nothing was found for: \(PlainText.line(query))\n"
        }
        let margin = "\(passages.count)".count + 2
        return passages.enumerated().map { index, passage in
            let number = "\(index + 1)"
            return text(
                passage, number: number + String(repeating: " ", count: margin - number.count), margin: margin, console)
        }.joined(separator: "\n")
    }

    private static func text(_ passage: FoundPassage, number: String, margin: Int, _ console: Console) -> String {
        let style = console.outStyle
        let indent = String(repeating: " ", count: margin)
        var lines = [
            number + style.strong(PlainText.line(passage.title)) + "  "
                + style.quiet(Format.decimal(passage.score, places: 2))
        ]
        let place = place(passage, style)
        if !place.isEmpty { lines.append(indent + place) }
        let width = min(console.width, widest) - margin
        let excerpt = Excerpt(
            passage.text, highlights: passage.highlights, width: max(width, 20), lines: lineLimit)
        lines += excerpt.lines.map { indent + $0.text(style: style) }
        return lines.map { $0 + "\n" }.joined()
    }

    /// `/home/me/notes.md:12  Setup › Fonts, line 12`: what a terminal or an editor opens, then the place in words.
    private static func place(_ passage: FoundPassage, _ style: Style) -> String {
        let location = PlainText.line(passage.location)
        guard let source = passage.source else { return location.isEmpty ? "" : style.quiet(location) }
        let line = DocumentPlace.isAddress(source) ? nil : passage.line
        let shown = DocumentPlace.visible(source) + (line.map { ":\($0)" } ?? "")
        let link = style.isOn ? Hyperlink.text(shown, to: source) : shown
        return location.isEmpty ? link : link + "  " + style.quiet(location)
    }
}

/// Links that a terminal opens (OSC 8).
enum Hyperlink {
    /// - Parameter place: an address, or the absolute path of a file on this machine.
    static func text(_ text: String, to place: String, host: String = ProcessInfo.processInfo.hostName) -> String {
        // Without the host a terminal at the other end of ssh would open its own file.
        let target =
            DocumentPlace.isAddress(place)
            ? escaped(place, keeping: "%?#&=;,+@!$'()*:[]") : "file://\(escaped(host))\(escaped(place))"
        return "\u{1B}]8;;\(target)\u{1B}\\\(text)\u{1B}]8;;\u{1B}\\"
    }

    /// Percent-encodes all that is not plain in a URL, and with it every control character.
    private static func escaped(_ text: String, keeping kept: String = "") -> String {
        let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/-._~\(kept)".utf8)
        return text.utf8.map { byte in
            plain.contains(byte) ? String(Unicode.Scalar(byte)) : String(format: "%%%02X", byte)
        }.joined()
    }
}
