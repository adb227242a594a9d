import Foundation
import Testing

@testable import Core

struct JSONEscapesTests {
    @Test func `what nobody sees is written as escapes, and the values stay`() throws {
        let texts = [
            "a\u{9b}2J\u{7f}", "\u{202e}x\u{2066}", "\u{e0041}\u{e0100}", "soft\u{ad}\u{200d}\u{feff}",
            "é 東 👍 \u{1b}\n\"\\",
        ]
        let value = JSONValue.array(texts.map(JSONValue.string))
        let json = JSONEscapes.escaped(value.text)
        #expect(try JSONValue(parsing: json) == value)
        #expect(
            json.unicodeScalars.allSatisfy {
                $0.value >= 0x20 && !(0x7f...0x9f).contains($0.value) && !$0.properties.isDefaultIgnorableCodePoint
                    && !(0x202a...0x202e).contains($0.value) && !(0x2066...0x2069).contains($0.value)
            })
        #expect(json.contains(#"\u009b2J\u007f"#) && json.contains(#"\udb40\udc41"#) && json.contains("é 東 👍"))
        #expect(JSONEscapes.escaped(#"{"a":"b"}"#) == #"{"a":"b"}"#)
    }
}
