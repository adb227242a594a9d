package import Core

/// A request's `id`. It goes back as it came; a number that is not a 64-bit integer is kept exactly.
package enum RPCID: Sendable, Hashable {
    case string(String)
    case integer(Int)
    /// As it was written.
    case digits(String)
    /// One with a fraction.
    case decimal(Double)
    case null
}

extension RPCID {
    /// The identifier as a JSON value, for a member such as `request`.
    package var value: JSONValue {
        switch self {
        case .string(let value): .string(value)
        case .integer(let value): .integer(value)
        case .digits(let value): .digits(value)
        case .decimal(let value): .number(value)
        case .null: .null
        }
    }

    /// The identifier that a JSON value is; nil where it is none.
    package init?(_ value: JSONValue) {
        switch value {
        case .string(let value): self = .string(value)
        case .integer(let value): self = .integer(value)
        case .digits(let value): self = .digits(value)
        case .number(let value): self = .decimal(value)
        case .null: self = .null
        case .bool, .array, .object: return nil
        }
    }
}

extension RPCID: Codable {
    package init(from decoder: any Decoder) throws {
        let value = try JSONValue(from: decoder)
        guard let id = RPCID(value) else {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(
                    codingPath: decoder.codingPath, debugDescription: "must be a string, a number or null"))
        }
        self = id
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(value)
    }
}

extension RPCID: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral {
    package init(integerLiteral value: Int) { self = .integer(value) }
    package init(stringLiteral value: String) { self = .string(value) }
}

extension RPCID: CustomStringConvertible {
    package var description: String {
        switch self {
        case .string(let value): "\"\(value)\""
        case .integer(let value): "\(value)"
        case .digits(let value): value
        case .decimal(let value): "\(value)"
        case .null: "null"
        }
    }
}
