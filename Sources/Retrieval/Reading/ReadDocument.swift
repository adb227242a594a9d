/// A document as a reader understood it: its text, and how the text is made up.
package struct ReadDocument: Sendable, Hashable {
    /// What the document calls itself; nil where it says nothing, and its file's name will do.
    package var title: String?
    package var kind: Kind
    /// BCP 47, where the document says so (`lang` of HTML, `Content-Language` of mail).
    package var language: String?
    /// All of it as plain text. Blocks and quotes are parts of this; what is not in a block is not found.
    package var text: String
    /// In the order of the text, without overlap.
    package var blocks: [Block]
    /// What of the document is not in the text, and why, for whoever adds it; nil where nothing was left out.
    package var omission: String?

    package init(
        title: String? = nil, kind: Kind, language: String? = nil, text: String, blocks: [Block],
        omission: String? = nil
    ) {
        self.title = title
        self.kind = kind
        self.language = language
        self.text = text
        self.blocks = blocks
        self.omission = omission
    }

    /// What a document is, as `docs list` shows it and a search may ask for.
    package enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        case text, markdown, html, pdf, code, csv, json, mail, epub, office
    }

    /// A part of the document that belongs together: a paragraph, a function, a row. Passages are whole blocks where
    /// they fit.
    package struct Block: Sendable, Hashable {
        /// UTF-8 offsets in `text`.
        package var range: Range<Int>
        /// What stands over it, the outermost first: headings, the names of types and functions, a record's title.
        package var headings: [String]
        package var location: Location
        package var form: Form

        package init(range: Range<Int>, headings: [String] = [], location: Location, form: Form = .paragraph) {
            self.range = range
            self.headings = headings
            self.location = location
            self.form = form
        }
    }

    package enum Form: String, Sendable, Hashable, Codable {
        /// Begins a section; belongs with what follows.
        case heading
        case paragraph
        /// Lines that are kept as they are.
        case code
        /// Never put together with its neighbours: a row, a record, a message.
        case record
    }

    /// Where in the document a person would look.
    package enum Location: Sendable, Hashable {
        /// From 1; the last one included.
        case lines(ClosedRange<Int>)
        /// From 1.
        case page(Int)
        /// A row, an element or a message, from 1.
        case record(Int)
        /// A part of a book or a mail, by name.
        case part(String)
    }
}
