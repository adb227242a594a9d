public import Foundation

/// Any JSON value (RFC 8259). Numbers keep all their digits: whole numbers that fit are integers, others are `Double`s
/// where a `Double` holds what was written, and else stay as they were written.
public enum JSONValue: Sendable, Hashable {
    case null
    case bool(Bool)
    case integer(Int)
    case number(Double)
    /// A number that neither `Int` nor `Double` holds exactly, as JSON writes it: `18446744073709551615`.
    case digits(String)
    case string(String)
    case array([JSONValue])
    /// Boxed, so that it makes no other value larger.
    indirect case object(JSONObject)
}

extension JSONValue {
    /// Parses one JSON text.
    public init(parsing text: String) throws(JSONError) {
        try self.init(parsing: Array(text.utf8))
    }

    /// Parses one JSON text. Of two members of the same name the last one holds.
    package init(parsing bytes: consuming [UInt8], limits: JSONLimits = JSONLimits()) throws(JSONError) {
        var parser = JSONParser(bytes, limits: limits, builder: ValueBuilder())
        self = try parser.read()
    }

    /// The value that encodes as `value` does.
    public init(encoding value: some Encodable) throws {
        self = try JSONValueEncoder.value(of: value)
    }

    /// The value as `type`. Throws `DecodingError` naming the member that does not fit.
    public func decode<T: Decodable>(_ type: T.Type = T.self) throws -> T {
        try T(decoding: self)
    }

    /// The JSON text on one line, members in their order.
    public var text: String {
        String(decoding: bytes, as: UTF8.self)
    }

    /// The JSON text on one line, members sorted by name: equal values have the same one.
    package var canonicalText: String {
        var writer = JSONWriter(isSorted: true)
        writer.write(self)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// The JSON text in UTF-8.
    package var bytes: [UInt8] {
        var writer = JSONWriter()
        writer.write(self)
        return writer.bytes
    }

    /// The member of an object; nil where this is no object or has no such member.
    public subscript(key: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members[key]
    }

    public var string: String? {
        if case .string(let value) = self { value } else { nil }
    }

    public var bool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    public var integer: Int? {
        if case .integer(let value) = self { value } else { nil }
    }

    /// The strings that it holds, at whatever depth.
    package var texts: [String] {
        switch self {
        case .string(let text): [text]
        case .array(let items): items.flatMap(\.texts)
        case .object(let members): members.values.flatMap(\.texts)
        default: []
        }
    }

    /// The value of any kind of number; the nearest `Double` where none is it.
    public var number: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        case .digits(let value): Double(value)
        default: nil
        }
    }

    /// Whether it is a number without a fraction.
    package var isWhole: Bool {
        switch self {
        case .integer: true
        case .number(let value): value == value.rounded()
        case .digits(let digits): digits.utf8.allSatisfy { $0 <= UInt8(ascii: "9") && $0 != UInt8(ascii: ".") }
        default: false
        }
    }

    public var array: [JSONValue]? {
        if case .array(let value) = self { value } else { nil }
    }

    public var object: JSONObject? {
        if case .object(let value) = self { value } else { nil }
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
    public init(stringLiteral value: String) { self = .string(value) }
    public init(integerLiteral value: Int) { self = .integer(value) }
    public init(floatLiteral value: Double) { self = .number(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(JSONObject(elements))
    }
    public init(nilLiteral: ()) { self = .null }
}

extension JSONValue: Codable {
    /// For decoders that are not ours: `JSONValue(parsing:)` and `decode` read in one pass.
    public init(from decoder: any Decoder) throws {
        if let decoder = decoder as? JSONValueDecoder {
            self = decoder.value
            return
        }
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Int.self) {
            self = .integer(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([JSONValue].self) {
            self = .array(value)
        } else {
            // Such a decoder tells names in any order.
            self = .object(JSONObject(try container.decode([String: JSONValue].self)))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .digits(let value):
            guard value.utf8.count <= 38, let number = Decimal(string: value) else {
                throw EncodingError.invalidValue(
                    value,
                    EncodingError.Context(codingPath: encoder.codingPath, debugDescription: "the number is too long"))
            }
            try container.encode(number)
        case .string(let value): try container.encode(value)
        case .array(let value): try container.encode(value)
        case .object(let value):
            try container.encode(Dictionary(uniqueKeysWithValues: value.lazy.map { ($0.key, $0.value) }))
        }
    }
}

extension JSONEncoder {
    /// How every part of Squire writes JSON: one line, members sorted, slashes as they are, dates
    /// in ISO 8601.
    public static var squire: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        return encoder
    }
}

extension JSONDecoder {
    /// How every part of Squire reads JSON: dates in ISO 8601.
    public static var squire: JSONDecoder {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        return decoder
    }
}

/// Makes `JSONValue`s.
private struct ValueBuilder: JSONBuilder {
    /// One box for all objects without members.
    private let empty: JSONValue = [:]

    func scalar(_ value: JSONValue, line: Int) -> JSONValue { value }

    func list(_ values: [JSONValue], from first: Int, line: Int) -> JSONValue { .array(Array(values[first...])) }

    func object(
        _ names: [String], from firstName: Int, _ values: [JSONValue], from firstValue: Int, line: Int
    ) -> JSONValue {
        guard firstName < names.count else { return empty }
        return .object(JSONObject(names: names[firstName...], values: values[firstValue...]))
    }
}
