import Core
import Grammar

/// What a schema's references and combinations come to: schemas without them, of which an instance meets at least one.
/// What they say together may be less than what the schema says: whoever uses them looks whether a value is an instance.
struct SchemaForms {
    /// Where references lead.
    let document: JSONValue

    private static let most = 24
    private static let mostDepth = 16

    func all(of schema: JSONValue) -> [JSONObject] { forms(of: schema, depth: 0) }

    private func forms(of schema: JSONValue, depth: Int) -> [JSONObject] {
        guard depth < Self.mostDepth else { return [] }
        guard let keywords = schema.object else { return schema == false ? [] : [[:]] }
        let combining = ["$ref", "allOf", "anyOf", "oneOf", "if", "then", "else", "$defs", "definitions"]
        var forms = [keywords.filter { !combining.contains($0.key) }]
        if let pointer = keywords["$ref"]?.string {
            forms = product(
                forms, document.target(ofReference: pointer).map { self.forms(of: $0, depth: depth + 1) } ?? [])
        }
        for part in keywords["allOf"]?.array ?? [] { forms = product(forms, self.forms(of: part, depth: depth + 1)) }
        for keyword in ["anyOf", "oneOf"] {
            guard let choices = keywords[keyword]?.array else { continue }
            forms = product(forms, choices.flatMap { self.forms(of: $0, depth: depth + 1) })
        }
        for keyword in ["then", "else"] where keywords["if"] != nil {
            guard let part = keywords[keyword] else { continue }
            forms += product(forms, self.forms(of: part, depth: depth + 1))
        }
        return Array(forms.prefix(Self.most))
    }

    private func product(_ left: [JSONObject], _ right: [JSONObject]) -> [JSONObject] {
        Array(left.flatMap { one in right.map { Self.merged(one, $0) } }.prefix(Self.most))
    }

    private static func merged(_ left: JSONObject, _ right: JSONObject) -> JSONObject {
        var both = left
        for (keyword, value) in right {
            both[keyword] = left[keyword].map { $0 == value ? value : together(keyword, $0, value) } ?? value
        }
        return both
    }

    /// What one keyword says in two schemas that must both be met.
    private static func together(_ keyword: String, _ old: JSONValue, _ new: JSONValue) -> JSONValue {
        switch keyword {
        case "properties":
            return .object((old.object ?? [:]).merging(new.object ?? [:]) { ["allOf": [$0, $1]] })
        case "required": return .array((old.array ?? []) + (new.array ?? []))
        case "enum": return .array((old.array ?? []).filter { new.array?.contains($0) ?? true })
        case "type":
            let types = new.array ?? [new]
            let common = (old.array ?? [old]).flatMap { one -> [JSONValue] in
                if types.contains(one) || one == "integer" && types.contains("number") { return [one] }
                return one == "number" && types.contains("integer") ? ["integer"] : []
            }
            return .array(common)
        case "minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties":
            return (old.number ?? 0) < (new.number ?? 0) ? new : old
        case "maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties":
            return (old.number ?? 0) > (new.number ?? 0) ? new : old
        case "items", "additionalProperties": return ["allOf": [old, new]]
        default: return new
        }
    }
}
