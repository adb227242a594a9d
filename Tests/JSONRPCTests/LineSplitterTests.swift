import NIOCore
import Testing

@testable import JSONRPC

@Suite struct LineSplitterTests {
    private func pieces(_ splitter: inout LineSplitter, _ text: String) -> [LineSplitter.Piece] {
        splitter.append(ByteBuffer(string: text))
        var pieces: [LineSplitter.Piece] = []
        while let piece = splitter.next() { pieces.append(piece) }
        return pieces
    }

    private func line(_ text: String) -> LineSplitter.Piece { .line(ByteBuffer(string: text)) }

    @Test func `many lines in one read come out one by one`() {
        var splitter = LineSplitter(limit: 100)
        #expect(pieces(&splitter, "one\ntwo\n\nfour") == [line("one"), line("two"), line("")])
        #expect(pieces(&splitter, "th\n") == [line("fourth")])
    }

    @Test func `a line that arrives byte by byte comes out whole`() {
        var splitter = LineSplitter(limit: 100)
        var all: [LineSplitter.Piece] = []
        for character in "grüße\nwelt\n".utf8 {
            splitter.append(ByteBuffer(bytes: [character]))
            while let piece = splitter.next() { all.append(piece) }
        }
        #expect(all == [line("grüße"), line("welt")])
    }

    @Test func `a line of the greatest length passes and a byte more does not`() {
        var splitter = LineSplitter(limit: 5)
        #expect(pieces(&splitter, "12345\n123456\n12345\n") == [line("12345"), .tooLong, line("12345")])
    }

    @Test func `a line over the limit is told once, dropped to its end, and not kept`() {
        var splitter = LineSplitter(limit: 5)
        #expect(pieces(&splitter, "12345") == [])
        #expect(pieces(&splitter, "6") == [.tooLong])
        for _ in 0..<100 { #expect(pieces(&splitter, "1234567890") == []) }
        #expect(pieces(&splitter, "end\nnext\n") == [line("next")])
    }
}
