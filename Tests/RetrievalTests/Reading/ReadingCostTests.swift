import Foundation
import Testing

@testable import Retrieval

/// Documents that are bad for one part of a reader, each in two sizes: a text four times as long may take four times as
/// long, and not sixteen times.
@Suite("What reading a file costs", .serialized, .timeLimit(.minutes(5)))
struct ReadingCostTests {
    struct Case: Sendable, CustomTestStringConvertible {
        /// What it is called, whose ending says what it is.
        var name: String
        /// The text, of so many parts.
        var text: @Sendable (Int) -> String
        var testDescription: String { name }

        init(_ name: String, _ text: @escaping @Sendable (Int) -> String) {
            self.name = name
            self.text = text
        }
    }

    private static func many(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }

    private static func numbered(_ count: Int, _ part: (Int) -> String) -> String {
        (0..<count).map(part).joined()
    }

    private static let mailHead = "From: a@b\nSubject: s\nMIME-Version: 1.0\n"

    static let cases: [Case] = [
        Case("attributes.html") { "<p " + numbered($0) { "a\($0)=1 " } + ">word</p>" },
        Case("open-attributes.html") { "<p>word<p " + numbered($0) { "a\($0)=1 " } },
        Case("quoted-attributes.html") { "<p " + numbered($0) { "a\($0)='>' " } + ">word</p>" },
        Case("many-tags.html") { numbered($0 / 50) { "<p " + numbered(50) { "a\($0)=1 " } + ">word \($0)</p>" } },
        Case("tags-in-tags.html") { many("<a ", $0) },
        Case("comments.html") { many("<!-- a ", $0) },
        Case("script.html") { "<script>" + many("if (a<b && c", $0) + "</script><p>word" },
        Case("one-paragraph.html") { "<p>" + many("A sentence of words.\n", $0) },
        Case("entities.html") { many("&amp;", $0) + " word" },
        Case("headings.html") { numbered($0) { "<h\(1 + $0 % 6)>head \($0)</h\(1 + $0 % 6)>" } },
        Case("ends.html") { "<p>word" + many("</b>", $0) },
        Case("blank.txt") { many("\n\nx", $0) },
        Case("dots.txt") { many(". ", $0) },
        Case("accents.txt") { "a" + many("\u{301}", $0) },
        Case("joined.txt") { many("\u{1F468}\u{200D}", $0) },
        Case("flags.txt") { many("\u{1F1E6}", $0) },
        Case("one-word.txt") { many("a", $0 * 5) },
        Case("headings.md") { many("# h\n", $0) },
        Case("items.md") { many("- x\n", $0) },
        Case("items-apart.md") { many("- x\n\n\n\n", $0) },
        Case("quotes.md") { many(">", $0) + " q" },
        Case("fences.md") { many("```\n", $0) },
        Case("ticks.md") { many("`", $0) },
        Case("emphasis.md") { many("*a_", $0) },
        Case("brackets.md") { many("[", $0) + "a" + many("](x)", $0) },
        Case("heading-of-brackets.md") { many("# [a](\n", $0) },
        Case("names.json") { "{" + numbered($0) { "\"k\($0)\":\($0)," } + "\"z\":0}" },
        Case("deep-paths.json") {
            let name = many("n", 150)
            return "[" + many("{\"\(name)\":", 200) + "[" + many("1,{\"a\":2},", $0) + "3]" + many("}", 200) + "]"
        },
        Case("deep-lists.json") { "[" + many("[[[[[1],2],3],4],5],", $0 / 5) + "0]" },
        Case("comments.json") { "[" + many("/* a ", $0) },
        Case("open.json") { many("{\"a\":[", $0) },
        Case("lines.jsonl") { many("{}\n", $0) },
        Case("broken-lines.jsonl") { many("{\"a\":1}\n{\"a\":[\n", $0) },
        Case("quotes.csv") { many("\"", $0) },
        Case("open-quote.csv") { "a,b\n\"" + many("x,\n", $0) },
        Case("spaced-quotes.csv") { "a,b\n\"" + many("\"    ", $0) },
        Case("wide.csv") { count in
            numbered(count) { "h\($0)," } + "\n" + many(many("1,", count) + "\n", 3)
        },
        Case("here.sh") { numbered($0) { "cat <<E\($0)\n" } },
        Case("here-on-one-line.sh") { "cat " + numbered($0) { "<<E\($0) " } + "\n" + many("word\n", $0) },
        Case("raw.rs") { many("r#\"", $0) },
        Case("raw-marks.rs") { "r" + many("#", $0) + "\"" },
        Case("raw-strings.cpp") { numbered($0) { "R\"d\($0)(" } },
        Case("templates.js") { many("`${", $0) },
        Case("comments.c") { many("/*", $0) },
        Case("nested-comments.swift") { many("/*", $0) },
        Case("long.lua") { many("[=[", $0) },
        Case("percent.rb") { many("%q(", $0) },
        Case("indented.py") { count in numbered(count / 5) { many(" ", $0 % 400) + "if x:\n" } },
        Case("definitions.py") { many("def f(): pass\n", $0) },
        Case("dollar.sql") { numbered($0) { "$t\($0)$ " } },
        Case("one-line.js") { many("a+b;", $0) },
        Case("functions-on-one-line.js") { many("function f(a){return a}", $0) },
        Case("headers.eml") { "From: a@b\n" + numbered($0) { "X\($0): y\n" } + "\ntext" },
        Case("folded.eml") { "From: a@b\nSubject: a\n" + many(" b\n", $0) + "\ntext" },
        Case("encoded.eml") { "From: a@b\nSubject: " + many("=?utf-8?B?QUFB?= ", $0 / 10) + "\n\ntext" },
        Case("open-encoded.eml") { count in
            mailHead + "Content-Type: multipart/mixed; boundary=b\n\n"
                + many(
                    "--b\nContent-Type: text/plain; name=\"" + many("=?u?B?", 5000) + "\"\n\nx\n", max(1, count / 2000))
        },
        Case("charsets.eml") { count in
            mailHead + "Content-Type: multipart/mixed; boundary=b\n\n"
                + many(
                    "--b\nContent-Type: text/plain; name=\"" + many("=?", 15_000) + "\"\n\nx\n", max(1, count / 2000))
        },
        Case("parameters.eml") { mailHead + "Content-Type: text/plain; " + many("a=b; ", $0 / 3) + "\n\nx" },
        Case("parts.eml") {
            mailHead + "Content-Type: multipart/mixed; boundary=b\n\n"
                + many("--b\nContent-Type: text/plain\n\nx\n", $0 / 20)
        },
        Case("parts-in-parts.eml") { count in
            mailHead
                + numbered(count / 40) {
                    "Content-Type: multipart/mixed; boundary=\"b\($0)\"\n\n--b\($0)\n"
                } + "Content-Type: text/plain\n\ninner\n"
        },
        Case("same-boundary.eml") {
            mailHead + "Content-Type: multipart/mixed; boundary=b\n\n"
                + many("--b\nContent-Type: multipart/mixed; boundary=b\n\n", $0 / 30)
        },
        Case("quoted-printable.eml") { mailHead + "Content-Transfer-Encoding: quoted-printable\n\n" + many("=41", $0) },
        Case("soft-breaks.eml") { mailHead + "Content-Transfer-Encoding: quoted-printable\n\n" + many("= ", $0) + "x" },
        Case("open-soft-breaks.eml") {
            mailHead + "Content-Transfer-Encoding: quoted-printable\n\n=" + many(" ", $0) + "x"
        },
        Case("messages.mbox") { many("From a@b Mon Jan  1 00:00:00 2024\n\nx\n\n", $0 / 20) },
    ]

