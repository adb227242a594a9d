/// Turns a page's elements into blocks.
final class HTMLCollector: HTMLHandler {
    /// Where the blocks of a page are said to stand.
    enum Place {
        /// In the page's source.
        case lines
        /// Under the heading that stands over it; at the part of this name before the first.
        case headings(String)
        case fixed(ReadDocument.Location)
    }

    private struct Open {
        var name: String
        var element: HTMLElement
        var isHidden: Bool
    }

    var builder: DocumentBuilder
    private(set) var title = ""
    private(set) var language: String?
    private(set) var firstHeading: String?

    private let place: Place
    private let outerHeadings: [String]
    private var headings: [(level: Int, text: String)] = []
    private var open: [Open] = []
    /// Cells so far of the row whose cells are put on one line.
    private var row: Int?
    private var preformatted = 0
    private var isTitle = false

    private var block: [UInt8] = []
    private var blockStart: Int?
    private var blockLine = 1
    private var lastLine = 1
    private var isSpacePending = false
    private var isItem = false
    private var lastRun = Run.none

    /// Blocks of one kind that stand on lines under each other.
    private enum Run {
        case none, items, rows
    }

    init(builder: DocumentBuilder, place: Place, headings: [String]) {
        self.builder = builder
        self.place = place
        outerHeadings = headings
    }

    var isDone: Bool { builder.isFull }

    /// Call once the page is over, or broken off.
    func finish() {
        endBlock(.paragraph)
    }

    func start(_ name: String, _ attributes: borrowing HTMLAttributes) {
        let element = HTMLElement(name)
        var isHidden = open.last?.isHidden ?? false
        if !isHidden {
            if case .hidden = element { isHidden = true } else { isHidden = HTMLElement.isHidden(attributes) }
        }
        if language == nil, name == "html" {
            language = (attributes["lang"] ?? attributes["xml:lang"]).flatMap(\.nonBlank)
        }
        open.append(Open(name: name, element: element, isHidden: isHidden))
        guard !isHidden else { return }
        switch element {
        case .inline, .hidden: break
        case .lineBreak: breakLine()
        case .title: isTitle = title.isEmpty
        case .paragraph:
            if row == nil || block.count > Self.cellLimit { endBlock() } else { isSpacePending = true }
        case .block, .heading:
            leaveRow()
            endBlock()
        case .item:
            leaveRow()
            endBlock()
            isItem = true
        case .preformatted:
            leaveRow()
            endBlock()
            preformatted += 1
        case .table:
            leaveRow()
            endBlock()
        case .row:
            endBlock()
            row = 0
        case .cell: startCell()
        }
    }

    func end(_ name: String) {
        // An end without a start is passed over, one that is missing is made up for.
        guard let index = open.lastIndex(where: { $0.name == name }) else { return }
        while open.count > index {
            let ended = open.removeLast()
            if !ended.isHidden { end(ended) }
        }
    }

    private func end(_ ended: Open) {
        switch ended.element {
        case .inline, .hidden, .lineBreak, .cell: break
        case .title: isTitle = false
        case .paragraph:
            if row == nil || block.count > Self.cellLimit { endBlock() } else { isSpacePending = true }
        case .block, .item: endBlock()
        case .heading(let level): endHeading(level)
        case .preformatted:
            endBlock(.code)
            preformatted -= 1
        case .table, .row:
            endBlock()
            row = nil
        }
    }

    func characters(_ text: UnsafeBufferPointer<UInt8>, line: Int) {
        guard open.last?.isHidden != true else { return }
        if isTitle {
            if title.utf8.count < 4096 { title += unsafe String(decoding: text, as: UTF8.self) }
            return
        }
        if preformatted > 0 {
            unsafe keep(text, line: line)
        } else {
            unsafe collapse(text, line: line)
        }
        lastLine = line
    }

    private func keep(_ text: UnsafeBufferPointer<UInt8>, line: Int) {
        if let first = unsafe text.firstIndex(where: { !$0.isSpace }) {
            unsafe begin(line, rest: UnsafeBufferPointer(rebasing: text[first...]))
        }
        unsafe block.append(contentsOf: text)
    }

    /// Each run of blanks becomes one space, put before the next word of the same block.
    private func collapse(_ text: UnsafeBufferPointer<UInt8>, line: Int) {
        let count = text.count
        var index = 0
        while index < count {
            let byte = unsafe text[index]
            let next = unsafe index + 1 < count ? text[index + 1] : 0
            if byte.isSpace {
                isSpacePending = true
                index += 1
            } else if byte == 0xC2, next == 0xA0 {
                // A space that does not break is a space to whoever searches.
                isSpacePending = true
                index += 2
            } else if byte == 0xC2, next == 0xAD {
                // A soft hyphen is not seen.
                index += 2
            } else {
                var end = index + 1
                while end < count, case let byte = unsafe text[end], !byte.isSpace, byte != 0xC2 { end += 1 }
                unsafe begin(line, rest: UnsafeBufferPointer(rebasing: text[index...]))
                if isSpacePending, let last = block.last, last != .space, last != .newline { block.append(.space) }
                isSpacePending = false
                unsafe block.append(contentsOf: UnsafeBufferPointer(rebasing: text[index..<end]))
                index = end
            }
        }
    }

    /// The first character of a block that is seen says where it stands.
    private func begin(_ line: Int, rest: UnsafeBufferPointer<UInt8>) {
        guard blockStart == nil else { return }
        blockStart = block.count
        blockLine = line
        blockLine -= unsafe rest.count { $0 == .newline }
    }

    private func breakLine() {
        guard row == nil else { return isSpacePending = true }
        if preformatted > 0 || blockStart != nil { block.append(.newline) }
        isSpacePending = false
    }

    private func startCell() {
        guard let cells = row else { return endBlock() }
        if cells > 0 {
            while block.last == .space { block.removeLast() }
            block += " | ".utf8
            isSpacePending = false
        }
        row = cells + 1
    }

    /// A row that holds headings, lists or tables lays out the page.
    private func leaveRow() {
        row = nil
    }

    private func endHeading(_ level: Int) {
        guard blockStart != nil else { return endBlock() }
        let text = block.text.asHeading
        headings.removeAll { $0.level >= level }
        endBlock(.heading)
        guard !text.isEmpty else { return }
        headings.append((level, text))
        if firstHeading == nil { firstHeading = text }
    }

    private func endBlock(_ form: ReadDocument.Form = .paragraph) {
        defer {
            block.removeAll(keepingCapacity: true)
            blockStart = nil
            isSpacePending = false
            isItem = false
        }
        guard blockStart != nil else { return }
        while block.last?.isSpace == true { block.removeLast() }
        var text = block[...]
        if form == .code {
            while text.first == .newline { text.removeFirst() }
        } else {
            text = text.trimmed
        }
        let run: Run = isItem ? .items : row != nil ? .rows : .none
        let isTight = run != .none && run == lastRun
        let path = outerHeadings + headings.map(\.text)
        let location: ReadDocument.Location =
            switch place {
            case .lines: .lines(max(blockLine, 1)...max(blockLine, lastLine, 1))
            case .headings(let name): .part(form == .heading ? block.text.asHeading : headings.last?.text ?? name)
            case .fixed(let location): location
            }
        if isItem {
            builder.append(
                Array("- ".utf8) + text, headings: path, location: location, form: form, isTight: isTight)
        } else {
            builder.append(text, headings: path, location: location, form: form, isTight: isTight)
        }
        lastRun = run
    }

    /// Bytes of a row in which paragraphs are joined; with more it is the page's layout.
    private static let cellLimit = 2048
}
