import Foundation

/// The header fields of a message or of a part of one (RFC 5322; RFC 2045 to 2047).
struct MailHeaders {
    private var fields: [String: [UInt8]] = [:]
    /// Where the body begins.
    private(set) var end: Int

    /// - Parameter message: from its first header on; lines end in LF or CRLF.
    init(_ message: ArraySlice<UInt8>) {
        var index = message.startIndex
        var name: String?
        while index < message.endIndex {
            let lineEnd = message[index...].firstIndex(of: .newline) ?? message.endIndex
            var line = message[index..<lineEnd]
            if line.last == .carriageReturn { line.removeLast() }
            let next = min(lineEnd + 1, message.endIndex)
            if line.isEmpty {
                index = next
                break
            }
            if line.first?.isSpace == true {
                // A field that goes on.
                if let name { fields[name]? += [.space] + line.trimmed }
            } else if let colon = line.firstIndex(of: .colon), line[..<colon].allSatisfy({ $0 > 0x20 && $0 < 0x7F }) {
                let found = line[..<colon].text.lowercased()
                // The first of two is the one mail programs show.
                name = fields[found] == nil ? found : nil
                if fields[found] == nil { fields[found] = Array(line[(colon + 1)...].trimmed) }
            } else if name == nil, fields.isEmpty {
                // No header at all: it is all body.
                break
            }
            index = next
        }
        end = index
    }

    var isEmpty: Bool { fields.isEmpty }

    /// A field as people read it.
    subscript(name: String) -> String? {
        fields[name].flatMap { EncodedWords.decode($0).singleSpaced(limit: 1000).nonBlank }
    }

    /// A field's value before its parameters, in small letters.
    func value(_ name: String) -> String? {
        fields[name].map { field in
            field.prefix { $0 != UInt8(ascii: ";") }[...].trimmed.text.lowercased()
        }
    }

    /// `boundary` of `Content-Type: multipart/mixed; boundary="…"`; also RFC 2231's `filename*=utf-8''…`.
    func parameter(_ wanted: String, of name: String) -> String? {
        guard let field = fields[name] else { return nil }
        for part in Self.parameters(field[...]).dropFirst() {
            guard let equals = part.firstIndex(of: UInt8(ascii: "=")) else { continue }
            let key = part[..<equals].trimmed.text.lowercased()
            var value = part[(equals + 1)...].trimmed
            if key == wanted {
                if value.first == .quote { value = value.dropFirst().prefix { $0 != .quote } }
                return EncodedWords.decode(Array(value))
            }
            if key == wanted + "*" || key == wanted + "*0*" {
                let pieces = value.split(separator: UInt8(ascii: "'"), omittingEmptySubsequences: false)
                return (pieces.last ?? value).text.removingPercentEncoding
            }
        }
        return nil
    }

    /// Split at semicolons that stand in no quotes.
    private static func parameters(_ field: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        var isQuoted = false
        return field.split(omittingEmptySubsequences: false) { byte in
            if byte == .quote { isQuoted.toggle() }
            return byte == UInt8(ascii: ";") && !isQuoted
        }
    }
}
