import Foundation

extension Decodable {
    /// Reads a value out of JSON, as `JSONDecoder.squire` would out of its text.
    ///
    /// - Throws: `DecodingError` with a description made for people.
    package init(decoding value: JSONValue) throws {
        self = try JSONValueDecoder(value: value, codingPath: []).decode(Self.self)
    }
}

/// One value inside the JSON that is being read, and the way to it.
struct JSONValueDecoder: Decoder {
    var value: JSONValue
    var codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard case .object(let members) = value else { throw mismatch(JSONObject.self, "an object") }
        return KeyedDecodingContainer(JSONObjectDecoder<Key>(members: members, codingPath: codingPath))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard case .array(let elements) = value else { throw mismatch([JSONValue].self, "a list") }
        return JSONArrayDecoder(elements: elements, codingPath: codingPath)
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer { self }

    func child(_ value: JSONValue, _ key: any CodingKey) -> JSONValueDecoder {
        JSONValueDecoder(value: value, codingPath: codingPath + [key])
    }

    /// The error that says what was expected here and what is there.
    func mismatch(_ type: any Any.Type, _ expected: String) -> DecodingError {
        let found =
            switch value {
            case .null: "null"
            case .bool: "true or false"
            case .integer, .number, .digits: "a number"
            case .string: "a string"
            case .array: "a list"
            case .object: "an object"
            }
        return .typeMismatch(
            type,
            DecodingError.Context(codingPath: codingPath, debugDescription: "expected \(expected), found \(found)"))
    }
}

extension JSONValueDecoder: SingleValueDecodingContainer {
    func decodeNil() -> Bool { value == .null }

    func decode(_ type: Bool.Type) throws -> Bool {
        guard case .bool(let value) = value else { throw mismatch(type, "true or false") }
        return value
    }

    func decode(_ type: String.Type) throws -> String {
        guard case .string(let value) = value else { throw mismatch(type, "a string") }
        return value
    }

    func decode(_ type: Double.Type) throws -> Double {
        guard let number = value.number else { throw mismatch(type, "a number") }
        return number
    }

    func decode(_ type: Float.Type) throws -> Float { Float(try decode(Double.self)) }
    func decode(_ type: Int.Type) throws -> Int { try integer(type) }
    func decode(_ type: Int8.Type) throws -> Int8 { try integer(type) }
    func decode(_ type: Int16.Type) throws -> Int16 { try integer(type) }
    func decode(_ type: Int32.Type) throws -> Int32 { try integer(type) }
    func decode(_ type: Int64.Type) throws -> Int64 { try integer(type) }
    func decode(_ type: UInt.Type) throws -> UInt { try integer(type) }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try integer(type) }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try integer(type) }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try integer(type) }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try integer(type) }

    func decode<T: Decodable>(_ type: T.Type) throws -> T {
        if let whole = value as? T { return whole }
        // The types that JSONDecoder reads in its own way.
        let special: (any Decodable)? =
            if type == Date.self {
                try date()
            } else if type == URL.self {
                try url()
            } else if type == Decimal.self {
                try decimal()
            } else {
                nil
            }
        if let special = special as? T { return special }
        return try T(from: self)
    }

    private func integer<T: FixedWidthInteger>(_ type: T.Type) throws -> T {
        guard let number = value.number else { throw mismatch(type, "a whole number") }
        let exact: T? =
            switch value {
            case .integer(let whole): T(exactly: whole)
            case .digits(let digits): T(digits)
            default: T(exactly: number)
            }
        guard let exact else {
            let range = number == number.rounded() ? " from \(T.min) to \(T.max)" : ""
            throw DecodingError.dataCorrupted(
                DecodingError.Context(
                    codingPath: codingPath, debugDescription: "expected a whole number\(range), found \(value.text)"))
        }
        return exact
    }

    private func date() throws -> Date {
        guard case .string(let text) = value, let date = try? Date(text, strategy: .iso8601) else {
            throw mismatch(Date.self, "an ISO 8601 time such as 2026-06-21T12:00:00Z")
        }
        return date
    }

    private func url() throws -> URL {
        guard case .string(let text) = value, let url = URL(string: text) else { throw mismatch(URL.self, "a URL") }
        return url
    }

    private func decimal() throws -> Decimal {
        switch value {
        case .integer(let value): Decimal(value)
        case .number(let value): Decimal(value)
        case .digits(let digits) where Decimal(string: digits) != nil: Decimal(string: digits) ?? 0
        default: throw mismatch(Decimal.self, "a number")
        }
    }
}
