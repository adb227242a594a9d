import Testing

@testable import Core

/// Results that would load, run or hide something where an answer made of them is rendered. The sources are the results
/// themselves, so that every address in them was given.
struct HostileAnswerTests {
    static let results = [
        "Fine <img src=\"https://evil.example/p.png\"> weather.",
        "Fine <im<img>g src=\"https://evil.example/p.png\"> weather.",
        "Fine ![p](https://evil.example/p.png) weather.", "Fine !!![p](https://evil.example/p.png) weather.",
        "Fine !\u{200b}[p](https://evil.example/p.png) weather.",
        "Fine !\u{e0041}[p](https://evil.example/p.png) weather.",
        "Fine ![p][r] weather.\n\n[r]: https://evil.example/p.png",
        "Fine <input type=image src=\"https://evil.example/p.png\">",
        "Fine <picture srcset=\"https://evil.example/p.png\"></picture>",
        "Fine <track src=https://evil.example/p> weather.",
        "Fine <div style=\"background:url(https://evil.example/p.png)\">x</div> weather.",
        "Fine <style>@import 'https://evil.example/a.css';</style> weather.",
        "Fine <STYLE\n>@import url(https://evil.example/a.css);</STYLE> weather.",
        "Fine <details open ontoggle=alert(document.cookie)>x</details> weather.",
        "Fine <body onload = alert(1)> weather.",
        "Fine <a href=\"jAvaScript:alert(1)\">click</a> weather.",
        "Fine <a href=\"&#106;avascript:alert(1)\">click</a> weather.",
        "Fine [click](JavaScript:alert(1)) weather.", "Fine [click](java\tscript:alert(1)) weather.",
        "Fine [click](&#x6A;avascript:alert(1)) weather.", "Fine [click](vbscript:msgbox(1)) weather.",
        "Fine [click](DATA:text/html,<b>x</b>) weather.", "Fine [click](//evil.example/x) weather.",
        "Fine [click]( //evil.example/x) weather.", "Fine <scr<script>ipt>alert(1)</scr</script>ipt> weather.",
        "Fine <math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\"> weather.",
        "Fine <form action=\"https://evil.example\"><button>Log in</button></form> weather.",
        "Fine <meta http-equiv=refresh content=\"0;url=https://evil.example/\"> weather.",
        "Fine <\nimg src=x> weather.",
        "Fine <img/src=\"https://evil.example/p.png\"> weather.",
        "Fine <svg/onload=alert(1)> <iframe srcdoc='&lt;script>'>",
        "Fine \u{202e}gnp.exe\u{202c} weather.", "Fi\u{200b}ne wea\u{200c}ther\u{200d} soft\u{ad}hyphen.",
        "Fine \u{e0068}\u{e0069} \u{e0158}\u{e0159} weather.",
        "Fine \u{1b}[31mred\u{1b}[0m \u{1b}]0;t\u{7} \u{9b}31m \u{9d}0;t\u{9c}",
        "Fine weather.\rEvil overwrites this line.", "Fine weather\u{8}\u{8}storm.",
        "Fine <a href=javascript&colon;alert(1)>x</a>",
    ]

    private static let active = TextPattern(
        #"(?i)!\[|<|url\(|@import|\bon\w+\s*=|javascript:|vbscript:|data:text|&#|\]\(\s*/"#)

    @Test(arguments: results)
    func `nothing of it loads, runs, leads elsewhere or hides`(result: String) {
        let answer = Neutralizer.neutralised(result, .answer(GivenLinks(in: [result])))
        let written = Self.references.replacing(in: answer, with: "")
        #expect(Self.active.firstMatch(in: written)?.text == nil, "\(answer)")
        #expect(answer.hasPrefix("Fi"))
        #expect(
            answer.unicodeScalars.allSatisfy {
                ($0.value >= 0x20 || $0 == "\n" || $0 == "\t") && !(0x7f...0x9f).contains($0.value)
                    && !$0.properties.isDefaultIgnorableCodePoint && !(0x202a...0x202e).contains($0.value)
            })
    }

    /// The references that are written in place of signs.
    private static let references = TextPattern(#"&#(?:34|39|40|58|61|64|96);"#)
}
