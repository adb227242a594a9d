/// Rows of text in aligned columns.
struct Table {
    var header: [String]
    var rows: [[String]]
    /// The columns whose text stands at their right edge.
    var rightAligned: Set<Int> = []

    /// The lines of the table, each ended.
    ///
    /// - Parameter width: the columns of the terminal, at which the last cell of a line is cut; nil cuts nothing.
    func text(width: Int?, style: Style) -> String {
        let cells = rows.map { $0.map(PlainText.name) }
        let widths = header.indices.map { column in
            ([header] + cells).map { Columns.width(of: $0[column]) }.max() ?? 0
        }
        func line(_ row: [String]) -> String {
            var line = ""
            for (column, cell) in row.enumerated() {
                let padding = String(repeating: " ", count: max(0, widths[column] - Columns.width(of: cell)))
                let isLast = column == row.count - 1
                if column > 0 { line += "  " }
                if rightAligned.contains(column) {
                    line += padding + cell
                } else {
                    let room = width.map { max($0 - Columns.width(of: line), 8) }
                    line += isLast ? room.map { Columns.cut(cell, to: $0) } ?? cell : cell + padding
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
            style.strong(name) + String(repeating: " ", count: width - name.count + 2) + PlainText.name(value) + "\n"
        }.joined()
    }
}
