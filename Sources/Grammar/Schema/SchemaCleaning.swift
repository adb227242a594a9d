package import Core

/// Takes out of a schema what no reader of JSON Schema can make anything of, as many that are sent have some: members that
/// are null, `"required": true`, types in capitals.
package enum SchemaCleaning {
    private static let mostDepth = 64

    /// - Returns: the schema without it, and the places of what was taken out. Null, which is no value here, is not told.
    package static func cleaned(_ schema: JSONValue) -> (schema: JSONValue, ignored: [String]) {
        var ignored: [String] = []
        let cleaned = clean(schema, at: "", depth: 0, &ignored)
        return (cleaned, ignored)
    }

    private static func clean(_ schema: JSONValue, at place: String, depth: Int, _ ignored: inout [String]) -> JSONValue
    {
        guard case .object(let keywords) = schema, depth < mostDepth else { return schema }
        var kept: JSONObject = [:]
        for (keyword, value) in keywords {
            let part = "\(place)/\(keyword)"
            switch keyword {
            case "const", "default", "example", "examples": kept[keyword] = value
            case _ where value == .null: continue
            // See `lift`.
            case "required" where value.bool != nil: continue
            case "type":
                let types = (value.array ?? [value]).compactMap { $0.string?.lowercased() }.filter(isType)
                guard types.isEmpty else {
                    kept[keyword] = types.count == 1 ? .string(types[0]) : .array(types.map(JSONValue.string))
                    continue
                }
                ignored.append(part)
            case _ where SchemaParts.kinds[keyword].map { !SchemaParts.isOf($0, value) } ?? false: ignored.append(part)
            case "properties", "patternProperties", "$defs", "definitions", "dependentSchemas":
                var members: JSONObject = [:]
                for (name, member) in value.object ?? [:] {
                    let memberPlace = "\(part)/\(SchemaParts.escaped(name))"
                    guard member.object != nil || member.bool != nil else {
                        ignored.append(memberPlace)
                        continue
                    }
                    members[name] = clean(member, at: memberPlace, depth: depth + 1, &ignored)
                }
                kept[keyword] = .object(members)
            case "allOf", "anyOf", "oneOf", "prefixItems":
                let parts = (value.array ?? []).filter { $0.object != nil || $0.bool != nil }
                // An empty list would allow nothing.
                guard !parts.isEmpty else {
                    ignored.append(part)
                    continue
                }
                kept[keyword] = .array(
                    parts.enumerated().map { clean($0.element, at: "\(part)/\($0.offset)", depth: depth + 1, &ignored) }
                )
            case "items", "additionalProperties", "propertyNames", "contains", "not", "if", "then", "else",
                "unevaluatedItems", "unevaluatedProperties", "additionalItems":
                kept[keyword] = clean(value, at: part, depth: depth + 1, &ignored)
            default: kept[keyword] = value
            }
        }
        lift(&kept, keywords)
        return .object(kept)
    }

    /// `"required": true` stands in a member, in the drafts before the fourth; what it means is said of the object.
    private static func lift(_ kept: inout JSONObject, _ keywords: JSONObject) {
        let members = (keywords["properties"]?.object ?? [:]).filter { $0.value["required"] == true }.keys
        guard !members.isEmpty else { return }
        let known = kept["required"]?.array ?? []
        kept["required"] = .array(known + members.map(JSONValue.string).filter { !known.contains($0) })
    }

    private static func isType(_ name: String) -> Bool { SchemaParts.types.contains(.string(name)) }
}
