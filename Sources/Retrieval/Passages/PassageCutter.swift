import Foundation

/// A part of a document that is found and cited as one.
struct CutPassage: Sendable, Hashable {
    /// UTF-8 offsets in the document's text.
    var range: Range<Int>
    var headings: [String]
    var location: ReadDocument.Location
    var isRecord: Bool
}

/// Cuts a document into passages at its own structure: blocks stay whole where they fit, headings begin a passage,
/// records are never put together, and a block that is too long is cut between sentences or lines, each part beginning
/// with the end of the one before.
struct PassageCutter: Sendable {
    /// Tokens of the embedding model a passage has at most; models of this kind are trained on texts of about this
    /// length (all-MiniLM-L6-v2: 256, its own two tokens and a title included).
    var limit = 220
    /// Tokens at the end of a part that the next one begins with, at most.
    var overlap = 32
    /// How many tokens each of several texts has.
    let count: @Sendable ([String]) async throws -> [Int]

    /// Something that is not cut any further.
    private struct Unit {
        var range: Range<Int>
        var tokens: Int
        var block: Int
        /// Whether it is a part of a block.
        var isPart: Bool
    }

    func passages(of document: ReadDocument) async throws -> [CutPassage] {
        let text = Array(document.text.utf8)
        let blocks = document.blocks.map { trimmed($0, text) }
        let counts = try await count(blocks.map { string(text, $0.range) })
        var units: [Unit] = []
        for (index, block) in blocks.enumerated() where !block.range.isEmpty {
            try Task.checkCancellation()
            if counts[index] <= limit {
                units.append(Unit(range: block.range, tokens: max(1, counts[index]), block: index, isPart: false))
                continue
            }
            let parts = TextPieces.split(text, block.range, isCode: block.form == .code)
            let sizes = try await count(parts.map { string(text, $0) })
            let pieces = zip(parts, sizes).flatMap {
                TextPieces.shorten(text, $0, tokens: $1, limit: limit)
            }
            let lengths = pieces.count == parts.count ? sizes : try await count(pieces.map { string(text, $0) })
            for (range, tokens) in zip(pieces, lengths) {
                units.append(Unit(range: range, tokens: max(1, tokens), block: index, isPart: true))
            }
        }
        return pack(units, blocks, text)
    }

    private func pack(_ units: [Unit], _ blocks: [ReadDocument.Block], _ text: [UInt8]) -> [CutPassage] {
        var passages: [CutPassage] = []
        var current: [Unit] = []
        /// Of `current`.
        var tokens = 0
        var lines = LineCount()
        func end() {
            guard let last = current.last else { return }
            // A heading's words are among the headings of what follows. Alone, it is a passage.
            let above = blocks[(current.first { blocks[$0.block].form != .heading } ?? last).block].headings
            let body = current.first { unit in
                let words = string(text, unit.range)
                return blocks[unit.block].form != .heading || !above.contains(where: words.contains)
            }
            let first = body ?? current[0]
            let block = blocks[first.block]
            passages.append(
                CutPassage(
                    range: first.range.lowerBound..<last.range.upperBound, headings: above,
                    location: lines.location(of: first.range.lowerBound, in: block, text),
                    isRecord: block.form == .record))
            current = []
            tokens = 0
        }
        for unit in units {
            if let last = current.last {
                let isSameBlock = last.block == unit.block
                let isFull = tokens + unit.tokens > limit
                if isFull, isSameBlock, unit.isPart {
                    let shared = tail(of: current, room: min(overlap, limit - unit.tokens))
                    end()
                    current = shared
                    tokens = shared.reduce(0) { $0 + $1.tokens }
                } else if isFull || !isSameBlock && begins(blocks[unit.block], after: blocks[last.block]) {
                    end()
                }
            }
            current.append(unit)
            tokens += unit.tokens
        }
        end()
        return passages
    }

    /// Whether a block begins a passage, whatever room there is in the one before.
    private func begins(_ block: ReadDocument.Block, after before: ReadDocument.Block) -> Bool {
        if block.form == .record || before.form == .record || !isSamePage(before.location, block.location) {
            return true
        }
        // A heading stays with what follows, which may be another one.
        if before.form == .heading { return false }
        return block.form == .heading || block.headings != before.headings
    }

    /// The last units that together have at most so many tokens.
    private func tail(of units: [Unit], room: Int) -> [Unit] {
        var tokens = 0
        return units.reversed().prefix { unit in
            tokens += unit.tokens
            return tokens <= room
        }.reversed()
    }

    /// What is cited by page or part is on one.
    private func isSamePage(_ first: ReadDocument.Location, _ second: ReadDocument.Location) -> Bool {
        switch (first, second) {
        case (.lines, .lines): true
        default: first == second
        }
    }

    /// Counts the lines of a block up to places that come one after the other, each line once.
    private struct LineCount {
        private var block = -1
        private var counted = 0
        private var newlines = 0

        mutating func location(
            of start: Int, in block: ReadDocument.Block, _ text: [UInt8]
        ) -> ReadDocument.Location {
            guard case .lines(let lines) = block.location, start > block.range.lowerBound else {
                return block.location
            }
            if self.block != block.range.lowerBound || start < counted {
                self.block = block.range.lowerBound
                counted = self.block
                newlines = 0
            }
            newlines += text[counted..<start].count { $0 == .newline }
            counted = start
            return .lines(min(lines.lowerBound + newlines, lines.upperBound)...lines.upperBound)
        }
    }

    /// Without white space around it.
    private func trimmed(_ block: ReadDocument.Block, _ text: [UInt8]) -> ReadDocument.Block {
        var block = block
        let inside = text[block.range.clamped(to: 0..<text.count)].trimmed
        if case .lines(let range) = block.location {
            let before = text[block.range.lowerBound..<inside.startIndex].count { $0 == .newline }
            block.location = .lines(min(range.lowerBound + before, range.upperBound)...range.upperBound)
        }
        block.range = inside.indices
        return block
    }

    private func string(_ text: [UInt8], _ range: Range<Int>) -> String {
        String(decoding: text[range], as: UTF8.self)
    }
}
