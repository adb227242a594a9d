import Foundation

/// A JSON value that is no container.
enum Scalar: Sendable, Hashable, Encodable {
    case string(String)
    case integer(Int)
    case number(Double)
    case boolean(Bool)

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .string(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .boolean(let value): try container.encode(value)
        }
    }

    /// Its JSON text, which is YAML as well.
    var json: String {
        // Encoding can fail only on a number JSON has no text for (infinity); no operation answers with one.
        (try? JSONEncoder.almanac.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "null"
    }
}

extension Scalar: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByBooleanLiteral
{
    init(stringLiteral value: String) { self = .string(value) }
    init(integerLiteral value: Int) { self = .integer(value) }
    init(floatLiteral value: Double) { self = .number(value) }
    init(booleanLiteral value: Bool) { self = .boolean(value) }
}

/// What an operation answers: a flat JSON object, and in it one English sentence that says all of it.
struct Answer: Sendable, Hashable, Encodable {
    var members: [String: Scalar]

    /// - Parameters:
    ///   - summary: a sentence with every figure in it.
    ///   - members: those that are nil are left out.
    init(_ summary: String, _ members: [String: Scalar?]) {
        self.members = members.compactMapValues { $0 }
        self.members["summary"] = .string(summary)
    }

    func encode(to encoder: any Encoder) throws {
        try members.encode(to: encoder)
    }
}

extension JSONEncoder {
    static var almanac: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }
}
