import Core
import Foundation
import Testing

struct JSONObjectTests {
    private static let text = #"{"zebra":1,"apple":{"y":[{"b":1,"a":2}],"x":null},"mango":"m"}"#

    @Test func `what was read is written in the order it had`() throws {
        let value = try JSONValue(parsing: Self.text)
        #expect(value.text == Self.text)
        #expect(value.object?.keys == ["zebra", "apple", "mango"])
        #expect(value.object?.values.last == "m")
    }

    @Test func `the canonical text has sorted members, so that equal objects have the same one`() throws {
        let value = try JSONValue(parsing: Self.text)
        #expect(value.canonicalText == #"{"apple":{"x":null,"y":[{"a":2,"b":1}]},"mango":"m","zebra":1}"#)
        let other = try JSONValue(parsing: value.canonicalText)
        #expect(other == value && other.text != value.text && other.canonicalText == value.canonicalText)
    }

    // An object of more than 16 members finds them by their hashes, a smaller one by looking at each.
    @Test(arguments: [2, 15, 16, 17, 40])
    func `objects with the same members are equal in any order and have the same hash`(count: Int) {
        let members = (0..<count).map { ("name \($0)", JSONValue.array([.integer($0)])) }
        let object = JSONObject(members)
        let reversed = JSONObject(members.reversed())
        #expect(object == reversed && object.hashValue == reversed.hashValue)
        #expect(JSONValue.object(object) == .object(reversed))
        #expect(object.keys == reversed.keys.reversed())
        var other = reversed
        other["name 1"] = 0
        #expect(object != other)
        other["name 1"] = nil
        #expect(object != other && other.count == count - 1)
        other["another name"] = [1]
        #expect(object != other)
    }

    @Test func `a member that is set keeps its place, and a new one stands at the end`() {
        var object: JSONObject = ["c": 1, "a": 2, "b": 3]
        object["a"] = 4
        object["d"] = 5
        object["c"] = nil
        object["c"] = 6
        #expect(JSONValue.object(object).text == #"{"a":4,"b":3,"d":5,"c":6}"#)
        #expect(object.removeValue(forKey: "b") == 3 && object.removeValue(forKey: "b") == nil)
        #expect(object.updateValue(7, forKey: "d") == 5 && object.updateValue(8, forKey: "e") == nil)
        #expect(object.map { "\($0.key)\($0.value.text)" } == ["a4", "d7", "c6", "e8"])
    }

    @Test func `objects are filtered, mapped and merged in their order`() {
        let object: JSONObject = ["c": 1, "a": 2, "b": 3]
        #expect(object.filter { $0.value != 2 }.keys == ["c", "b"])
        #expect(JSONValue.object(object.mapValues { [$0] }).text == #"{"c":[1],"a":[2],"b":[3]}"#)
        let merged = object.merging(["d": 4, "a": 5]) { [$0, $1] }
        #expect(JSONValue.object(merged).text == #"{"c":1,"a":[2,5],"b":3,"d":4}"#)
    }

    @Test func `of members of one name the last holds, and a dictionary's members are sorted`() {
        #expect(JSONValue.object(JSONObject([("b", 1), ("a", 2), ("b", 3)])).text == #"{"b":3,"a":2}"#)
        let dictionary = Dictionary(uniqueKeysWithValues: (10..<40).map { ("\($0)", JSONValue.null) })
        #expect(JSONObject(dictionary).keys == (10..<40).map(String.init))
    }

    @Test func `what is encoded has sorted members, and a value in it keeps its order`() throws {
        struct Outer: Codable, Equatable {
            var second: JSONValue
            var first: [String: Int]
        }
        let outer = Outer(second: ["y": 1, "x": 2], first: ["b": 1, "a": 2, "c": 3])
        let value = try JSONValue(encoding: outer)
        #expect(value.text == #"{"first":{"a":2,"b":1,"c":3},"second":{"y":1,"x":2}}"#)
        #expect(try value.decode(Outer.self) == outer)
        #expect(try value.decode(Outer.self).second.text == #"{"y":1,"x":2}"#)
    }

    @Test func `other coders write and read objects too`() throws {
        let value: JSONValue = ["b": ["d": 1, "c": [true, nil]], "a": [:]]
        let data = try JSONEncoder.squire.encode(value)
        #expect(String(decoding: data, as: UTF8.self) == value.canonicalText)
        let read = try JSONDecoder.squire.decode(JSONValue.self, from: data)
        #expect(read == value && read.text == value.canonicalText)
    }

    @Test func `300,000 members keep their order in linear time`() throws {
        let text = "{" + (0..<300_000).map { "\"p\($0 * 7919 % 300_000)\":\($0)" }.joined(separator: ",") + "}"
        let bytes = Array(text.utf8)
        var written = ""
        let seconds = try processorSeconds { written = try JSONValue(parsing: bytes).text }
        #expect(written == text)
        #expect(seconds < 3)
    }

    @Test func `a value takes at most 24 bytes, that of an object among them`() {
        #expect(MemoryLayout<JSONValue>.stride <= 24)
    }
}
