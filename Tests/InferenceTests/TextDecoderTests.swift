import Testing

@testable import Inference

struct TextDecoderTests {
    @Test func `a character comes out when its last byte is in`() {
        var decoder = TextDecoder(stops: [])
        let bytes = Array("é😀x".utf8)
        let pieces = bytes.map { decoder.append([$0]) }
        #expect(pieces == ["", "é", "", "", "", "😀", "x"])
    }

    @Test func `bytes that can never be a character do not hold up the rest`() {
        var decoder = TextDecoder(stops: [])
        #expect(decoder.append([0xFF, 0x61]) == "\u{FFFD}a")
    }

    @Test func `what may become a stop sequence waits until it is certain`() {
        var decoder = TextDecoder(stops: ["STOP"])
        #expect(decoder.append(Array("a ST".utf8)) == "a ")
        #expect(decoder.append(Array("ART".utf8)) == "START")
        #expect(decoder.append(Array(" STO".utf8)) == " ")
        #expect(decoder.append(Array("P more".utf8)) == "")
        #expect(decoder.isStopped)
    }

    @Test func `the stop sequence is a part of the text where that is asked for`() {
        var decoder = TextDecoder(stops: ["STOP"], keepsStop: true)
        #expect(decoder.append(Array("a STOP more".utf8)) == "a STOP")
        #expect(decoder.isStopped)
    }

    @Test func `of an unfinished character at the end nothing is left, whatever is before it`() {
        for cut in [[0xF0], [0xF0, 0x9F], [0xF0, 0x9F, 0x99], [0xD0], [0xE2, 0x82]] as [[UInt8]] {
            var decoder = TextDecoder(stops: [])
            #expect(decoder.append(cut) == "")
            #expect(decoder.finish() == "")
            var held = TextDecoder(stops: ["ab"])
            #expect(held.append(Array("za".utf8)) == "z")
            #expect(held.append(cut) == "a")
            #expect(held.finish() == "")
        }
        // What may have become a stop sequence, and did not.
        var held = TextDecoder(stops: ["ab"])
        #expect(held.append(Array("xa".utf8)) == "x")
        #expect(held.finish() == "a")
    }
}
