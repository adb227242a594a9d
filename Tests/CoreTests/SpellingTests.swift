import Testing

@testable import Core

struct SpellingTests {
    @Test(arguments: [
        ("gatway", "gateway"), ("gett", "get"), ("psot", "post"), ("paramters", "parameters"),
        ("almanack", "almanac"),
        ("descr", "description"),
    ])
    func `a word that is nearly a known one is taken for it`(_ word: String, _ known: String) {
        #expect(
            Spelling.nearest(to: word, among: ["post", "get", "gateway", "parameters", "almanac", "description"])
                == known)
    }

    @Test(arguments: ["x", "fetch", "weather", "qq"])
    func `a word that is like none is taken for none`(_ word: String) {
        #expect(Spelling.nearest(to: word, among: ["post", "get", "gateway", "almanac"]) == nil)
    }

    @Test func `a word longer than any name is compared with none`() {
        let long = String(repeating: "a", count: 101)
        #expect(Spelling.nearest(to: long, among: [long]) == nil)
        #expect(Spelling.nearest(to: "gett", among: [long, "get"]) == "get")
    }

    @Test func `names of programs are read as words`() {
        #expect(NameWords.text("placeOrder") == "place order")
        #expect(NameWords.text("office_store") == "office store")
        #expect(NameWords.text("listHTTPRoutes2") == "list HTTP routes2")
        #expect(NameWords.text("post_orders") == "post orders")
        #expect(NameWords.text("日本") == "日本")
    }

    @Test func `what is too long for the model is said in a person's measure`() {
        #expect(
            TooLong.sentence(tokens: 85_721, room: 4096)
                == "This text is about 21 times too long for the model; send a part, or raise model.context.")
        #expect(TooLong.sentence(tokens: 5000, room: 4096).contains("longer than the context of 4096 tokens"))
        #expect(
            DigitGroups.text(60_002) == "60,002" && DigitGroups.text(-1_000) == "-1,000"
                && DigitGroups.text(129) == "129")
    }
}
