import Core

/// The plainest value a schema admits, for what neither the question nor the model gives.
enum MinimalValue {
    static func of(_ schema: JSONValue) -> JSONValue {
        if let fallback = schema["default"], ValueCheck.verdict(on: fallback, schema) != .invalid { return fallback }
        if let first = schema["enum"]?.array?.first { return first }
        if let only = schema["const"] { return only }
        switch schema["type"]?.string ?? schema["type"]?.array?.compactMap(\.string).first {
        case "integer", "number":
            let least = schema["minimum"]?.number ?? schema["exclusiveMinimum"]?.number.map { $0 + 1 } ?? 0
            let most = schema["maximum"]?.number ?? schema["exclusiveMaximum"]?.number.map { $0 - 1 } ?? .infinity
            return NumberFilling.json(min(max(0, least), most))
        case "boolean": return false
        case "null": return .null
        case "array":
            let count = schema["minItems"]?.integer ?? 0
            return .array(Array(repeating: of(schema["items"] ?? [:]), count: min(count, 16)))
        case "object":
            let required = schema["required"]?.array?.compactMap(\.string) ?? []
            return .object(
                Dictionary(
                    required.map { ($0, of(schema["properties"]?[$0] ?? [:])) }, uniquingKeysWith: { first, _ in first }
                ))
        default: return .string(String(repeating: "-", count: schema["minLength"]?.integer ?? 0))
        }
    }
}
