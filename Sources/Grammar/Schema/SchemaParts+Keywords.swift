import Core

extension SchemaParts {
    /// A schema's own keywords, in one form: `const` as `enum`, types as a list, OpenAPI 3.0's words as JSON Schema's.
    mutating func own(_ keywords: FlatSchema, at place: String) throws(GrammarError) -> FlatSchema {
        // In order, so that the same schema is always refused in the same words.
        for keyword in keywords.keys.sorted() { try check(keyword, keywords[keyword] ?? nil, at: place) }
        var flat = keywords.filter { !Self.combining.contains($0.key) && !Self.isAnnotation($0.key) }
        for keyword in flat.keys where Self.saysNothing(keyword, flat[keyword] ?? .null) { flat[keyword] = nil }
        if let type = flat["type"] {
            var types: [JSONValue] = type.array ?? [type]
            for type in types where !Self.types.contains(type) {
                throw Self.invalid("\(place)/type", "\(JSONText.text(type)) is no JSON type")
            }
            if keywords["nullable"] == true, !types.contains("null") { types.append("null") }
            flat["type"] = .array(types)
        }
        if let names = flat["required"]?.array {
            var seen: Set<JSONValue> = []
            flat["required"] = .array(names.filter { seen.insert($0).inserted })
        }
        if let values = flat["enum"]?.array {
            try spend(values.count, at: "\(place)/enum")
            flat["enum"] = .array(values.map(Self.canonical))
        }
        // Before 2020-12, a list of schemas stood in `items`, and what follows them in `additionalItems`.
        let additional = flat.removeValue(forKey: "additionalItems")
        if flat["prefixItems"] == nil, flat["items"]?.array != nil {
            flat["prefixItems"] = flat.removeValue(forKey: "items")
            flat["items"] = additional
        }
        if let constant = flat.removeValue(forKey: "const").map(Self.canonical) {
            flat["enum"] = flat["enum"]?.array.map { $0.contains(constant) ? [constant] : [] } ?? [constant]
        }
        for (exclusive, inclusive) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
            guard case .bool(let isExclusive)? = flat[exclusive] else { continue }
            flat[exclusive] = isExclusive ? flat.removeValue(forKey: inclusive) : nil
        }
        return flat
    }

    static let types: [JSONValue] = ["object", "array", "string", "integer", "number", "boolean", "null"]

    /// Keywords that are taken apart: what they say comes to stand in the schemas they lead to.
    private static let combining: Set<String> = [
        "$ref", "$dynamicRef", "$recursiveRef", "allOf", "anyOf", "oneOf", "not", "if", "then", "else",
        "dependentRequired", "dependentSchemas", "dependencies",
    ]

    /// Whether a keyword with this value allows everything.
    private static func saysNothing(_ keyword: String, _ value: JSONValue) -> Bool {
        switch keyword {
        case "uniqueItems": value == false
        case "minProperties": value == 0
        case "patternProperties": value == [:]
        case "propertyNames": value == true || value == [:]
        default: false
        }
    }

    // MARK: Values of keywords

    /// - Throws: `schemaInvalid` where a keyword's value is none that it can have: what is skipped would not be enforced.
    private func check(_ keyword: String, _ value: JSONValue, at place: String) throws(GrammarError) {
        guard let kind = Self.kinds[keyword] else { return }
        guard Self.isOf(kind, value) else {
            throw Self.invalid("\(place)/\(keyword)", "expected \(kind.rawValue), not \(Self.shown(value))")
        }
        if kind == .members, let wrong = value.object?.filter({ !Self.isSchema($0.value) }).keys.min() {
            throw Self.invalid(
                "\(place)/\(keyword)/\(Self.escaped(wrong))", "a schema is an object or a truth value")
        }
        if kind == .schemas || kind == .items, let wrong = value.array?.firstIndex(where: { !Self.isSchema($0) }) {
            throw Self.invalid("\(place)/\(keyword)/\(wrong)", "a schema is an object or a truth value")
        }
    }

    enum Kind: String {
        case text = "a text"
        case flag = "true or false"
        case number = "a number"
        case limit = "a number, or true or false"
        case count = "a whole number that is not negative"
        case step = "a number over zero"
        case values = "a list of values"
        case names = "a list of names"
        case types = "a type or a list of types"
        case schema = "a schema"
        case schemas = "a list of schemas"
        case items = "a schema or a list of schemas"
        case members = "an object of schemas"
    }

    static let kinds: [String: Kind] = [
        "type": .types, "enum": .values, "nullable": .flag, "required": .names, "properties": .members,
        "patternProperties": .members, "additionalProperties": .schema, "propertyNames": .schema,
        "minProperties": .count, "maxProperties": .count, "prefixItems": .schemas, "items": .items,
        "additionalItems": .schema, "contains": .schema, "minContains": .count, "maxContains": .count,
        "minItems": .count, "maxItems": .count, "uniqueItems": .flag, "minLength": .count, "maxLength": .count,
        "pattern": .text, "format": .text, "minimum": .number, "maximum": .number, "exclusiveMinimum": .limit,
        "exclusiveMaximum": .limit, "multipleOf": .step, "not": .schema, "if": .schema, "then": .schema,
        "else": .schema, "unevaluatedProperties": .schema, "unevaluatedItems": .schema,
    ]

    static func isOf(_ kind: Kind, _ value: JSONValue) -> Bool {
        switch kind {
        // Where several parts of a schema each say one, they stand in a list, which no schema is written with.
        case .text: value.string != nil
        case .flag: value.bool != nil
        case .number: value.number?.isFinite == true
        case .limit: value.number?.isFinite == true || value.bool != nil
        case .count: value.number.map { $0 >= 0 && $0 == $0.rounded() } ?? false
        case .step: value.number.map { $0 > 0 && $0.isFinite } ?? false
        case .values: value.array != nil
        case .names: value.array?.allSatisfy { $0.string != nil } ?? false
        case .types: value.string != nil || value.array?.isEmpty == false
        case .schema: isSchema(value)
        case .schemas: value.array != nil
        case .items: isSchema(value) || value.array != nil
        case .members: value.object != nil
        }
    }

    private static func isSchema(_ value: JSONValue) -> Bool { value.object != nil || value.bool != nil }

    /// A value in a message: one that is long would hide what is said of it.
    private static func shown(_ value: JSONValue) -> String {
        switch value {
        case .array: "a list"
        case .object: "an object"
        default: String(JSONText.text(value).prefix(40))
        }
    }
}
