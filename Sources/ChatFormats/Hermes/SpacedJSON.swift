import Core

/// Writes JSON as the chat templates of models do (Python's `json.dumps`): on one line, with a space after each comma and
/// colon. `Constraint.schema` writes the same form, so that what a model wrote is read again token by token.
enum SpacedJSON {
    /// A JSON Schema, its keywords in the order people write them in.
    ///
    /// - Parameter order: the names of its properties in the order they were declared in, where that is known.
    static func text(ofSchema schema: JSONValue, order: [String] = []) -> String {
        guard case .object(let members) = schema else { return text(schema) }
        let keywords = leading.filter { members[$0] != nil }
        let keys = keywords + members.keys.filter { !keywords.contains($0) }.sorted()
        return object(
            keys.map { key in
                let value = members[key] ?? .null
                switch (key, value) {
                case ("properties", .object(let properties)):
                    let names = Set(order) == Set(properties.keys) ? order : names(of: properties, schema)
                    return (key, object(names.map { ($0, text(ofSchema: properties[$0] ?? true)) }))
                case ("anyOf", .array(let parts)), ("oneOf", .array(let parts)), ("allOf", .array(let parts)):
                    return (key, list(parts.map { text(ofSchema: $0) }))
                case ("items", _), ("additionalProperties", _), ("not", _): return (key, text(ofSchema: value))
                default: return (key, text(value))
                }
            })
    }

    /// An instance of a schema, its members in the order a generated one has: required ones first.
    static func text(_ value: JSONValue, of schema: JSONValue = true) -> String {
        switch value {
        case .object(let members):
            object(
                names(of: members, schema).map { name in
                    (name, text(members[name] ?? .null, of: schema["properties"]?[name] ?? true))
                })
        case .array(let items): list(items.map { text($0, of: schema["items"] ?? true) })
        default: value.text
        }
    }

    private static let leading = ["type", "enum", "items", "description", "properties", "required"]

    private static func names(of members: JSONObject, _ schema: JSONValue) -> [String] {
        let required = schema["required"]?.array?.compactMap(\.string).filter { members[$0] != nil } ?? []
        let first = Set(required)
        return required + members.keys.filter { !first.contains($0) }.sorted()
    }

    private static func object(_ members: [(name: String, text: String)]) -> String {
        "{" + members.map { "\(JSONValue.string($0.name).text): \($0.text)" }.joined(separator: ", ") + "}"
    }

    private static func list(_ items: [String]) -> String { "[" + items.joined(separator: ", ") + "]" }
}
