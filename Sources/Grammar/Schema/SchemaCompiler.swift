import Core

/// Turns a JSON Schema (2020-12, and OpenAPI's subset of it) into an expression of its instances, as `JSONText` writes
/// them. Members come in a fixed order: required ones as `required` lists them, then the others by name, then additional
/// ones; JSON gives their order no meaning, and a fixed one leaves less to guess.
struct SchemaCompiler {
    var rules: RuleSet
    var parts: SchemaParts
    /// Rules of `$ref` targets, by pointer: what makes recursion end.
    private var references: [String: Int] = [:]
    /// Rules of schemas with references among what they combine, for the same reason.
    private var merged: [JSONValue: Int] = [:]
    /// Rules that nothing belongs to.
    private var impossible: Set<Int> = []
    /// Rules of numbers, by their bounds, and of multiples.
    var ranges: [NumberRange: Int] = [:]
    var steps: [Int: Int] = [:]
    private var anyRule: Int?
    private var anyTextRule: Int?
    private var unusualRule: Int?
    /// Rules of texts' insides, by what is asked of them.
    var texts: [SizedText: Expression] = [:]
    private var depth = 0

    private static let mostDepth = 64

    /// - Parameters:
    ///   - document: where references lead.
    ///   - rules: to add to.
    init(document: JSONValue, rules: RuleSet) {
        parts = SchemaParts(document: document)
        self.rules = rules
    }

    /// Keywords that are not enforced, each with its place.
    var unenforced: Set<String> { parts.unenforced }

    /// Why nothing is allowed, where that is so.
    var contradictions: [String] { parts.contradictions }

    /// - Parameter place: a JSON pointer, for messages.
    /// - Throws: `schemaInvalid`.
    mutating func expression(for schema: JSONValue, at place: String) throws(GrammarError) -> Expression {
        depth += 1
        defer { depth -= 1 }
        guard depth < Self.mostDepth else {
            throw SchemaParts.invalid(place, "schemas are nested more than \(Self.mostDepth) deep")
        }
        try parts.spend(10, at: place)
        let contradictions = parts.contradictions.count
        let expression = try self.expression(ofPart: schema, at: place)
        // What contradicts itself in something that may be left out is no reason for what is found elsewhere.
        if parts.contradictions.count > contradictions, isPossible(expression) {
            parts.forgetContradictions(after: contradictions)
        }
        return expression
    }

    private mutating func expression(ofPart schema: JSONValue, at place: String) throws(GrammarError) -> Expression {
        // A reference alone is a rule of its own, which may contain itself.
        if let pointer = schema["$ref"]?.string, schema.object?.keys.allSatisfy(Self.saysNothing) == true {
            return try reference(pointer, at: place)
        }
        // So is what is combined with one.
        guard Self.refers(schema) else { return try alternatives(of: schema, at: place) }
        if let known = merged[schema] { return .rule(known) }
        let rule = rules.reserve(place)
        merged[schema] = rule
        return finish(rule, try alternatives(of: schema, at: place))
    }

    private mutating func finish(_ rule: Int, _ expression: Expression) -> Expression {
        rules.rules[rule] = expression
        if !isPossible(expression) { impossible.insert(rule) }
        return .rule(rule)
    }

    /// Whether anything may belong to an expression, as far as is known before all rules are.
    private func isPossible(_ expression: Expression) -> Bool {
        RuleSet.isProductive(expression) { !impossible.contains($0) }
    }

    /// Whether a schema is put together of references and others.
    private static func refers(_ schema: JSONValue) -> Bool {
        if schema["$ref"] != nil { return true }
        return ["allOf", "anyOf", "oneOf"].contains { schema[$0]?.array?.contains(where: refers) ?? false }
    }

    private mutating func alternatives(of schema: JSONValue, at place: String) throws(GrammarError) -> Expression {
        var choices: [Expression] = []
        for flat in try parts.flatten(schema, at: place) { choices.append(try expression(of: flat, at: place)) }
        return choices.count == 1 ? choices[0] : .factored(choices)
    }

    /// Whether a keyword beside a reference leaves its target as it is.
    private static func saysNothing(_ keyword: String) -> Bool {
        keyword == "$ref" || SchemaParts.isAnnotation(keyword)
    }

    private mutating func reference(_ pointer: String, at place: String) throws(GrammarError) -> Expression {
        if let known = references[pointer] { return .rule(known) }
        let target = try parts.target(of: pointer, at: "\(place)/$ref")
        let rule = rules.reserve(pointer)
        references[pointer] = rule
        return finish(rule, try expression(for: target, at: pointer))
    }

