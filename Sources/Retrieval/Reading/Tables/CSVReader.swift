/// Reads tables of values: a record a row, each value with its column's name.
enum CSVReader {
    /// - Parameters:
    ///   - text: UTF-8 whose lines end in a line feed.
    ///   - delimiter: nil to find out.
    static func read(_ text: [UInt8], delimiter: UInt8?, limits: ReadLimits) -> ReadDocument {
        let delimiter = delimiter ?? sniffedDelimiter(text)
        var records = CSVRecords(text, delimiter: delimiter)
        var builder = DocumentBuilder(limits: limits)
        guard var row = records.next() else { return builder.document(kind: .csv) }
        let second = records.next()
        let names: [String]
        let pending: [[[UInt8]]]
        if let second, isHeader(row) {
            names = row.map { $0.text.asHeading }
            pending = [second]
        } else {
            names = []
            pending = [row] + [second].compactMap(\.self)
        }
        let titleColumn = titleColumn(names)
        var number = 0
        for row in pending {
            number += 1
            append(row, number: number, names: names, titleColumn: titleColumn, to: &builder)
        }
        while !builder.isFull, let next = records.next() {
            row = next
            number += 1
            append(row, number: number, names: names, titleColumn: titleColumn, to: &builder)
        }
        return builder.document(
            kind: .csv,
            omission: records.hasOpenQuote ? "a quote is never closed; quotes after it are taken as they stand" : nil)
    }

    private static func append(
        _ row: [[UInt8]], number: Int, names: [String], titleColumn: Int, to builder: inout DocumentBuilder
    ) {
        var text: [UInt8] = []
        for (column, value) in row.enumerated() {
            let value = value[...].trimmed
            guard !value.isEmpty else { continue }
            if !text.isEmpty { text.append(.newline) }
            if !names.isEmpty {
                text += column < names.count ? names[column].utf8 : "column \(column + 1)".utf8
                text += ": ".utf8
            }
            text += value
        }
        let title = titleColumn < row.count ? row[titleColumn].text.asHeading : ""
        builder.append(
            text, headings: title.isEmpty ? [] : [title], location: .record(number), form: .record)
    }

    /// Names are words, each its own; values are numbers, or come twice, or are missing.
    static func isHeader(_ row: [[UInt8]]) -> Bool {
        let names = row.map { $0.text.asHeading }
        return Set(names).count == names.count
            && names.allSatisfy { $0.contains(where: \.isLetter) && $0.utf8.count <= 100 }
    }

    private static func titleColumn(_ names: [String]) -> Int {
        let names = names.map { $0.lowercased() }
        for wanted in ["title", "name", "headline", "subject", "label"] {
            if let column = names.firstIndex(of: wanted) { return column }
        }
        return names.firstIndex { $0.hasSuffix("title") || $0.hasSuffix("name") } ?? 0
    }

    /// The one with which the first records have the same number of values, and more than one.
    private static func sniffedDelimiter(_ text: [UInt8]) -> UInt8 {
        let sample = Array(text.prefix(65536))
        var (best, bestScore) = (UInt8(ascii: ","), 0.0)
        for delimiter in [UInt8(ascii: ","), UInt8(ascii: ";"), .tab, UInt8(ascii: "|")] {
            var records = CSVRecords(sample, delimiter: delimiter)
            var counts: [Int: Int] = [:]
            var total = 0
            while total < 20, let record = records.next() {
                counts[record.count, default: 0] += 1
                total += 1
            }
            guard let (width, count) = counts.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }), width > 1
            else { continue }
            let score = Double(count) / Double(total) + Double(min(width, 20)) / 1000
            if score > bestScore { (best, bestScore) = (delimiter, score) }
        }
        return best
    }
}
