/// What a file is, and so which reader reads it.
package enum DocumentFormat: Sendable, Hashable {
    case text
    case markdown
    case html
    case pdf
    case code(CodeLanguage)
    /// Nil for a delimiter that is to be found out.
    case csv(delimiter: UInt8?)
    case json
    case mail
    case mailbox
    case epub
    /// What pandoc reads, by its name for it.
    case pandoc(String)
    /// What no reader reads, in words: "a PNG picture".
    case binary(String)

    /// What documents of this format are shown as; nil where none can be read.
    package var kind: ReadDocument.Kind? {
        switch self {
        case .text: .text
        case .markdown: .markdown
        case .html: .html
        case .pdf: .pdf
        case .code: .code
        case .csv: .csv
        case .json: .json
        case .mail, .mailbox: .mail
        case .epub: .epub
        case .pandoc: .office
        case .binary: nil
        }
    }

    /// What speaks most surely goes first: the marks of formats that cannot be text, the media type where it says more
    /// than "text" or "bytes", the name, the text itself.
    ///
    /// - Parameters:
    ///   - name: a file's, a path or a URL.
    ///   - mediaType: `Content-Type`'s value; its parameters say nothing here.
    ///   - beginning: a few kilobytes.
    init(name: String, mediaType: String?, beginning: ArraySlice<UInt8>) {
        self =
            Self.marked(beginning, name: name, mediaType: mediaType) ?? Self.declared(name: name, mediaType: mediaType)
            ?? Self.sniffed(beginning) ?? .text
    }

    /// By what stands outside the file; nil where that says nothing.
    static func declared(name: String, mediaType: String?) -> DocumentFormat? {
        ofMediaType(mediaType) ?? ofName(name)
    }
}
