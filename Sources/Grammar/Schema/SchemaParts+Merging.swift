import Core

extension SchemaParts {
    mutating func product(
        _ left: [FlatSchema], _ right: [FlatSchema], at place: String
    ) throws(GrammarError) -> [FlatSchema] {
        try checkCount(left.count * right.count, at: place)
        var merged: [FlatSchema] = []
        for first in left {
            for second in right {
                try spend(1 + Self.size(first) + Self.size(second), at: place)
                if let both = merge(first, second, at: place) { merged.append(both) }
            }
        }
        return merged
    }

    /// How many things there are to look at when it is merged.
    private static func size(_ flat: FlatSchema) -> Int {
        (flat["properties"]?.object?.count ?? 0) + (flat["required"]?.array?.count ?? 0)
            + (flat["prefixItems"]?.array?.count ?? 0) + (flat["enum"]?.array?.count ?? 0)
    }

    /// The schema of what meets both; nil where their types exclude each other.
    private mutating func merge(_ left: FlatSchema, _ right: FlatSchema, at place: String) -> FlatSchema? {
        var merged = left
        for (keyword, value) in right where !Self.nested.contains(keyword) {
            guard let old = merged[keyword], old != value else {
                merged[keyword] = value
                continue
            }
            switch keyword {
            case "type":
                let types = Self.common(old.array ?? [], value.array ?? [])
                if types.isEmpty {
                    contradiction("its parts ask for types that exclude each other", at: place)
                    return nil
                }
                merged[keyword] = .array(types)
            case "enum":
                let values = Set(value.array ?? [])
                merged[keyword] = .array((old.array ?? []).filter(values.contains))
            case "required":
                let known = Set(old.array ?? [])
                merged[keyword] = .array((old.array ?? []) + (value.array ?? []).filter { !known.contains($0) })
            case "minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties":
                merged[keyword] = value.isLess(than: old) ? old : value
            case "maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties":
                merged[keyword] = old.isLess(than: value) ? old : value
            case "pattern", "format", "multipleOf", Self.excluded, Self.forbiddenPatterns:
                let known = old.array ?? [old]
                merged[keyword] = .array(known + (value.array ?? [value]).filter { !known.contains($0) })
            case "uniqueItems": merged[keyword] = true
            case "propertyNames": merged[keyword] = Self.all([old, value])
            case "patternProperties":
                merged[keyword] = .object(
                    (old.object ?? [:]).merging(value.object ?? [:]) { Self.all([$0, $1]) ?? true })
            case "contains", "minContains", "maxContains": note("contains", at: place)
            default: merged[keyword] = value
            }
        }
        mergeMembers(left, right, into: &merged)
        mergeItems(left, right, into: &merged)
        return merged
    }

    /// Keywords whose schemas are about a value's parts.
    private static let nested: Set<String> = ["properties", "additionalProperties", "prefixItems", "items"]

    /// The schema of what meets all of these. Each part stands in it once, so that a recursion through it ends.
    private static func all(_ schemas: [JSONValue?]) -> JSONValue? {
        var parts: [JSONValue] = []
        if schemas.contains(false) { return false }
        for schema in schemas {
            guard let schema, schema != true else { continue }
            let inner = schema.object?.count == 1 ? schema["allOf"]?.array : nil
            for part in inner ?? [schema] where !parts.contains(part) { parts.append(part) }
        }
        if parts.isEmpty { return schemas.compactMap { $0 }.first }
        return parts.count == 1 ? parts[0] : ["allOf": .array(parts)]
    }

    /// An item that one side has a place for must meet what the other asks of the rest.
    private func mergeItems(_ left: FlatSchema, _ right: FlatSchema, into merged: inout FlatSchema) {
        merged["items"] = Self.all([left["items"], right["items"]])
        let (first, second) = (left["prefixItems"]?.array ?? [], right["prefixItems"]?.array ?? [])
        if first.isEmpty && second.isEmpty { return }
        merged["prefixItems"] = .array(
            (0..<max(first.count, second.count)).map { index in
                Self.all([
                    index < first.count ? first[index] : left["items"],
                    index < second.count ? second[index] : right["items"],
                ]) ?? true
            })
    }

    /// A member that one side declares must meet what the other asks of additional ones.
    private func mergeMembers(_ left: FlatSchema, _ right: FlatSchema, into merged: inout FlatSchema) {
        let (first, second) = (left["properties"]?.object ?? [:], right["properties"]?.object ?? [:])
        if !first.isEmpty || !second.isEmpty {
            var members: FlatSchema = [:]
            for key in first.keys + second.keys where members[key] == nil {
                members[key] =
                    Self.all([first[key] ?? left["additionalProperties"], second[key] ?? right["additionalProperties"]])
                    ?? true
            }
            merged["properties"] = .object(members)
        }
        merged["additionalProperties"] = Self.all([left["additionalProperties"], right["additionalProperties"]])
    }

    static func common(_ left: [JSONValue], _ right: [JSONValue]) -> [JSONValue] {
        var types: [JSONValue] = []
        for type in left {
            if right.contains(type) || (type == "integer" && right.contains("number")) {
                types.append(type)
            } else if type == "number", right.contains("integer") {
                types.append("integer")
            }
        }
        return types
    }
}
