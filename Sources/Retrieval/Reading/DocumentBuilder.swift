/// Puts a document together, block by block, up to its limits.
struct DocumentBuilder {
    private var bytes: [UInt8]
    private(set) var blocks: [ReadDocument.Block] = []
    private var charactersLeft: Int
    private let blockLimit: Int
    /// Whether something was left out since a limit is reached.
    private(set) var isFull = false

    /// Of text that is made as blocks are appended.
    init(limits: ReadLimits) {
        self.init(source: [], limits: limits)
    }

    /// Of the text as it stands in the file, whose parts are marked as blocks.
    ///
    /// - Parameter source: UTF-8.
    init(source: [UInt8], limits: ReadLimits) {
        bytes = source
        charactersLeft = limits.characters
        blockLimit = limits.blocks
    }

    /// Marks a part of the source as a block.
    mutating func mark(
        _ range: Range<Int>, headings: [String] = [], location: ReadDocument.Location,
        form: ReadDocument.Form = .paragraph
    ) {
        guard !isFull, case let admitted = admit(bytes[range]), admitted > 0 else { return }
        let range = range.lowerBound..<range.lowerBound + admitted
        blocks.append(ReadDocument.Block(range: range, headings: headings, location: location, form: form))
    }

    /// Appends text as a block.
    ///
    /// - Parameters:
    ///   - text: UTF-8.
    ///   - isTight: whether it stands on the line after the last block, not after an empty line.
    mutating func append(
        _ text: some Collection<UInt8>, headings: [String] = [], location: ReadDocument.Location,
        form: ReadDocument.Form = .paragraph, isTight: Bool = false
    ) {
        guard !text.isEmpty, !isFull, case let admitted = admit(text), admitted > 0 else { return }
        if !bytes.isEmpty { bytes += isTight ? [.newline] : [.newline, .newline] }
        let start = bytes.count
        bytes += text.prefix(admitted)
        blocks.append(
            ReadDocument.Block(range: start..<bytes.count, headings: headings, location: location, form: form))
    }

    /// - Returns: how many bytes of the text still find room.
    private mutating func admit(_ text: some Collection<UInt8>) -> Int {
        // Readers end when the builder takes no more, and so when nobody wants the document any more.
        guard blocks.count < blockLimit, !Task.isCancelled else {
            isFull = true
            return 0
        }
        var count = 0
        for byte in text {
            // A scalar is one byte that does not continue another.
            if byte & 0xC0 != 0x80 {
                guard charactersLeft > 0 else {
                    isFull = true
                    return count
                }
                charactersLeft -= 1
            }
            count += 1
        }
        return count
    }

    /// Says where all blocks from this one on stand.
    mutating func locate(blocksFrom first: Int, at location: ReadDocument.Location) {
        for index in blocks.indices[first...] { blocks[index].location = location }
    }

    /// What was built. A source is cut after its last block where a limit was reached.
    consuming func document(
        kind: ReadDocument.Kind, title: String? = nil, language: String? = nil, omission: String? = nil
    ) -> ReadDocument {
        var omissions = [omission].compactMap(\.self)
        if isFull {
            let end = blocks.last?.range.upperBound ?? 0
            if end < bytes.count { bytes.removeSubrange(end...) }
            omissions.append("the text after its first \(blocks.count) parts is left out, since it is too long")
        }
        return ReadDocument(
            title: title, kind: kind, language: language, text: String(decoding: bytes, as: UTF8.self), blocks: blocks,
            omission: omissions.isEmpty ? nil : omissions.joined(separator: "; "))
    }
}
