import Core

extension SchemaParts {
    /// The keyword under which values stand that are not allowed. No schema has it: it begins with a control character.
    static let excluded = "\u{1}excluded"
    /// The keyword under which patterns stand that a text must not match.
    static let forbiddenPatterns = "\u{1}patterns"

    /// A keyword that says what else holds of some values, as alternatives of which one must be met.
    struct Condition {
        var keyword: String
        var alternatives: [JSONValue]
        /// Whether they say all that the keyword does; else it is noted, and checked.
        var isExact = true
    }

    /// `not`, `if`, `dependentRequired` and their like of a schema.
    static func conditions(_ keywords: FlatSchema) -> [Condition] {
        var conditions: [Condition] = []
        if let inner = keywords["not"] {
            let negated = negation(of: inner)
            // What is not known of it may be what holds.
            conditions.append(
                negated.isExact ? negated : Condition(keyword: "not", alternatives: [true], isExact: false))
        }
        if let test = keywords["if"], keywords["then"] != nil || keywords["else"] != nil {
            let negated = negation(of: test)
            let otherwise = negated.isExact ? negated.alternatives : [true]
            conditions.append(
                Condition(
                    keyword: "if",
                    alternatives: [["allOf": [test, keywords["then"] ?? true]]]
                        + otherwise.map { ["allOf": [$0, keywords["else"] ?? true]] },
                    isExact: negated.isExact))
        }
        for keyword in ["dependentRequired", "dependentSchemas", "dependencies"] {
            for (name, dependent) in (keywords[keyword]?.object ?? [:]).sorted(by: { $0.key < $1.key }) {
                let present: JSONValue =
                    dependent.array.map { ["type": "object", "required": .array([.string(name)] + $0)] }
                    ?? ["allOf": [dependent, ["type": "object", "required": [.string(name)]]]]
                conditions.append(Condition(keyword: keyword, alternatives: [without(name), present]))
            }
        }
        return conditions
    }

    private static func without(_ name: String) -> JSONValue {
        ["type": "object", "properties": .object([name: false])]
    }

    /// Narrows alternatives by a condition; where that is too much, the keyword is noted instead.
    mutating func narrow(
        _ result: [FlatSchema], by condition: Condition, at place: String, depth: Int
    ) throws(GrammarError) -> [FlatSchema] {
        let known = contradictions.count
        if !condition.isExact { note(condition.keyword, at: place) }
        var narrowed: [FlatSchema] = []
        for alternative in condition.alternatives {
            let flat: [FlatSchema]
            do throws(GrammarError) {
                flat = try flatten(alternative, at: "\(place)/\(condition.keyword)", depth: depth + 1)
            } catch {
                // What is too deep to be held to can still be checked; what is no schema cannot.
                guard depth > 0 || error.isTooDeep else { throw error }
                note(condition.keyword, at: place)
                return result
            }
            guard narrowed.count + result.count * flat.count <= Self.mostAlternatives else {
                note(condition.keyword, at: place)
                return result
            }
            narrowed += try product(result, flat, at: "\(place)/\(condition.keyword)")
        }
        if narrowed.isEmpty, contradictions.count == known {
            contradiction("\(condition.keyword) allows no value", at: place)
        }
        return narrowed
    }

    // MARK: What does not meet a schema

    /// What meets none of a schema, by De Morgan: something of it is not so.
    static func negation(of schema: JSONValue) -> Condition {
        guard let keywords = schema.object else {
            return Condition(keyword: "not", alternatives: schema == false ? [true] : [])
        }
        var negated = Condition(keyword: "not", alternatives: [])
        for (keyword, value) in keywords.sorted(by: { $0.key < $1.key }) where !isAnnotation(keyword) {
            if let alternatives = negation(of: keyword, value, beside: keywords) {
                negated.alternatives += alternatives.filter { $0 != false }
            } else {
                negated.isExact = false
            }
        }
        return negated
    }

    /// - Returns: nil where it cannot be said.
    private static func negation(
        of keyword: String, _ value: JSONValue, beside keywords: FlatSchema
    ) -> [JSONValue]? {
        func count(_ type: String, _ opposite: String, _ step: Int) -> [JSONValue]? {
            value.number.flatMap { Int(exactly: $0) }.map { count in
                count + step < 0 ? [] : [["type": .string(type), opposite: .integer(count + step)]]
            }
        }
        func bound(_ opposite: String) -> [JSONValue]? {
            value.number.map { _ in [["type": "number", opposite: value]] }
        }
        switch keyword {
        case "type":
            let types = value.array ?? [value]
            // Numbers that are not whole cannot be told from others.
            if types.contains("integer"), !types.contains("number") { return nil }
            let rest: [JSONValue] = ["object", "array", "string", "number", "boolean", "null"].filter {
                !types.contains($0)
            }
            return rest.isEmpty ? [] : [["type": .array(rest)]]
        case "const": return [.object([excluded: [canonical(value)]])]
        case "enum": return value.array.map { [.object([excluded: .array($0.map(canonical))])] }
        case "required": return value.array?.compactMap(\.string).map(without)
        case "properties":
            return value.object?.sorted { $0.key < $1.key }.map { name, schema in
                [
                    "type": "object", "required": [.string(name)],
                    "properties": .object([name: ["not": schema]]),
                ]
            }
        case "minimum": return bound("exclusiveMaximum")
        case "maximum": return bound("exclusiveMinimum")
        case "exclusiveMinimum": return bound("maximum")
        case "exclusiveMaximum": return bound("minimum")
        case "minLength": return count("string", "maxLength", -1)
        case "maxLength": return count("string", "minLength", 1)
        case "minItems": return count("array", "maxItems", -1)
        case "maxItems": return count("array", "minItems", 1)
        case "minProperties": return count("object", "maxProperties", -1)
        case "maxProperties": return count("object", "minProperties", 1)
        case "pattern": return value.string.map { [["type": "string", forbiddenPatterns: [.string($0)]]] }
        case "not": return [value]
        case "anyOf": return value.array.map { [["allOf": .array($0.map { ["not": $0] })]] }
        case "allOf": return value.array?.map { ["not": $0] }
        default: return nil
        }
    }

    static func isAnnotation(_ keyword: String) -> Bool {
        [
            "title", "description", "default", "example", "examples", "deprecated", "$comment", "$defs", "definitions",
            "$schema", "$id", "$anchor", "$dynamicAnchor", "$vocabulary", "readOnly", "writeOnly", "externalDocs",
            "xml",
            "discriminator", "contentEncoding", "contentMediaType", "contentSchema",
        ].contains(keyword) || keyword.hasPrefix("x-")
    }

    /// The texts of a keyword that several parts of a schema may each have said.
    static func texts(_ value: JSONValue?) -> [String] {
        value?.string.map { [$0] } ?? value?.array?.compactMap(\.string) ?? []
    }
}
