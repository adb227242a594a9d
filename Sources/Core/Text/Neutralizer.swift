/// Makes text that somebody else wrote (a plugin, a document, a page, a model that has read them, a file's name) harmless
/// where it is shown: it is neutralised and not searched for known evils.
///
/// One pass over the text, whose cost is linear in its length; it ends early when the task is cancelled, with what was
/// neutralised so far. Whoever goes on after that checks for cancellation.
///
/// In every form, characters that hide, reorder or command are left out or made visible (`ScalarFilter`). The form `answer` is for
/// what is rendered as Markdown or HTML by whoever asked:
/// - each `<` becomes `&lt;`: to a Markdown renderer and in HTML it is the character itself and never a tag. A backslash
///   would do for Markdown alone; a page that shows the text as HTML would still read a tag. `squire` shows the character
///   (`plain`). What follows, as long as it could be a tag, has the signs escaped that give attributes a meaning;
/// - `![` becomes `!\[`, and `]:` has its colon escaped: no image is loaded, and no definition says where links lead;
/// - a link stays where its scheme is http, https or mailto and its address stands as it is in what was read or said; of
///   others the words stay, with a remark in place of the address;
/// - `&` is escaped where it begins a reference to a character.
package struct Neutralizer: Sendable {
    package enum Form: Sendable {
        /// For renderers, with the links that may stay.
        case answer(GivenLinks)
        /// For a terminal, a log or a model: lines and tabs stay.
        case text
        /// The same on one line: ends of lines and tabs become spaces.
        case line
        /// A name that can be told from others and copied: on one line, and what is left out elsewhere is written as `\u{202e}`,
        /// a line's end as `\n`.
        case name
    }

    private var filter: ScalarFilter
    private var guarding: MarkupGuard?
    private let isLine: Bool

    package init(_ form: Form) {
        switch form {
        case .answer(let links): (filter, guarding, isLine) = (ScalarFilter(.nothing), MarkupGuard(links), false)
        case .text: (filter, guarding, isLine) = (ScalarFilter(.nothing), nil, false)
        case .line: (filter, guarding, isLine) = (ScalarFilter(.nothing), nil, true)
        case .name: (filter, guarding, isLine) = (ScalarFilter(.escape), nil, false)
        }
    }

    /// A whole text.
    package static func neutralised(_ text: String, _ form: Form) -> String {
        // Most texts have nothing in them to be left out.
        switch form {
        case .text where text.utf8.allSatisfy({ 0x20...0x7e ~= $0 || $0 == 0x0a || $0 == 0x09 }): return text
        case .line where text.utf8.allSatisfy({ 0x20...0x7e ~= $0 }): return text
        case .name where text.utf8.allSatisfy({ 0x20...0x7e ~= $0 }): return text
        default: break
        }
        var neutralizer = Neutralizer(form)
        return neutralizer.add(text) + neutralizer.finish()
    }

    /// A text that is handed on while it is made: what is left to be told by what follows comes with the next piece.
    package mutating func add(_ text: String) -> String {
        var out: [UInt8] = []
        out.reserveCapacity(text.utf8.count + text.utf8.count / 8)
        var scalars: [Unicode.Scalar] = []
        scalars.reserveCapacity(min(text.utf8.count, Self.block))
        for scalar in text.unicodeScalars {
            filter.take(scalar, &scalars)
            if scalars.count >= Self.block {
                write(&scalars, isLast: false, &out)
                if Task.isCancelled { break }
            }
        }
        write(&scalars, isLast: false, &out)
        return String(decoding: out, as: UTF8.self)
    }

    /// What is left at the end.
    package mutating func finish() -> String {
        var out: [UInt8] = []
        var scalars: [Unicode.Scalar] = []
        filter.finish(&scalars)
        write(&scalars, isLast: true, &out)
        return String(decoding: out, as: UTF8.self)
    }

    /// Scalars that are written at once.
    private static let block = 16_384

    private mutating func write(_ scalars: inout [Unicode.Scalar], isLast: Bool, _ out: inout [UInt8]) {
        if guarding != nil {
            guarding?.write(scalars, isLast: isLast, into: &out)
        } else {
            for scalar in scalars {
                if scalar.isASCII {
                    let byte = UInt8(truncatingIfNeeded: scalar.value)
                    out.append(isLine && byte < 0x20 ? 0x20 : byte)
                } else {
                    out += UTF8.encode(scalar) ?? .init()
                }
            }
        }
        scalars.removeAll(keepingCapacity: true)
    }

    // MARK: Reading

    /// An answer as a terminal shows it, where markup means nothing: with the characters that the form `answer` wrote
    /// otherwise.
    package static func plain(_ answer: String) -> String {
        guard answer.utf8.contains(where: { $0 == UInt8(ascii: "&") || $0 == UInt8(ascii: "\\") }) else {
            return answer
        }
        var out: [UInt8] = []
        let bytes = Array(answer.utf8)
        out.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            let written = written.first { bytes[index...].starts(with: $0.escape) }
            out += written?.characters ?? [bytes[index]]
            index += written?.escape.count ?? 1
        }
        return String(decoding: out, as: UTF8.self)
    }

    private static let written: [(escape: [UInt8], characters: [UInt8])] = [
        ("&lt;", "<"), ("&amp;", "&"), ("&#58;", ":"), ("&#61;", "="), ("&#40;", "("), ("&#64;", "@"), ("&#34;", "\""),
        ("&#39;", "'"), ("&#96;", "`"), ("!\\[", "!["),
    ].map { (Array($0.0.utf8), Array($0.1.utf8)) }
}
