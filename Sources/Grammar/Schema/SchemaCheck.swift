import Core

/// Whether a constant is an instance of the schema it stands in.
enum SchemaCheck {
    /// - Parameter parts: takes schemas apart, and notes what is not enforced.
    /// - Throws: `schemaInvalid`.
    static func isInstance(
        _ value: JSONValue, of flat: FlatSchema, at place: String, _ parts: inout SchemaParts
    ) throws(GrammarError) -> Bool {
        if let types = flat["type"]?.array, !types.contains(where: { isOf($0.string ?? "", value) }) { return false }
        if let values = flat["enum"]?.array, !values.contains(value) { return false }
        switch value {
        case .integer(let whole): return isWithin(Double(whole), flat)
        case .number(let number): return isWithin(number, flat)
        case .string(let text): return try isText(text, flat, at: place, &parts)
        case .array(let items):
            guard isWithin(items.count, flat, "minItems", "maxItems") else { return false }
            let listed = flat["prefixItems"]?.array ?? []
            for (index, item) in items.enumerated() {
                guard let schema = index < listed.count ? listed[index] : flat["items"] else { continue }
                let itemPlace = index < listed.count ? "\(place)/prefixItems/\(index)" : "\(place)/items"
                guard try isInstance(item, ofSchema: schema, at: itemPlace, &parts) else { return false }
            }
        case .object(let members):
            let required = flat["required"]?.array?.compactMap(\.string) ?? []
            guard required.allSatisfy({ members[$0] != nil }) else { return false }
            for (name, member) in members {
                guard let schema = try self.member(name, flat) else { continue }
                let memberPlace = SchemaParts.place(of: name, at: place)
                guard try isInstance(member, ofSchema: schema, at: memberPlace, &parts) else { return false }
            }
        case .null, .bool: break
        }
        return true
    }

    /// What is asked of a member: what is declared, else what patterns of names say, else what is said of additional ones.
    static func member(_ name: String, _ flat: FlatSchema) throws(GrammarError) -> JSONValue? {
        if let declared = flat["properties"]?[name] { return declared }
        var schemas: [JSONValue] = []
        for (pattern, schema) in (flat["patternProperties"]?.object ?? [:]).sorted(by: { $0.key < $1.key }) {
            guard let shape = Pattern.expression(pattern) else { return nil }
            if try matches(name, shape) { schemas.append(schema) }
        }
        return schemas.isEmpty ? flat["additionalProperties"] : ["allOf": .array(schemas)]
    }

    private static func isInstance(
        _ value: JSONValue, ofSchema schema: JSONValue, at place: String, _ parts: inout SchemaParts
    ) throws(GrammarError) -> Bool {
        for flat in try parts.flatten(schema, at: place) where try isInstance(value, of: flat, at: place, &parts) {
            return true
        }
        return false
    }

    private static func isOf(_ type: String, _ value: JSONValue) -> Bool {
        switch (type, value) {
        case ("object", .object), ("array", .array), ("string", .string), ("boolean", .bool), ("null", .null),
            ("number", .integer), ("number", .number), ("integer", .integer):
            true
        case ("integer", .number(let number)): number == number.rounded()
        default: false
        }
    }

    private static func isWithin(_ number: Double, _ flat: FlatSchema) -> Bool {
        if let least = flat["minimum"]?.number, number < least { return false }
        if let most = flat["maximum"]?.number, number > most { return false }
        if let under = flat["exclusiveMinimum"]?.number, number <= under { return false }
        if let over = flat["exclusiveMaximum"]?.number, number >= over { return false }
        guard let step = flat["multipleOf"]?.number, step > 0 else { return true }
        // Decimals are not exact in binary.
        let times = number / step
        return abs(times - times.rounded()) <= abs(times) * 1e-12
    }

    private static func isWithin(_ count: Int, _ flat: FlatSchema, _ least: String, _ most: String) -> Bool {
        Double(count) >= flat[least]?.number ?? 0 && Double(count) <= flat[most]?.number ?? .infinity
    }

    private static func isText(
        _ text: String, _ flat: FlatSchema, at place: String, _ parts: inout SchemaParts
    ) throws(GrammarError) -> Bool {
        guard isWithin(text.unicodeScalars.count, flat, "minLength", "maxLength") else { return false }
        if let pattern = flat["pattern"]?.string {
            if let shape = Pattern.expression(pattern) {
                guard try matches(text, shape) else { return false }
            } else {
                parts.note("pattern", at: place)
            }
        }
        if let format = flat["format"]?.string, !StringFormat.isAnnotation(format) {
            if let shape = StringFormat.expression(format) { return try matches(text, shape) }
            parts.note("format", at: place)
        }
        return true
    }

    private static func matches(_ text: String, _ shape: Expression) throws(GrammarError) -> Bool {
        guard let program = try Program(RuleSet(), root: shape) else { return false }
        var machine = ByteMachine(program)
        var state = machine.start
        for byte in JSONText.inside(text).utf8 { state = machine.next(state, byte) }
        return machine.mayEnd(state)
    }
}
