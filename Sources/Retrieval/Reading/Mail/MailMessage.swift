/// A message, taken apart: what a person reads of it, and the names of what is attached.
struct MailMessage {
    enum Body {
        /// UTF-8 whose lines end in a line feed.
        case plain([UInt8])
        case html([UInt8])
    }

    let headers: MailHeaders
    private(set) var bodies: [Body] = []
    private(set) var attachments: [String] = []
    /// Why parts were passed over.
    private(set) var omission: String?

    /// - Parameter bytes: from the first header on.
    init(_ bytes: ArraySlice<UInt8>, nesting: Int) {
        headers = MailHeaders(bytes)
        // Each level reads what is in it once more.
        read(headers, bytes[headers.end...], depth: 0, nesting: min(nesting, 32))
    }

    private mutating func read(_ headers: MailHeaders, _ body: ArraySlice<UInt8>, depth: Int, nesting: Int) {
        guard depth < nesting else {
            omission = "parts of mail that stand too deep in other parts are left out"
            return
        }
        let type = headers.value("content-type") ?? "text/plain"
        if type.hasPrefix("multipart/"), let boundary = headers.parameter("boundary", of: "content-type"),
            case let parts = Self.parts(body, boundary: boundary), !parts.isEmpty
        {
            if type == "multipart/alternative" {
                readBest(of: parts, depth: depth, nesting: nesting)
            } else {
                for part in parts { readPart(part, depth: depth, nesting: nesting) }
            }
            return
        }
        let name =
            headers.parameter("filename", of: "content-disposition") ?? headers.parameter("name", of: "content-type")
        let isAttached = headers.value("content-disposition") == "attachment"
        if type == "message/rfc822" {
            if let name { attachments.append(name) }
            let inner = MailHeaders(body)
            if let subject = inner["subject"] { bodies.append(.plain(Array(subject.utf8))) }
            return read(inner, body[inner.end...], depth: depth + 1, nesting: nesting)
        }
        let isText = type.hasPrefix("text/") || type.hasPrefix("multipart/") || !type.contains("/")
        guard isText, !isAttached || name == nil else {
            attachments.append(name ?? "unnamed \(type)")
            return
        }
        add(headers, body, type: type)
    }

    private mutating func add(_ headers: MailHeaders, _ body: ArraySlice<UInt8>, type: String) {
        let bytes = TransferEncoding.decode(body, encoding: headers.value("content-transfer-encoding"))
        let charset = headers.parameter("charset", of: "content-type")
        let isPage = type == "text/html"
        let declared = charset ?? (isPage ? HTMLReader.declaredCharset(bytes) : nil)
        guard let text = TextEncoding.decode(bytes, charset: declared) else {
            omission = "parts of mail that call themselves text and are none are left out"
            return
        }
        bodies.append(isPage ? .html(text) : .plain(text))
    }

    /// The plain text, or what else says the same.
    private mutating func readBest(of parts: [ArraySlice<UInt8>], depth: Int, nesting: Int) {
        let types = parts.map { MailHeaders($0).value("content-type") ?? "text/plain" }
        let best =
            types.firstIndex(of: "text/plain") ?? types.firstIndex(of: "text/html")
            ?? types.firstIndex { $0.hasPrefix("multipart/") }
        let count = bodies.count
        if let best { readPart(parts[best], depth: depth, nesting: nesting) }
        let isEmpty = bodies[count...].allSatisfy {
            if case .plain(let text) = $0 { text.allSatisfy(\.isSpace) } else { false }
        }
        // Some programs send an empty one beside the page.
        if isEmpty, let page = types.firstIndex(of: "text/html"), page != best {
            readPart(parts[page], depth: depth, nesting: nesting)
        }
    }

    private mutating func readPart(_ part: ArraySlice<UInt8>, depth: Int, nesting: Int) {
        let headers = MailHeaders(part)
        read(headers, part[headers.end...], depth: depth + 1, nesting: nesting)
    }

    /// What stands between lines of `--boundary`; where the last one is missing, to the end.
    private static func parts(_ body: ArraySlice<UInt8>, boundary: String) -> [ArraySlice<UInt8>] {
        let mark = Array("--\(boundary)".utf8)
        var parts: [ArraySlice<UInt8>] = []
        var start: Int?
        var index = body.startIndex
        while index < body.endIndex {
            let end = body[index...].firstIndex(of: .newline) ?? body.endIndex
            let line = body[index..<end]
            if line.starts(with: mark) {
                let rest = line.dropFirst(mark.count)
                let isLast = rest.starts(with: "--")
                if isLast || rest.allSatisfy(\.isSpace) {
                    if let start { parts.append(body[start..<max(start, index - 1)]) }
                    if isLast { return parts }
                    start = min(end + 1, body.endIndex)
                }
            }
            index = end + 1
        }
        if let start, start < body.endIndex { parts.append(body[start...]) }
        return parts
    }
}
