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
        if let values = flat[SchemaParts.excluded]?.array, values.contains(value) { return false }
        switch value {
        case .integer, .number, .digits: return isNumberWithin(value, flat)
        case .string(let text): return try isText(text, flat, at: place, &parts)
        case .array(let items):
            guard isWithin(items.count, flat, "minItems", "maxItems") else { return false }
            if flat["uniqueItems"] == true, Set(items).count < items.count { return false }
            if let kind = flat["contains"] {
                var found = 0
                for item in items where try isInstance(item, ofSchema: kind, at: "\(place)/contains", &parts) {
                    found += 1
                }
                let least = flat["minContains"]?.number ?? 1
                guard Double(found) >= least, Double(found) <= flat["maxContains"]?.number ?? .infinity else {
                    return false
                }
            }
            let listed = flat["prefixItems"]?.array ?? []
            for (index, item) in items.enumerated() {
                guard let schema = index < listed.count ? listed[index] : flat["items"] else { continue }
                let itemPlace = index < listed.count ? "\(place)/prefixItems/\(index)" : "\(place)/items"
                guard try isInstance(item, ofSchema: schema, at: itemPlace, &parts) else { return false }
            }
        case .object(let members):
            let required = flat["required"]?.array?.compactMap(\.string) ?? []
            guard required.allSatisfy({ members[$0] != nil }),
                isWithin(members.count, flat, "minProperties", "maxProperties")
            else { return false }
            if let names = flat["propertyNames"] {
                for name in members.keys {
                    guard try isInstance(.string(name), ofSchema: names, at: "\(place)/propertyNames", &parts) else {
                        return false
                    }
                }
            }
            for (name, member) in members {
                guard let schema = try self.member(name, flat, at: place, &parts) else { continue }
                let memberPlace = SchemaParts.place(of: name, at: place)
                guard try isInstance(member, ofSchema: schema, at: memberPlace, &parts) else { return false }
            }
        case .null, .bool: break
        }
        return true
    }

    /// What is asked of a member: what is declared, else what patterns of names say, else what is said of additional ones.
    static func member(
        _ name: String, _ flat: FlatSchema, at place: String, _ parts: inout SchemaParts
    ) throws(GrammarError) -> JSONValue? {
        if let declared = flat["properties"]?[name] { return declared }
        guard let patterns = flat["patternProperties"]?.object else { return rest(flat) }
        var schemas: [JSONValue] = []
        for (pattern, schema) in patterns.sorted(by: { $0.key < $1.key }) {
            let matcher = try parts.matcher("pattern \(pattern)", at: place) { Pattern.shape(pattern) }
            try parts.spend(1 + name.utf8.count / 16, at: place)
            guard let isMatch = matcher?.takes(name) else {
                parts.note("patternProperties", at: place)
                return nil
            }
            if isMatch { schemas.append(schema) }
        }
        return schemas.isEmpty ? rest(flat) : ["allOf": .array(schemas)]
    }

    /// What is asked of members that are not declared. All that was combined has been merged, so that what is left over
    /// is what nothing looks at.
    static func rest(_ flat: FlatSchema) -> JSONValue? {
        flat["additionalProperties"] ?? flat["unevaluatedProperties"]
    }

    static func isInstance(
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
            ("number", .integer), ("number", .number), ("number", .digits), ("integer", .integer):
            true
        case ("integer", _): value.isWhole
        default: false
        }
    }

    private static func isNumberWithin(_ value: JSONValue, _ flat: FlatSchema) -> Bool {
        if let least = flat["minimum"], value.isLess(than: least) { return false }
        if let most = flat["maximum"], most.isLess(than: value) { return false }
        if let under = flat["exclusiveMinimum"], !under.isLess(than: value) { return false }
        if let over = flat["exclusiveMaximum"], !value.isLess(than: over) { return false }
        return (flat["multipleOf"]?.array ?? flat["multipleOf"].map { [$0] } ?? []).allSatisfy(value.isMultiple)
    }

    private static func isWithin(_ count: Int, _ flat: FlatSchema, _ least: String, _ most: String) -> Bool {
        Double(count) >= flat[least]?.number ?? 0 && Double(count) <= flat[most]?.number ?? .infinity
    }

    private static func isText(
        _ text: String, _ flat: FlatSchema, at place: String, _ parts: inout SchemaParts
    ) throws(GrammarError) -> Bool {
        guard isWithin(text.unicodeScalars.count, flat, "minLength", "maxLength") else { return false }
        for pattern in SchemaParts.texts(flat["pattern"]) {
            let matcher = try parts.matcher("pattern \(pattern)", at: place) { Pattern.shape(pattern) }
            if try !takes(text, matcher, "pattern", at: place, &parts) { return false }
        }
        for pattern in SchemaParts.texts(flat[SchemaParts.forbiddenPatterns]) {
            let matcher = try parts.matcher("pattern \(pattern)", at: place) { Pattern.shape(pattern) }
            if matcher?.takes(text) == true { return false }
        }
        for format in SchemaParts.texts(flat["format"]) where StringFormat.shape(format) != nil {
            let matcher = try parts.matcher("format \(format)", at: place) { StringFormat.shape(format) }
            if try !takes(text, matcher, "format", at: place, &parts) { return false }
        }
        return true
    }

    /// Whether a text is what a keyword asks for; the keyword is noted where that cannot be said.
    private static func takes(
        _ text: String, _ matcher: TextMatcher?, _ keyword: String, at place: String, _ parts: inout SchemaParts
    ) throws(GrammarError) -> Bool {
        try parts.spend(1 + text.utf8.count / 16, at: place)
        guard let isTaken = matcher?.takes(text) else {
            parts.note(keyword, at: place)
            return true
        }
        return isTaken
    }
}
