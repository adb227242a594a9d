package import Core
package import Foundation

/// A request's `id`. It goes back as it came; a number that is not a 64-bit integer is kept exactly.
package enum RPCID: Sendable, Hashable {
    case string(String)
    case integer(Int)
    case decimal(Decimal)
    case null
}

extension RPCID {
    /// The identifier as a JSON value, for a member such as `request`.
    package var value: JSONValue {
        switch self {
        case .string(let value): .string(value)
        case .integer(let value): .integer(value)
        case .decimal(let value): .number((value as NSDecimalNumber).doubleValue)
        case .null: .null
        }
    }

    /// The identifier that a JSON value is; nil where it is none.
    package init?(_ value: JSONValue) {
        switch value {
        case .string(let value): self = .string(value)
        case .integer(let value): self = .integer(value)
        case .number(let value): self = .decimal(Decimal(value))
        case .null: self = .null
        case .bool, .array, .object: return nil
        }
    }
}

extension RPCID: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let value = try? container.decode(Int.self) {
            self = .integer(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if container.decodeNil() {
            self = .null
        } else {
            self = .decimal(try container.decode(Decimal.self))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .string(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .decimal(let value): try container.encode(value)
        case .null: try container.encodeNil()
        }
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
        case .decimal(let value): "\(value)"
        case .null: "null"
        }
    }
}
