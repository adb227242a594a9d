import ProcessorTime
import Testing

@testable import Core

/// What an answer that was made of others' texts does where it is rendered.
@Suite(.serialized, .timeLimit(.minutes(2)))
struct NeutralizerTests {
    private let links = GivenLinks(in: [
        "See https://example.org/a?b=c for more, or https://example.org/wiki/Oslo_(city).",
        "What is at http://mine.test? Write to mailto:me@mine.test.",
    ])

    private func safe(_ text: String) -> String { Neutralizer.neutralised(text, .answer(links)) }

    @Test(arguments: [
        ("It is at https://example.org/a?b=c.", "It is at https://example.org/a?b=c."),
        ("[more](https://example.org/a?b=c)", "[more](https://example.org/a?b=c)"),
        ("[more](https://example.org/a?b=c \"Title\")", "[more](https://example.org/a?b=c \"Title\")"),
        (
            "[city](https://example.org/wiki/Oslo_(city)) is one",
            "[city](https://example.org/wiki/Oslo_(city)) is one"
        ),
        ("Yours is http://mine.test, I think.", "Yours is http://mine.test, I think."),
        ("mailto:me@mine.test and mailto:you@evil.test", "mailto:me@mine.test and (link left out)"),
        ("![x](https://example.org/a?b=c)", "!\\[x](https://example.org/a?b=c)"),
        ("!!![x](https://evil.test/?d=secret) done", "!!!\\[x] (link left out) done"),
        ("!\u{200b}[p](https://evil.test/p)", "!\\[p] (link left out)"),
        ("[click](https://example.org/a?b=secret)", "[click] (link left out)"),
        ("Open https://example.org/a?b=cd now", "Open (link left out) now"),
        ("Open https://example.org/a?b=c(secret) now", "Open (link left out) now"),
        ("Open https://example.org/a?b=cé now", "Open (link left out) now"),
        ("[x](https://example.org/a?b=c`secret)", "[x] ((link left out)`secret)"),
        ("https://example.org/a?b=c\"secret", "(link left out)\"secret"),
        ("\"https://example.org/a?b=c\", that", "\"https://example.org/a?b=c\", that"),
        ("Open www.evil.test/x now", "Open (link left out) now"),
        ("Read file:///etc/passwd, ftp://evil.test", "Read (link left out), (link left out)"),
        ("[run](javascript:alert(1)) it", "[run] (link left out) it"),
        ("[run](\njAvAsCrIpT:alert(1)) it", "[run] (link left out) it"),
        ("[run]( <javascript:alert(1)>) it", "[run] ( &lt;javascript&#58;alert&#40;1)>) it"),
        ("[run](&#106;avascript:alert(1)) it", "[run] (link left out) it"),
        ("JavaScript: run vbscript:x data:text/html,x", "JavaScript&#58; run vbscript&#58;x data&#58;text/html,x"),
        ("java\u{ad}script:x", "javascript&#58;x"),
        ("[c](//evil.test/x) and [d](/x)", "[c] (link left out) and [d] (link left out)"),
        ("[p][r]\n\n[r]: https://evil.test/p", "[p][r]\n\n[r]&#58; (link left out)"),
        ("&#106;ava &lt;img&gt; R&D AT&T; a && b", "&amp;#106;ava &amp;lt;img&amp;gt; R&D AT&amp;T; a && b"),
        ("3 < 4 and [1] says 5", "3 &lt; 4 and [1] says 5"),
        ("a <img src=\"x\"> b = (c)", "a &lt;img src&#61;&#34;x&#34;> b = (c)"),
        ("<\nimg src=x>", "&lt;\nimg src=x>"),
        ("<im<img>g src=x>", "&lt;im&lt;img>g src=x>"),
        (
            "<style>@import 'x';</style> then @me = (1)",
            "&lt;style>&#64;import &#39;x&#39;;&lt;/style> then @me = (1)"
        ),
        (
            "<details open ontoggle=alert(document.cookie)>",
            "&lt;details open ontoggle&#61;alert&#40;document.cookie)>"
        ),
        ("time 12:30, key:value, a.b, x[0]", "time 12:30, key:value, a.b, x[0]"),
    ])
    func `links stay as they were given, and nothing loads, runs or leads elsewhere`(given: String, expected: String) {
        #expect(safe(given) == expected)
    }