    @Test(arguments: cases)
    func `four times the text takes about four times as long`(_ one: Case) async throws {
        let (once, fourfold) = (Array(one.text(10_000).utf8), Array(one.text(40_000).utf8))
        let first = try await seconds(once, one.name)
        let second = try await seconds(fourfold, one.name)
        // What is below a few hundredths of a second is noise; the clock counts what other tests do meanwhile too.
        if second < max(first, 0.05) * 9 { return }
        let again = try await (seconds(once, one.name), seconds(fourfold, one.name))
        #expect(again.1 < max(again.0, 0.05) * 9, "\(first) s, \(second) s; again \(again.0) s, \(again.1) s")
    }

    /// The processor seconds of reading a file and cutting it into passages.
    private func seconds(_ bytes: [UInt8], _ name: String) async throws -> Double {
        let start = Self.now()
        let document = try? await DocumentReader().read(bytes, name: name, mediaType: nil)
        if let document {
            // As without an embedding model.
            let cutter = PassageCutter { texts in texts.map { $0.utf8.count / 4 } }
            _ = try await cutter.passages(of: document)
        }
        return Self.now() - start
    }

    private static func now() -> Double {
        var time = timespec()
        _ = unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    @Test func `a tag keeps its first attributes, and the text around it stays as it is`() {
        let attributes = (0..<300).map { "a\($0)=\"1 > 0\"" }.joined(separator: " ")
        let page = "<p class='x'>one</p><!-- <p \(attributes)> --><p \(attributes)>two</p><script>a<b c</script>three"
        let cut = String(decoding: OverlongTags.cut(Array(page.utf8)), as: UTF8.self)
        #expect(cut.hasPrefix("<p class='x'>one</p><!-- <p \(attributes)> --><p a0=\"1 > 0\" a1="))
        #expect(cut.hasSuffix("a199=\"1 > 0\" >two</p><script>a<b c</script>three"))
        let plain = Array("<p a=1 b='>'>x</p> a < b <".utf8)
        #expect(OverlongTags.cut(plain) == plain)
    }
}
