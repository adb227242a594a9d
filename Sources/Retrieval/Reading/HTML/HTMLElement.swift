/// What an element means for the text it stands in.
enum HTMLElement {
    case inline
    /// Begins and ends a block.
    case block
    /// As `block`, but no more than a space within a table's cell.
    case paragraph
    case heading(Int)
    case item
    case preformatted
    case lineBreak
    case table
    case row
    case cell
    case title
    /// Its text is not the page's.
    case hidden

    init(_ name: String) {
        self = Self.named[name] ?? .inline
    }

    private static let named: [String: HTMLElement] = {
        var elements: [String: HTMLElement] = [
            "p": .paragraph, "div": .paragraph, "center": .paragraph,
            "h1": .heading(1), "h2": .heading(2), "h3": .heading(3), "h4": .heading(4), "h5": .heading(5),
            "h6": .heading(6),
            "li": .item, "pre": .preformatted, "listing": .preformatted, "xmp": .preformatted,
            "plaintext": .preformatted,
            "br": .lineBreak, "table": .table, "tr": .row, "td": .cell, "th": .cell, "title": .title,
        ]
        for name in [
            "html", "body", "section", "article", "main", "header", "footer", "aside", "address", "blockquote", "ul",
            "ol", "menu", "dir", "dl", "dt", "dd", "figure", "figcaption", "fieldset", "legend", "form", "details",
            "summary",
            "hr", "caption", "thead", "tbody", "tfoot", "dialog", "hgroup", "search", "frameset", "noframes",
        ] {
            elements[name] = .block
        }
        for name in [
            "script", "style", "nav", "noscript", "template", "svg", "iframe", "object", "embed", "applet", "canvas",
            "select", "datalist", "button", "textarea", "audio", "video", "map", "noembed",
        ] {
            elements[name] = .hidden
        }
        return elements
    }()

    /// Whether the page says so itself.
    static func isHidden(_ attributes: borrowing HTMLAttributes) -> Bool {
        if attributes["hidden"] != nil { return true }
        if attributes["aria-hidden"] == "true" { return true }
        guard let style = attributes["style"] else { return false }
        let rules = style.lowercased().filter { !$0.isWhitespace }
        return rules.contains("display:none") || rules.contains("visibility:hidden")
    }
}
