package import Core

/// Reads answers of plugins with the readers of documents.
package struct ResponseFormats: ResponseFormatReading {
    /// An answer is read while somebody waits for it.
    private static let limits = ReadLimits(
        bytes: 8 << 20, unpackedBytes: 8 << 20, characters: 4 << 20, blocks: 100_000, converterTime: .seconds(5),
        nesting: 200)
    private static let mostRows = 100_000

    package init() {}

    package func value(of body: [UInt8], type: String?, charset: String?) -> JSONValue? {
        let format = Format(type, body)
        guard format != .binary, body.count <= Self.limits.bytes,
            let text = TextEncoding.decode(
                body, charset: charset ?? (format == .html ? HTMLReader.declaredCharset(body) : nil))
        else { return nil }
        switch format {
        case .html:
            var builder = DocumentBuilder(limits: Self.limits)
            let page = HTMLReader.read(text, into: &builder, place: .lines, limits: Self.limits)
            let said = builder.document(kind: .html).text
            return .string(said.isEmpty ? page.title ?? "" : said)
        case .xml: return XMLReader.value(of: text, nesting: Self.limits.nesting)
        case .table(let delimiter): return Self.rows(text, delimiter)
        case .text: return .string(text.text)
        case .binary: return nil
        }
    }

    private enum Format: Hashable {
        case html, xml, text, binary
        case table(UInt8)

        init(_ type: String?, _ body: [UInt8]) {
            switch type {
            case "text/html"?, "application/xhtml+xml"?: self = .html
            case "text/csv"?, "application/csv"?: self = .table(UInt8(ascii: ","))
            case "text/tab-separated-values"?: self = .table(.tab)
            case let type? where type == "text/xml" || type == "application/xml" || type.hasSuffix("+xml"): self = .xml
            case let type? where type.hasPrefix("text/"): self = .text
            case nil:
                let beginning = body[...].trimmed.prefix(16)
                if beginning.starts(with: "<?xml") {
                    self = .xml
                } else {
                    let isPage = ["<!doctype html", "<html"].contains {
                        Array(beginning).startsIgnoringCase(with: $0, at: 0)
                    }
                    self = isPage ? .html : .text
                }
            default: self = .binary
            }
        }
    }

    /// A table's rows, as objects where its first row names the columns.
    private static func rows(_ text: [UInt8], _ delimiter: UInt8) -> JSONValue {
        var records = CSVRecords(text, delimiter: delimiter)
        guard let first = records.next() else { return [] }
        let names = CSVReader.isHeader(first) ? first.map { $0[...].trimmed.text } : nil
        var rows: [JSONValue] = names == nil ? [.array(first.map(cell))] : []
        while rows.count < mostRows, !Task.isCancelled, let row = records.next() {
            guard let names else {
                rows.append(.array(row.map(cell)))
                continue
            }
            rows.append(.object(JSONObject(zip(names, row).map { ($0, cell($1)) })))
        }
        return .array(rows)
    }

    private static func cell(_ bytes: [UInt8]) -> JSONValue { XMLReader.scalar(bytes[...].trimmed.text) }
}
