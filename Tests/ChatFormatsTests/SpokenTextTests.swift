import Testing

@testable import ChatFormats

/// What a model says is handed on while it is written, but for what may be a call.
struct SpokenTextTests {
    private func handedOn(_ pieces: [String]) -> String {
        var text = SpokenText()
        return pieces.map { text.add($0) }.joined()
    }

    @Test(arguments: [
        ["Trains ", "run on ", "rails."], ["a < b ", "and more"], ["See `x` ", "and that."],
        ["Code: ``", "`swift\nlet x = 1 // one\n", "print(x)\n```", " That is all."],
    ])
    func `prose goes on at once, also beside code and comparisons`(pieces: [String]) {
        #expect(handedOn(pieces) == pieces.joined())
    }

    @Test(arguments: [#" {"name": "x", "arguments": {}}"#, #"[{"name": "x"}]"#])
    func `a call without its tags is held back`(call: String) {
        #expect(handedOn([String(call.prefix(3)), String(call.dropFirst(3))]) == "")
    }

    @Test func `of a call in a code fence, what stands before it goes on`() {
        #expect(handedOn(["Sure:\n``", "`json\n{\"name\": \"x\", ", "\"arguments\": {}}\n```"]) == "Sure:\n")
    }
}
