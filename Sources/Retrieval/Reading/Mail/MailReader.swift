/// Reads a message, or a mailbox of them (RFC 4155, `mboxrd`).
struct MailReader {
    private var limits: ReadLimits
    private var builder: DocumentBuilder
    private var omission: String?

    static func readMessage(_ bytes: [UInt8], limits: ReadLimits) -> ReadDocument {
        var reader = MailReader(limits)
        let message = MailMessage(bytes[...], nesting: limits.nesting)
        let subject = message.headers["subject"]
        reader.append(message, under: subject.map { [$0.asHeading] } ?? [], at: .part("message"))
        return reader.document(title: subject?.asHeading, language: message.headers.value("content-language"))
    }

    /// Each message is a record.
    static func readMailbox(_ bytes: [UInt8], limits: ReadLimits) -> ReadDocument {
        var reader = MailReader(limits)
        var number = 0
        for message in Mailbox(bytes) {
            number += 1
            reader.appendRecord(MailMessage(message[...], nesting: limits.nesting), number: number)
            if reader.builder.isFull { break }
        }
        return reader.document(title: nil, language: nil)
    }

    private init(_ limits: ReadLimits) {
        self.limits = limits
        builder = DocumentBuilder(limits: limits)
    }

    private consuming func document(title: String?, language: String?) -> ReadDocument {
        builder.document(kind: .mail, title: title, language: language, omission: omission)
    }

    private mutating func append(_ message: MailMessage, under headings: [String], at location: ReadDocument.Location) {
        omission = message.omission ?? omission
        builder.append(Self.summary(message), headings: headings, location: location)
        for body in message.bodies {
            switch body {
            case .plain(let text):
                for paragraph in Self.paragraphs(text) {
                    builder.append(paragraph, headings: headings, location: location)
                }
            case .html(let page):
                _ = HTMLReader.read(page, into: &builder, place: .fixed(location), headings: headings, limits: limits)
            }
        }
    }

    private mutating func appendRecord(_ message: MailMessage, number: Int) {
        var one = MailReader(limits)
        one.append(message, under: [], at: .record(number))
        omission = one.omission ?? omission
        let heading = message.headers["subject"].map { [$0.asHeading] } ?? []
        let text = one.builder.document(kind: .mail).text
        builder.append(text.utf8, headings: heading, location: .record(number), form: .record)
    }

    private static func summary(_ message: MailMessage) -> [UInt8] {
        var lines: [String] = []
        for name in ["From", "To", "Cc", "Date", "Subject"] {
            if let value = message.headers[name.lowercased()] { lines.append("\(name): \(value)") }
        }
        if !message.attachments.isEmpty {
            lines.append("Attachments: \(message.attachments.joined(separator: ", "))")
        }
        return Array(lines.joined(separator: "\n").utf8)
    }

    private static func paragraphs(_ text: [UInt8]) -> [ArraySlice<UInt8>] {
        let lines = SourceLines(text)
        var paragraphs: [ArraySlice<UInt8>] = []
        var first: Int?
        for line in 0..<lines.count {
            if !lines.isBlank(line) {
                first = first ?? line
            } else if let start = first {
                paragraphs.append(text[lines.range(start..<line)])
                first = nil
            }
        }
        if let first { paragraphs.append(text[lines.range(first..<lines.count)]) }
        return paragraphs
    }
}
