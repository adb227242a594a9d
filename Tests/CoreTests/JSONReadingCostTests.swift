import Core
import ProcessorTime
import Testing

/// What it costs to read a text that is bad for a reader. These compute for seconds, one after the other.
@Suite(.serialized)
struct JSONReadingCostTests {
    struct Text: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var make: @Sendable () -> String
    }

    private static let size = 16 << 20

    private static func filled(_ text: String, around: (String, String) = ("[", "0]")) -> String {
        around.0 + String(repeating: text, count: size / text.utf8.count) + around.1
    }

    /// Texts of 16 MiB, each bad for one part of a reader.
    static let worst: [Text] = [
        Text(testDescription: "numbers") { filled("0,") },
        Text(testDescription: "empty objects") { filled("{},") },
        Text(testDescription: "objects") { filled("{\"a\":0},") },
        Text(testDescription: "lists of one") { filled("[0],") },
        Text(testDescription: "deep lists") {
            filled("\(String(repeating: "[", count: 500))\(String(repeating: "]", count: 500)),")
        },
        Text(testDescription: "deep objects") {
            filled("\(String(repeating: "{\"a\":", count: 500))1\(String(repeating: "}", count: 500)),")
        },
        Text(testDescription: "names") {
            "{\((0..<1_400_000).map { "\"\($0)\":0" }.joined(separator: ","))}"
        },
        Text(testDescription: "one name") { filled("\"abc\":0,", around: ("{", "\"a\":0}")) },
        Text(testDescription: "escapes") { filled("\\u0041", around: ("[\"", "\"]")) },
        Text(testDescription: "surrogates") { filled("\\ud83d\\ude00", around: ("[\"", "\"]")) },
        Text(testDescription: "decimals") { filled("0.12345678901234567,") },
        Text(testDescription: "exponents") { filled("1.7e-308,") },
        Text(testDescription: "long numbers") { filled("\(String(repeating: "7", count: 999)),") },
        Text(testDescription: "one number") { filled("7", around: ("", "")) },
        Text(testDescription: "one fraction") { filled("7", around: ("0.", "")) },
        Text(testDescription: "words") { filled("true,") },
        Text(testDescription: "accents") { filled("e\u{301}", around: ("[\"", "\"]")) },
        Text(testDescription: "an accented name") { filled("\u{301}", around: ("{\"a", "\":0}")) },
        Text(testDescription: "space") { filled("\n ", around: ("[", "]")) },
        Text(testDescription: "an open string") { filled("x", around: ("\"", "")) },
    ]

    @Test(arguments: worst)
    func `16 MiB of the worst JSON take less than a second of processor time`(_ one: Text) {
        let text = Array(one.make().utf8)
        let seconds = processorSeconds { _ = try? JSONValue(parsing: text) }
        // A debug build on a shared machine: 16 MiB take 1.7 to 3 s here, in release 0.4 to 1.1 s. What is quadratic takes minutes.
        #expect(seconds < 6, "\(seconds) s")
    }
}
