import Core

/// Turns a JSON Schema (2020-12, and OpenAPI's subset of it) into an expression of its instances, as `JSONText` writes
/// them. Members come in a fixed order: required ones as `required` lists them, then the others by name, then additional
/// ones; JSON gives their order no meaning, and a fixed one leaves less to guess.
struct SchemaCompiler {
    var rules: RuleSet
    var parts: SchemaParts
    /// Rules of `$ref` targets, by pointer: what makes recursion end.
    private var references: [String: Int] = [:]
    /// Rules of merged schemas with references among their parts, for the same reason.
    private var merged: [JSONValue: Int] = [:]
    private var anyRule: Int?
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
        // A reference alone is a rule of its own, which may contain itself.
        if let pointer = schema["$ref"]?.string, schema.object?.keys.allSatisfy(Self.saysNothing) == true {
            return try reference(pointer, at: place)
        }
        // So is what was merged with one.
        guard schema.object?.count == 1, schema["allOf"]?.array?.contains(where: { $0["$ref"] != nil }) == true else {
            return try alternatives(of: schema, at: place)
        }
        if let known = merged[schema] { return .rule(known) }
        let rule = rules.reserve(place)
        merged[schema] = rule
        rules.rules[rule] = try alternatives(of: schema, at: place)
        return .rule(rule)
    }

    private mutating func alternatives(of schema: JSONValue, at place: String) throws(GrammarError) -> Expression {
        var choices: [Expression] = []
        for flat in try parts.flatten(schema, at: place) { choices.append(try expression(of: flat, at: place)) }
        return choices.count == 1 ? choices[0] : .choice(choices)
    }

    /// Whether a keyword beside a reference leaves its target as it is.
    private static func saysNothing(_ keyword: String) -> Bool {
        [
            "$ref", "title", "description", "default", "example", "examples", "deprecated", "$comment", "$defs",
            "definitions", "$schema", "$id", "readOnly", "writeOnly",
        ].contains(keyword) || keyword.hasPrefix("x-")
    }

    private mutating func reference(_ pointer: String, at place: String) throws(GrammarError) -> Expression {
        if let known = references[pointer] { return .rule(known) }
        let target = try parts.target(of: pointer, at: place)
        let rule = rules.reserve(pointer)
        references[pointer] = rule
        rules.rules[rule] = try expression(for: target, at: pointer)
        return .rule(rule)
    }

    private mutating func expression(of flat: FlatSchema, at place: String) throws(GrammarError) -> Expression {
        if let values = flat["enum"]?.array {
            var allowed: [JSONValue] = []
            for value in values where try SchemaCheck.isInstance(value, of: flat, at: place, &parts) {
                allowed.append(value)
            }
            if allowed.isEmpty, !values.isEmpty {
                parts.contradiction("no value of enum is what the other keywords ask for", at: place)
            }
            return .choice(allowed.map { .literal(JSONText.text($0)) })
        }
        let types = flat["type"]?.array?.compactMap(\.string) ?? Self.impliedType(flat)
        guard let types else { return any() }
        var choices: [Expression] = []
        for type in types where !(type == "integer" && types.contains("number")) {
            choices.append(try expression(of: type, flat, at: place))
        }
        return choices.count == 1 ? choices[0] : .choice(choices)
    }

    /// What a schema without a type is about, as those who write one mean it: strictly, it would allow all other types.
    private static func impliedType(_ flat: FlatSchema) -> [String]? {
        let hints: [(String, [String])] = [
            ("object", ["properties", "required", "additionalProperties"]),
            ("array", ["items", "prefixItems", "minItems", "maxItems"]),
            ("string", ["minLength", "maxLength", "pattern", "format"]),
            ("number", ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]),
        ]
        let implied = hints.filter { _, keywords in keywords.contains { flat[$0] != nil } }.map(\.0)
        return implied.isEmpty ? nil : implied
    }

    private mutating func expression(
        of type: String, _ flat: FlatSchema, at place: String
    ) throws(GrammarError) -> Expression {
        switch type {
        case "object": return try object(flat, at: place)
        case "array": return try array(flat, at: place)
        case "string": return string(flat, at: place)
        case "integer", "number": return number(flat, isInteger: type == "integer", at: place)
        case "boolean": return .choice([.literal("true"), .literal("false")])
        default: return .literal("null")
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

    private static func list(_ item: Expression, least: Int = 1, most: Int? = nil) -> Expression {
        .sequence([
            item,
            .repeated(.sequence([.literal(", "), item]), least: max(0, least - 1), most: most.map { $0 - 1 }),
        ])
    }

    // MARK: Objects

    private mutating func object(_ flat: FlatSchema, at place: String) throws(GrammarError) -> Expression {
        let properties = flat["properties"]?.object ?? [:]
        let required = flat["required"]?.array?.compactMap(\.string) ?? []
        // Where members are declared, others are written only if the schema says so.
        let additional = flat["additionalProperties"] ?? .bool(properties.isEmpty && required.isEmpty)
        let order = required + properties.keys.filter { !required.contains($0) }.sorted()
        var members: [(expression: Expression, isRequired: Bool)] = []
        for key in order {
            let keyPlace = SchemaParts.place(of: key, at: place)
            let schema = try SchemaCheck.member(key, flat) ?? true
            let isRequired = required.contains(key)
            // An optional member that nothing can be is never written.
            if schema == false, !isRequired { continue }
            let value = try expression(for: schema, at: keyPlace)
            members.append((.sequence([.literal("\"\(JSONText.inside(key))\": "), value]), isRequired))
        }
        var extra: Expression?
        if additional != false {
            let value = try expression(for: additional, at: "\(place)/additionalProperties")
            extra = .sequence([JSONText.string(except: order), .literal(": "), value])
        }
        return .sequence([.literal("{"), chain(members, extra), .literal("}")])
    }

    /// Members with commas between them. Rules share what may follow, with something written before and without.
    private mutating func chain(
        _ members: [(expression: Expression, isRequired: Bool)], _ extra: Expression?
    ) -> Expression {
        let comma = Expression.literal(", ")
        var first = extra.map { Expression.optional(Self.list($0)) } ?? .empty
        var later = extra.map { Expression.repeated(.sequence([comma, $0]), least: 0, most: nil) } ?? .empty
        for (member, isRequired) in members.reversed() {
            let then = share(later)
            let begun = Expression.sequence([member, then])
            let added = Expression.sequence([comma, member, then])
            first = isRequired ? begun : .choice([begun, first])
            later = isRequired ? added : .choice([added, then])
        }
        return first
    }

    private mutating func share(_ expression: Expression) -> Expression {
        if expression == .empty { return expression }
        let rule = rules.reserve("members")
        rules.rules[rule] = expression
        return .rule(rule)
    }

    // MARK: Arrays

    /// A length or number of items, as far as one can be reached.
    private static func count(_ value: JSONValue?) -> Int? {
        value?.number.map { Int(min(max(0, $0), 1e9)) }
    }

    private mutating func array(_ flat: FlatSchema, at place: String) throws(GrammarError) -> Expression {
        var prefix: [Expression] = []
        for (index, schema) in (flat["prefixItems"]?.array ?? []).enumerated() {
            prefix.append(try expression(for: schema, at: "\(place)/prefixItems/\(index)"))
        }
        let rest = flat["items"] ?? true
        let item = rest == false ? .never : try expression(for: rest, at: "\(place)/items")
        let least = Self.count(flat["minItems"]) ?? 0
        let most = Self.count(flat["maxItems"])
        if let most, most < least {
            parts.contradiction("minItems \(least) is over maxItems \(most)", at: place)
            return .never
        }
        let comma = Expression.literal(", ")
        if prefix.isEmpty {
            if most == 0 { return .literal("[]") }
            let some = Self.list(item, least: least, most: most)
            return .sequence([.literal("["), least == 0 ? .optional(some) : some, .literal("]")])
        }
        var tail = Expression.repeated(
            .sequence([comma, item]), least: max(0, least - prefix.count), most: most.map { max(0, $0 - prefix.count) })
        for index in prefix.indices.reversed() {
            let here = Expression.sequence([index == 0 ? .empty : comma, prefix[index], tail])
            tail = most.map { index >= $0 } ?? false ? .empty : index >= least ? .optional(here) : here
        }
        return .sequence([.literal("["), tail, .literal("]")])
    }

    // MARK: Scalars

    private mutating func string(_ flat: FlatSchema, at place: String) -> Expression {
        let least = Self.count(flat["minLength"]) ?? 0
        let most = Self.count(flat["maxLength"])
        if let most, most < least {
            parts.contradiction("minLength \(least) is over maxLength \(most)", at: place)
            return .never
        }
        var shape: Expression?
        if let pattern = flat["pattern"]?.string {
            shape = Pattern.expression(pattern)
            if shape == nil { parts.note("pattern", at: place) }
        }
        if let format = flat["format"]?.string, !StringFormat.isAnnotation(format) {
            if shape == nil, let known = StringFormat.expression(format) {
                shape = known
            } else {
                parts.note("format", at: place)
            }
        }
        guard let shape else { return JSONText.string(least: least, most: most) }
        if least > 0 { parts.note("minLength", at: place) }
        if most != nil { parts.note("maxLength", at: place) }
        return JSONText.quoted(shape)
    }
}
