/// Reads text without marks: its paragraphs stand between empty lines.
enum PlainTextReader {
    /// - Parameter text: UTF-8 whose lines end in a line feed.
    static func read(_ text: [UInt8], limits: ReadLimits) -> ReadDocument {
        let lines = SourceLines(text)
        var builder = DocumentBuilder(source: text, limits: limits)
        var line = 0
        while line < lines.count, !builder.isFull {
            if lines.isBlank(line) {
                line += 1
                continue
            }
            let first = line
            while line < lines.count, !lines.isBlank(line) { line += 1 }
            lines.mark(first..<line, in: &builder)
        }
        return builder.document(kind: .text)
    }
}
