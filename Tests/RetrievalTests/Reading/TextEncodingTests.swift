import SeededRandom
import Testing

@testable import Retrieval

struct TextEncodingTests {
    private static let words = "Grüße, naïve “café” – 10 €\nnext line\n"

    private func decoded(_ bytes: [UInt8], charset: String? = nil) -> String? {
        TextEncoding.decode(bytes, charset: charset).map { String(decoding: $0, as: UTF8.self) }
    }

    private func wide(_ text: String, isBigEndian: Bool, mark: Bool) -> [UInt8] {
        ((mark ? [0xFEFF] : []) + text.utf16).flatMap { unit in
            let bytes = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
            return isBigEndian ? bytes : bytes.reversed()
        }
    }

    @Test func `UTF-8 is read with and without a mark`() {
        #expect(decoded(Array(Self.words.utf8)) == Self.words)
        #expect(decoded([0xEF, 0xBB, 0xBF] + Array(Self.words.utf8)) == Self.words)
    }

    @Test(arguments: [true, false], [true, false])
    func `UTF-16 is read in either order, with and without a mark`(isBigEndian: Bool, mark: Bool) {
        #expect(decoded(wide(Self.words, isBigEndian: isBigEndian, mark: mark)) == Self.words)
    }

    @Test(arguments: [true, false])
    func `UTF-32 is read by its mark`(isBigEndian: Bool) {
        let bytes = ([0xFEFF] + Self.words.unicodeScalars.map(\.value)).flatMap { value in
            let bytes = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
            return isBigEndian ? bytes : bytes.reversed()
        }
        #expect(decoded(bytes) == Self.words)
    }

    @Test func `what is no UTF-8 is read as Windows-1252`() {
        let bytes: [UInt8] =
            Array("Gr".utf8) + [0xFC, 0xDF] + Array("e ".utf8) + [0x93] + Array("x".utf8) + [0x94, 0x20, 0x80]
        #expect(decoded(bytes) == "Grüße “x” €")
    }

    @Test func `a file put together from both encodings is read line by line as what it is`() {
        let bytes = Array("Grüße\n".utf8) + Array("caf".utf8) + [0xE9, 0x0A] + Array("€ naïve".utf8)
        #expect(decoded(bytes) == "Grüße\ncafé\n€ naïve")
    }

    @Test func `a character that is cut at the end does not spoil the rest`() {
        #expect(decoded(Array("Grüße €".utf8.dropLast())) == "Grüße â‚")
        #expect(decoded([0x61, 0xF0]) == "að")
    }

    @Test func `a named encoding is converted`() {
        #expect(decoded([0xF0, 0xD2, 0xC9, 0xD7, 0xC5, 0xD4], charset: "KOI8-R") == "Привет")
        #expect(decoded([0x93, 0xFA, 0x96, 0x7B], charset: "shift_jis") == "日本")
        #expect(decoded([0xB1, 0xE6], charset: "iso-8859-2") == "ąć")
    }

    @Test func `what calls itself Latin-1 and is UTF-8 is read as UTF-8`() {
        #expect(decoded(Array(Self.words.utf8), charset: "ISO-8859-1") == Self.words)
    }

    @Test(arguments: ["no-such-charset", "../../x", "utf-8//IGNORE", ""])
    func `an unknown encoding is found out from the bytes`(charset: String) {
        #expect(decoded(Array(Self.words.utf8), charset: charset) == Self.words)
    }

    @Test func `a byte without meaning in a named encoding becomes a mark of it`() {
        #expect(decoded([0x61, 0xFF, 0x62], charset: "shift_jis") == "a\u{FFFD}b")
        #expect(decoded([0x61, 0x93], charset: "shift_jis") == "a\u{FFFD}")
    }

    @Test func `line ends are made one`() {
        #expect(decoded(Array("a\r\nb\rc\nd\r\n\r\n".utf8)) == "a\nb\nc\nd\n\n")
    }

    @Test func `bytes that are no text are refused`() {
        var random = SeededRandom.ofTest("TextEncodingTests")
        #expect(decoded((0..<4096).map { _ in UInt8.random(in: 0...255, using: &random) }) == nil)
        #expect(decoded([0, 1, 2, 3, 0, 0, 0, 9, 0, 0]) == nil)
        #expect(decoded(Array("text with ".utf8) + [0, 0, 0] + Array("zeros".utf8)) == nil)
    }

    @Test func `a stray zero byte does not make text binary`() {
        let text = String(repeating: "a line of a log\n", count: 100)
        #expect(decoded(Array(text.utf8) + [0] + Array("end".utf8)) == text + "end")
    }
}
