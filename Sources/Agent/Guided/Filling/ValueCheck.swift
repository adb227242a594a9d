import Core
import Foundation

/// Whether a value is what a schema asks for, as far as that can be said without its more powerful keywords.
enum ValueCheck {
    enum Verdict: Sendable, Hashable {
        case valid
        case invalid
        /// The schema says more than is checked here: the model has to write the value under it.
        case unknown
    }

    private static let plain: Set<String> = [
        "type", "enum", "const", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
        "minLength",
        "maxLength", "items", "minItems", "maxItems", "properties", "required", "additionalProperties",
        // What says nothing of a value's form.
        "description", "title", "default", "example", "examples", "deprecated", "readOnly", "writeOnly", "nullable",
        "optional", "$schema", "$id", "$comment", "$defs", "definitions", "x-squire-aliases", "strict",
    ]

    static func verdict(on value: JSONValue, _ schema: JSONValue) -> Verdict {
        guard let keywords = schema.object else { return schema == .bool(false) ? .invalid : .valid }
        if let values = schema["enum"]?.array, !values.contains(value) { return .invalid }
        if let only = schema["const"], only != value { return .invalid }
        if !isOfType(value, schema["type"]) { return .invalid }
        if !isWithin(value, schema) { return .invalid }
        var verdict = keywords.keys.allSatisfy { plain.contains($0) || $0.hasPrefix("x-") } ? Verdict.valid : .unknown
        func take(_ part: Verdict) {
            if part == .invalid || verdict == .valid { verdict = part }
        }
        if let items = value.array {
            for item in items { take(self.verdict(on: item, schema["items"] ?? true)) }
        }
        if let members = value.object {
            let required = schema["required"]?.array?.compactMap(\.string) ?? []
            if !required.allSatisfy({ members[$0] != nil }) { return .invalid }
            for (name, member) in members {
                take(self.verdict(on: member, schema["properties"]?[name] ?? schema["additionalProperties"] ?? true))
            }
        }
        return verdict
    }

    private static func isOfType(_ value: JSONValue, _ type: JSONValue?) -> Bool {
        let types = type?.string.map { [$0] } ?? type?.array?.compactMap(\.string) ?? []
        return types.isEmpty
            || types.contains { type in
                switch (type, value) {
                case ("string", .string), ("boolean", .bool), ("integer", .integer), ("number", .integer),
                    ("number", .number), ("array", .array), ("object", .object), ("null", .null):
                    true
                default: false
                }
            }
    }

    private static func isWithin(_ value: JSONValue, _ schema: JSONValue) -> Bool {
        func holds(_ keyword: String, _ isKept: (Double) -> Bool) -> Bool {
            schema[keyword]?.number.map(isKept) ?? true
        }
        switch value {
        case .integer, .number:
            let number = value.number ?? 0
            return holds("minimum") { number >= $0 } && holds("maximum") { number <= $0 }
                && holds("exclusiveMinimum") { number > $0 } && holds("exclusiveMaximum") { number < $0 }
                && holds("multipleOf") { abs((number / $0).rounded() * $0 - number) < 1e-9 }
        case .string(let text):
            let count = Double(text.unicodeScalars.count)
            return holds("minLength") { count >= $0 } && holds("maxLength") { count <= $0 }
        case .array(let items):
            let count = Double(items.count)
            return holds("minItems") { count >= $0 } && holds("maxItems") { count <= $0 }
        default: return true
        }
    }
}
