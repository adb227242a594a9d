import Testing

@testable import Understanding

struct SentencesTests {
    @Test func `a sentence of a passage does not go over a paragraph, nor in a record over a line`() {
        #expect(
            Sentences.split(passage: "Title\n\nIt begins\nhere. And goes on.", isRecord: false)
                == ["Title", "It begins\nhere.", "And goes on."])
        #expect(
            Sentences.split(passage: "name: Oslo\ncountry: Norway", isRecord: true) == [
                "name: Oslo", "country: Norway",
            ])
    }
}