    private mutating func expression(of flat: FlatSchema, at place: String) throws(GrammarError) -> Expression {
        if let values = flat["enum"]?.array {
            var allowed: [JSONValue] = []
            for value in values where try SchemaCheck.isInstance(value, of: flat, at: place, &parts) {
                allowed.append(value)
            }
            if values.isEmpty {
                parts.contradiction("an empty list allows no value", at: "\(place)/enum")
            } else if allowed.isEmpty {
                parts.contradiction("no value of enum is what the other keywords ask for", at: place)
            }
            return .factored(try allowed.map { value throws(GrammarError) in try literal(value, at: place) })
        }
        let types = flat["type"]?.array?.compactMap(\.string) ?? Self.impliedType(flat)
        guard let types else {
            if flat[SchemaParts.excluded] != nil { parts.note("not", at: place) }
            return any()
        }
        var choices: [Expression] = []
        for type in types where !(type == "integer" && types.contains("number")) {
            choices.append(try expression(of: type, flat, at: place))
        }
        return choices.count == 1 ? choices[0] : .choice(choices)
    }

    private mutating func literal(_ value: JSONValue, at place: String) throws(GrammarError) -> Expression {
        let text = JSONText.text(value)
        try parts.spend(text.utf8.count, at: place)
        return .literal(text)
    }

    /// What a schema without a type is about, as those who write one mean it: strictly, it would allow all other types.
    private static func impliedType(_ flat: FlatSchema) -> [String]? {
        let hints: [(String, [String])] = [
            (
                "object",
                [
                    "properties", "required", "additionalProperties", "patternProperties", "propertyNames",
                    "minProperties", "maxProperties", "unevaluatedProperties",
                ]
            ),
            (
                "array",
                ["items", "prefixItems", "minItems", "maxItems", "uniqueItems", "contains", "unevaluatedItems"]
            ),
            ("string", ["minLength", "maxLength", "pattern", "format"]),
            ("number", ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]),
        ]
        let implied = hints.filter { _, keywords in keywords.contains { flat[$0] != nil } }.map(\.0)
        return implied.isEmpty ? nil : implied
    }

    private mutating func expression(
        of type: String, _ flat: FlatSchema, at place: String
    ) throws(GrammarError) -> Expression {
        let excluded = flat[SchemaParts.excluded]?.array ?? []
        switch type {
        case "object", "array", "integer", "number":
            let isOfType: (JSONValue) -> Bool = { value in
                switch value {
                case .object: type == "object"
                case .array: type == "array"
                case .string, .bool, .null: false
                default: type == "integer" || type == "number"
                }
            }
            if excluded.contains(where: isOfType) { parts.note("not", at: place) }
            if type == "object" { return try object(flat, at: place) }
            if type == "array" { return try array(flat, at: place) }
            return try number(flat, isInteger: type == "integer", at: place)
        case "string": return try string(flat, at: place)
        default:
            let all: [JSONValue] = type == "boolean" ? [true, false] : [nil]
            let allowed = all.filter { !excluded.contains($0) }
            if allowed.isEmpty { parts.contradiction("not allows no \(type)", at: place) }
            return .choice(allowed.map { .literal($0.text) })
        }
    }

    // MARK: Anything

    private mutating func any() -> Expression {
        if let anyRule { return .rule(anyRule) }
        let rule = rules.reserve("any value")
        anyRule = rule
        let string = JSONText.string(least: 0, most: nil)
        let value = Expression.rule(rule)
        let member = Expression.sequence([string, .literal(": "), value])
        rules.rules[rule] = .choice([
            string, NumberRange(isInteger: false).expression, .literal("true"), .literal("false"), .literal("null"),
            .sequence([.literal("["), .optional(Self.list(value)), .literal("]")]),
            .sequence([.literal("{"), .optional(Self.list(member)), .literal("}")]),
        ])
        return .rule(rule)
    }

    static func list(_ item: Expression, least: Int = 1, most: Int? = nil) -> Expression {
        .sequence([
            item,
            .repeated(.sequence([.literal(", "), item]), least: max(0, least - 1), most: most.map { $0 - 1 }),
        ])
    }

    /// The inside of any string.
    var anyText: Expression {
        mutating get {
            let rule = anyTextRule ?? rules.reserve("any text")
            anyTextRule = rule
            rules.rules[rule] = .repeated(JSONText.character, least: 0, most: nil)
            return .rule(rule)
        }
    }

    /// A character of a string that is not plain ASCII.
    var unusualCharacter: Expression {
        mutating get {
            let rule = unusualRule ?? rules.reserve("any other character")
            unusualRule = rule
            rules.rules[rule] = JSONText.written(JSONText.plainASCII.complement)
            return .rule(rule)
        }
    }

    // MARK: Strings

    /// A length or number of items, as far as one can be reached.
    static func count(_ value: JSONValue?) -> Int? {
        value?.number.map { Int(min(max(0, $0), 1e9)) }
    }

    private mutating func string(_ flat: FlatSchema, at place: String) throws(GrammarError) -> Expression {
        let text = try textShape(flat, at: place)
        guard let inside = try expression(of: text, at: place) else { return .never }
        return JSONText.quoted(inside)
    }
}
