import Testing

@testable import Retrieval

@Suite("Highlights")
struct HighlightsTests {
    private func found(_ words: Set<String>, _ text: String, _ language: String = "en") -> [String] {
        Highlights(words).find(in: text, language: language).map {
            String(decoding: Array(text.utf16)[$0], as: UTF16.self)
        }
    }

    @Test func `are the words of a query as the text writes them`() {
        let found = found(["button", "press"], "Pressing BUTTONS: press-button?")
        #expect(found == ["Pressing", "BUTTONS", "press", "button"])
    }

    @Test func `are none in an empty text, and none of an empty query`() {
        #expect(found(["button"], "").isEmpty && found([], "a button").isEmpty)
    }

    @Test func `count UTF-16 units, whatever stands before them, and take a letter with its mark`() {
        #expect(found(["cafe"], "😀 a cafe\u{301} 🇳🇴") == ["cafe\u{301}"])
        #expect(found(["strass"], "die Straße", "de") == ["Straße"])
    }

    @Test func `find a word again in another passage, in its own language`() {
        let highlights = Highlights(["chat"])
        #expect(highlights.find(in: "les chats", language: "fr") == [4..<9])
        #expect(highlights.find(in: "les chats", language: "fr") == [4..<9])
        #expect(highlights.find(in: "chats", language: "xx").isEmpty)
    }
}
