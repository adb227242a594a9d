import Testing

@testable import Commands

@Suite struct PasteFilterTests {
    private func text(_ pieces: [String], last isMoreComing: Bool = false) -> String {
        var filter = PasteFilter()
        var output = String.UnicodeScalarView()
        for (index, piece) in pieces.enumerated() {
            output += filter.add(Array(piece.utf8), isMoreComing: index < pieces.count - 1 || isMoreComing)
        }
        return String(output)
    }

    @Test func `what is typed passes as it is`() {
        #expect(text(["héllo 日本\n"]) == "héllo 日本\n")
        #expect(text(["\u{1B}[A"]) == "\u{1B}[A")
    }

    @Test(arguments: ["\n", "\r", "\r\n"])
    func `lines that are pasted are one question, which Enter ends`(_ end: String) {
        let paste = "\u{1B}[200~one\(end)two\(end)\u{1B}[201~"
        #expect(text([paste]) == "one⏎two")
        #expect(text([paste + "\n"]) == "one⏎two\n")
        // However it comes in pieces.
        #expect(text(paste.map(String.init) + ["\n"]) == "one⏎two\n")
    }

    @Test func `where the terminal does not mark pastes, lines that come at once are one question`() {
        #expect(text(["one\ntwo\nthree\n"]) == "one⏎two⏎three\n")
        #expect(text(["one\n", "two\n"]) == "one⏎two\n")
        #expect(text(["one\n\n\n"]) == "one\n")
    }

    @Test func `keys that are pasted do nothing`() {
        #expect(text(["\u{1B}[200~a\u{3}\u{4}\u{7}\tb\u{1B}[31m\u{1B}[201~"]) == "a\tb[31m")
    }

    @Test func `Alt-Enter begins another line, and characters whose bytes come apart stay whole`() {
        #expect(text(["a\u{1B}\nb"]) == "a⏎b")
        var filter = PasteFilter()
        let bytes = Array("é".utf8)
        let parts = [
            filter.add(bytes.prefix(1), isMoreComing: false), filter.add(bytes.dropFirst(), isMoreComing: false),
        ]
        #expect(parts == [[], ["é"]])
    }

    @Test func `a line that ends in a backslash goes on; two of them are one that was meant`() {
        var lines = QuestionLines()
        let isComplete = [lines.add(#"one\"#), lines.add("two⏎three")]
        #expect(isComplete == [false, true])
        #expect(lines.text == "one\ntwo\nthree")
        var path = QuestionLines()
        let isWhole = path.add(#"C:\\"#)
        #expect(isWhole)
    }

    @Test func `text that is typed during an answer is kept, and keys that move are not`() {
        var typed = TypedAhead()
        let isEnd = typed.add(Array("whax\u{7F}t\u{1B}[A\u{1B}OP next?\r".utf8))
        #expect(!isEnd)
        #expect(String(decoding: typed.bytes, as: UTF8.self) == "what next?\n")
        let isEndNow = typed.add([0x04])
        #expect(isEndNow)
        var accents = TypedAhead()
        _ = accents.add(Array("é\u{7F}e".utf8))
        #expect(accents.bytes == Array("e".utf8))
    }
}
