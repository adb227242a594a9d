import Core
import Foundation
import Testing

/// The processor seconds that this thread spends in `body`.
func processorSeconds(_ body: () throws -> Void) rethrows -> Double {
    func now() -> Double {
        var time = timespec()
        _ = unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
    let start = now()
    try body()
    return now() - start
}

@Suite("Parsing JSON")
struct JSONParserTests {
    private func problem(_ text: String, limits: JSONLimits = JSONLimits()) -> JSONError? {
        do {
            _ = try JSONValue(parsing: Array(text.utf8), limits: limits)
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: [
        "", " ", "[1,]", "{\"a\":1,}", "[1 2]", "{\"a\" 1}", "{a:1}", "{'a':1}", "[01]", "[-]", "[1.]", "[.5]",
        "[1e]", "[+1]", "[0x1]", "[NaN]", "[Infinity]", "[True]", "nul", "truee", "[1]]", "\"", "\"a", "[\"\t\"]",
        "[\"\\x\"]", "[\"\\u12g4\"]", "[\"\\ud800\"]", "[\"\\ud800x\"]", "[\"\\ud800\\u0041\"]", "[\"\\udc00\"]",
        "\"\\", "\"\\u", "\"\\u00", "\"\\ud83d\\u", "[\"\u{1}\"]", "/* */1", "[1]//", "\u{FEFF}", "[1e999]",
    ])
    func `what RFC 8259 does not allow is refused`(_ text: String) {
        #expect(problem(text) != nil)
    }

    @Test func `broken UTF-8 is refused, in names too`() {
        for bytes in [[0x22, 0xFF, 0x22], [0x22, 0xC3, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22]] as [[UInt8]] {
            #expect(throws: JSONError.self) { try JSONValue(parsing: bytes) }
            #expect(throws: JSONError.self) { try JSONValue(parsing: Array("{".utf8) + bytes + Array(":1}".utf8)) }
        }
    }

    @Test func `escapes, surrogate pairs and every kind of space are read; a byte order mark is passed over`() throws {
        let text = "\u{FEFF} {\t\"a\\u0041\\n\\/\\\"\" :\r\n [ \"\\ud83d\\ude00é\" , true,false ,null,{},[] ] } "
        #expect(
            try JSONValue(parsing: text) == ["aA\n/\"": ["😀é", true, false, nil, [:], []]])
    }

    @Test func `the error names the byte and the line`() throws {
        let error = try #require(problem("{\n  \"a\": 1,\n  \"b\": tru\n}"))
        #expect(error.line == 3)
        #expect(error.offset == 19)
        #expect(error.message == "there is a word that is none of true, false and null, at byte 19 in line 3")
    }

    @Test func `of two members of one name the last holds, in the first one's place, and a reader that asks is told`()
        throws
    {
        let text = "{\"b\": 1, \"a\": 2,\n \"b\": 3}"
        #expect(try JSONValue(parsing: text) == ["a": 2, "b": 3])
        #expect(try JSONValue(parsing: text).text == #"{"b":3,"a":2}"#)
        let (value, repeated) = try JSONValue.parse(Array(text.utf8))
        #expect(value.text == #"{"b":3,"a":2}"#)
        #expect(repeated == [RepeatedName(name: "b", line: 2)])
    }

    @Test(arguments: [
        ("9223372036854775807", "9223372036854775807"), ("-9223372036854775808", "-9223372036854775808"),
        ("9223372036854775808", "9223372036854775808"), ("12345678901234567890", "12345678901234567890"),
        ("18446744073709551615", "18446744073709551615"),
        ("-18446744073709551616", "-18446744073709551616"),
        ("123456789012345678901234567890123456789012345", "123456789012345678901234567890123456789012345"),
        ("1194382957162758225", "1194382957162758225"), ("9007199254740993.0", "9007199254740993"),
        ("0.1234567890123456789", "0.1234567890123456789"), ("0.1", "0.1"), ("-0.5e-3", "-0.0005"),
        ("1.7e-308", "1.7e-308"), ("0.12345678901234567", "0.12345678901234567"), ("1e-400", "1e-400"),
        ("1.0", "1"), ("1e3", "1000"), ("1.5E+2", "150"), ("0", "0"),
        ("0.30000000000000004", "0.30000000000000004"),
    ])
    func `no number loses a digit`(_ written: String, _ expected: String) throws {
        let value = try JSONValue(parsing: "[\(written)]")
        #expect(value.text == "[\(expected)]")
        #expect(try JSONValue(parsing: value.text) == value)
    }

    @Test func `large numbers reach what they are decoded as, whole or not at all`() throws {
        #expect(try JSONValue(parsing: "18446744073709551615").decode(UInt64.self) == .max)
        #expect(throws: DecodingError.self) { try JSONValue(parsing: "18446744073709551616").decode(UInt64.self) }
        #expect(throws: DecodingError.self) { try JSONValue(parsing: "9223372036854775808").decode(Int.self) }
        #expect(try JSONValue(encoding: [UInt64.max]).text == "[18446744073709551615]")
        let value = try JSONValue(parsing: #"{"id":18446744073709551615}"#)
        #expect(try JSONValue(encoding: ["a": value]).text == #"{"a":{"id":18446744073709551615}}"#)
    }

    @Test func `nesting, values and bytes are bounded, and the error says by what`() {
        let deep = String(repeating: "[", count: 100_000)
        #expect(problem(deep)?.code == .beyondLimit)
        #expect(problem(String(repeating: "{\"a\":", count: 100_000))?.reason.contains("512") == true)
        #expect(problem(String(repeating: "[", count: 512) + String(repeating: "]", count: 512)) == nil)
        #expect(problem("[0,0,0]", limits: JSONLimits(values: 3))?.reason == "there are more than 3 values")
        #expect(problem("[0,0]", limits: JSONLimits(values: 3)) == nil)
        #expect(problem("[0,0]", limits: JSONLimits(bytes: 4))?.code == .beyondLimit)
    }

    @Test func `writing what was read is linear too, and a line break or a control never stands in it as itself`()
        throws
    {
        let text = "a\"\\\n\t\u{1}\u{7F}\u{85}\u{9B}\u{200F}\u{202E}\u{2028}\u{2066}é😀\u{200D}"
        let written = JSONValue.string(text).text
        #expect(
            written == "\"a\\\"\\\\\\n\\t\\u0001\\u007f\\u0085\\u009b\\u200f\\u202e\\u2028\\u2066é😀\u{200D}\"")
        #expect(try JSONValue(parsing: written) == .string(text))
        let long = JSONValue.array(
            Array(repeating: ["a": .string(String(repeating: "\u{202E}", count: 10))], count: 100_000))
        #expect(processorSeconds { _ = long.text } < 2)
    }

    @Test func `a list of strings decoded and encoded again is the same, with dates and nested values`() throws {
        struct Sample: Codable, Hashable {
            var date = Date(timeIntervalSince1970: 1_700_000_000)
            var numbers = [0.5, -3]
            var small: Float = 0.1
            var nested = ["a": ["b": [1, 2]]]
            var missing: Int?
            var url = URL(string: "https://example.com/a?b=c")
        }
        let value = try JSONValue(encoding: Sample())
        let theirs = try JSONEncoder.squire.encode(Sample())
        #expect(value.text == String(decoding: theirs, as: UTF8.self))
        #expect(try value.decode(Sample.self) == Sample())
    }
}
