/// Writes small PDF files (ISO 32000-1), a page for each list of lines.
enum PDFWriter {
    static func bytes(title: String? = nil, pages: [[String]]) -> [UInt8] {
        var objects: [String] = []
        let pageNumbers = pages.indices.map { 5 + $0 * 2 }
        objects.append("<< /Type /Catalog /Pages 2 0 R >>")
        let kids = pageNumbers.map { "\($0) 0 R" }.joined(separator: " ")
        objects.append("<< /Type /Pages /Kids [\(kids)] /Count \(pages.count) >>")
        objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
        objects.append("<< \(title.map { "/Title (\($0))" } ?? "") >>")
        for (number, lines) in zip(pageNumbers, pages) {
            objects.append(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents \(number + 1) 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
            )
            // An empty line leaves room, as between paragraphs.
            let shown = lines.map { $0.isEmpty ? "0 -30 Td" : "(\($0)) Tj 0 -14 Td" }.joined(separator: "\n")
            let content = "BT /F1 12 Tf 50 700 Td\n\(shown)\nET"
            objects.append("<< /Length \(content.utf8.count) >>\nstream\n\(content)\nendstream")
        }
        var text = "%PDF-1.4\n"
        var offsets: [Int] = []
        for (index, object) in objects.enumerated() {
            offsets.append(text.utf8.count)
            text += "\(index + 1) 0 obj\n\(object)\nendobj\n"
        }
        let start = text.utf8.count
        text += "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
        for offset in offsets {
            let digits = String(offset)
            text += String(repeating: "0", count: 10 - digits.count) + digits + " 00000 n \n"
        }
        text += "trailer\n<< /Size \(objects.count + 1) /Root 1 0 R /Info 4 0 R >>\nstartxref\n\(start)\n%%EOF\n"
        return Array(text.utf8)
    }
}
