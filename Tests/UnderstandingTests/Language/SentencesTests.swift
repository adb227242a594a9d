import Testing

@testable import Understanding

struct SentencesTests {
    @Test("a full stop within a sentence ends none")
    func abbreviations() {
        #expect(
            Sentences.split("J. M. Keynes met Dr. Smith. He left, e.g. for the U.S. coast. Done!", after: ".!?")
                == ["J. M. Keynes met Dr. Smith.", "He left, e.g. for the U.S. coast.", "Done!"])
        #expect(Sentences.split("Is it 3.5? No. It is 4", after: ".!?") == ["Is it 3.5?", "No.", "It is 4"])
    }

    @Test("a sentence of a passage does not go over a paragraph, nor in a record over a line")
    func passages() {
        #expect(
            Sentences.split(passage: "Title\n\nIt begins\nhere. And goes on.", isRecord: false)
                == ["Title", "It begins\nhere.", "And goes on."])
        #expect(
            Sentences.split(passage: "name: Oslo\ncountry: Norway", isRecord: true) == [
                "name: Oslo", "country: Norway",
            ])
    }
}
