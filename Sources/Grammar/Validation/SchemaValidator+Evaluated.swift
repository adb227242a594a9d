import Core

/// What `unevaluatedProperties` and `unevaluatedItems` leave alone: parts of a value that some schema which the value meets
/// has looked at (JSON Schema 2020-12, section 11).
extension SchemaValidator {
    /// The names of members that a schema, or one it is combined with, looks at.
    mutating func evaluatedMembers(
        _ members: JSONObject, _ schema: JSONValue, at place: Place, isInner: Bool = false
    ) -> Set<String> {
        guard let keywords = schema.object, enter() else { return [] }
        defer { leave() }
        var names = Set(members.keys.filter { keywords["properties"]?[$0] != nil })
        for pattern in (keywords["patternProperties"]?.object ?? [:]).keys.sorted() {
            names.formUnion(
                members.keys.filter { takes($0, "pattern \(pattern)", { Pattern.shape(pattern) }) ?? false })
        }
        // These look at all that is left.
        if keywords["additionalProperties"] != nil || (isInner && keywords["unevaluatedProperties"] != nil) {
            return Set(members.keys)
        }
        for part in combined(.object(members), keywords, at: place) {
            names.formUnion(evaluatedMembers(members, part, at: place, isInner: true))
        }
        return names
    }

    /// The places of items that a schema, or one it is combined with, looks at.
    mutating func evaluatedItems(
        _ value: JSONValue, _ schema: JSONValue, _ items: [JSONValue], at place: Place, isInner: Bool = false
    ) -> Set<Int> {
        guard let keywords = schema.object, enter() else { return [] }
        defer { leave() }
        let listed = keywords["items"]?.array
        if keywords["items"]?.array == nil, keywords["items"] != nil { return Set(items.indices) }
        if listed != nil, keywords["additionalItems"] != nil { return Set(items.indices) }
        if isInner, keywords["unevaluatedItems"] != nil { return Set(items.indices) }
        var places = Set(items.indices.prefix((keywords["prefixItems"]?.array ?? listed ?? []).count))
        if let wanted = keywords["contains"] {
            for index in items.indices where fits(items[index], wanted, at: place) { places.insert(index) }
        }
        for part in combined(value, keywords, at: place) {
            places.formUnion(evaluatedItems(value, part, items, at: place, isInner: true))
        }
        return places
    }

    /// The schemas that a schema is combined with and that the value meets.
    private mutating func combined(_ value: JSONValue, _ keywords: JSONObject, at place: Place) -> [JSONValue] {
        var found: [JSONValue] = []
        for keyword in Self.references {
            if let pointer = keywords[keyword]?.string, let target = target(of: pointer) { found.append(target) }
        }
        found += keywords["allOf"]?.array ?? []
        for keyword in ["anyOf", "oneOf"] {
            for part in keywords[keyword]?.array ?? [] where fits(value, part, at: place) { found.append(part) }
        }
        if let condition = keywords["if"] {
            let holds = fits(value, condition, at: place)
            if holds { found.append(condition) }
            if let part = keywords[holds ? "then" : "else"] { found.append(part) }
        }
        for (name, part) in keywords["dependentSchemas"]?.object ?? [:] where value[name] != nil { found.append(part) }
        return found
    }
}