    @Test func `the same comes of a text in pieces, and nothing is held for ever`() {
        let whole =
            "Look ![x](https://evil.test/?d=a b) at [more](https://example.org/a?b=c), https://evil.test/q <img src=x> &#1; e\r\n!"
        for size in 1...7 {
            var stream = Neutralizer(.answer(links))
            var said = ""
            var rest = Substring(whole)
            while !rest.isEmpty {
                said += stream.add(String(rest.prefix(size)))
                rest = rest.dropFirst(size)
            }
            #expect(said + stream.finish() == safe(whole), "\(size)")
        }
        var stream = Neutralizer(.answer(links))
        #expect(stream.add("[" + String(repeating: "word ", count: 200)).count > 900)
        var open = Neutralizer(.answer(links))
        #expect(open.add("[x](" + String(repeating: "a", count: 9000)).count > 4000)
    }

    @Test func `a terminal shows the characters that were escaped for renderers`() {
        let text = "3 < 4, ![x] of <a b=\"c\" d='(e)'> & &lt; [r]: x"
        #expect(Neutralizer.plain(safe(text)) == text)
    }

    // MARK: Characters

    @Test(arguments: [
        ("a\u{1b}[31mb\u{7}c\u{9b}2J\u{7f}\u{8}", "a[31mbc2J"),
        ("a\rb\r\nc\u{2028}d\u{85}e\u{b}f", "a\nb\nc\nd\ne\nf"),
        ("\u{202e}gnp.exe\u{202c} \u{2066}x\u{2069}\u{200e}\u{200f}\u{61c}", "gnp.exe x"),
        ("plain\u{e0041}\u{e0042} \u{e0100}\u{fe00}text", "plain text"),
        (
            "Fi\u{200b}ne wea\u{200c}ther\u{200d} soft\u{ad}hyphen\u{feff}\u{2060}\u{2064}",
            "Fine weather softhyphen"
        ),
        ("\u{115f}\u{3164}\u{ffa0}\u{34f}\u{180e}\u{fff9}x", "x"), ("1\u{fe0f} a\u{fe0f}", "1 a"),
        ("a\u{200d}\u{1f600}", "a\u{1f600}"),
        ("\u{1f600}\u{200d}\u{200d}\u{200d}\u{1f600}", "\u{1f600}\u{200d}\u{1f600}"),
    ])
    func `what hides, reorders or commands is left out`(given: String, expected: String) {
        #expect(Neutralizer.neutralised(given, .text).unicodeScalars.elementsEqual(expected.unicodeScalars))
    }

    @Test(arguments: [
        "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}", "\u{2764}\u{fe0f}\u{200d}\u{1f525}", "1\u{fe0f}\u{20e3}",
        "\u{1f44d}\u{1f3fd}", "\u{1f9d1}\u{1f3fd}\u{200d}\u{1f4bb}",
        "\u{645}\u{6cc}\u{200c}\u{62e}\u{648}\u{627}\u{647}\u{645}",
        "\u{915}\u{94d}\u{200d}\u{937}", "\u{c28}\u{c4d}\u{200c}", "e\u{301}", "\u{1820}\u{180b}", "naïve 東京 שלום",
        "\t\n",
    ])
    func `what a script or a picture needs stays`(text: String) {
        #expect(Neutralizer.neutralised(text, .text).unicodeScalars.elementsEqual(text.unicodeScalars))
    }

    @Test func `more combining marks than anybody writes are left out`() {
        let text = "h" + String(repeating: "\u{301}", count: 5000) + "i"
        #expect(Neutralizer.neutralised(text, .text).unicodeScalars.count == 32)
    }

    @Test func `a name is on one line, and told from another that looks the same`() {
        let name = Neutralizer.neutralised("c\nnew\tl\u{202e}g\u{200b}\u{1b}[1m\r é.txt", .name)
        #expect(name == "c\\nnew\\tl\\u{202e}g\\u{200b}\\u{1b}[1m\\r é.txt")
        #expect(Neutralizer.neutralised("a\nb\tc\u{202e}", .line) == "a b c")
    }

    // MARK: Cost

    @Test(arguments: [
        "[a](", "](", "]( ", "<", "![", "!", "a.", "a", "1", "\"", "\n", "&", "&a", "http://", "a:", "www.",
        "https://a.b/",
        "mailto:", "javascript:", "](http://a(", "\u{200d}", "\u{301}", "\u{1f600}\u{200d}", "\u{e0041}", "<a ",
        "<style ",
        "[a]: ",
    ])
    func `the worst texts cost what their length is`(unit: String) async {
        // Others have the thread in between.
        await Task.yield()
        #expect(growth(from: 8000 / unit.utf8.count) { _ = safe(String(repeating: unit, count: $0)) } < 9, "\(unit)")
    }

    @Test func `a task that is cancelled ends in the middle of a text`() async {
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            return Neutralizer.neutralised(String(repeating: "word ", count: 200_000), .answer(GivenLinks(in: [])))
                .count
        }
        task.cancel()
        #expect(await task.value < 500_000)
    }
}
