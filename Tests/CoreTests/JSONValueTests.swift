import Core
import Foundation
import Testing

struct JSONValueTests {
    @Test func `a whole number comes back as it was written, one with a fraction as a fraction`() throws {
        let value = try JSONValue(parsing: #"{"big": 9007199254740993, "half": 0.5, "none": null, "yes": true}"#)
        #expect(value["big"] == .integer(9_007_199_254_740_993))
        #expect(value["half"] == .number(0.5))
        #expect(value["none"] == .null)
        #expect(value["yes"] == .bool(true))
        #expect(value.text == #"{"big":9007199254740993,"half":0.5,"none":null,"yes":true}"#)
    }

    @Test(arguments: ["", "{", "{\"a\":}", "nul"])
    func `a text that is not JSON is refused`(text: String) {
        #expect(throws: JSONError.self) { try JSONValue(parsing: text) }
    }
}
