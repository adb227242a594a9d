/// Rows of text in aligned columns.
struct Table {
    var header: [String]
    var rows: [[String]]
    /// The columns whose text stands at their right edge.
    var rightAligned: Set<Int> = []

    /// The lines of the table, each ended. The last column is cut at `width`.
    func text(width: Int, style: Style) -> String {
        let cells = rows.map { $0.map { PlainText.line($0) } }
        let widths = header.indices.map { column in
            ([header] + cells).map { $0[column].count }.max() ?? 0
        }
        func line(_ row: [String]) -> String {
            var line = ""
            for (column, cell) in row.enumerated() {
                let padding = String(repeating: " ", count: max(0, widths[column] - cell.count))
                let isLast = column == row.count - 1
                if column > 0 { line += "  " }
                if rightAligned.contains(column) {
                    line += padding + cell
                } else {
                    line += isLast ? PlainText.line(cell, limit: max(width - line.count, 8)) : cell + padding
                }
            }
            return line
        }
        return ([style.strong(line(header))] + cells.map(line)).map { $0 + "\n" }.joined()
    }
}

/// Names and values, one a line, the values aligned.
struct Fields {
    var fields: [(String, String)]

    func text(style: Style) -> String {
        let width = fields.map(\.0.count).max() ?? 0
        return fields.map { name, value in
            style.strong(name) + String(repeating: " ", count: width - name.count + 2) + PlainText.line(value) + "\n"
        }.joined()
    }
}
