import Core

/// Puts in a schema's references what they point at, so that it can be read without its document. A schema that contains
/// itself keeps the references that lead back into it, and what they lead to.
struct SchemaReferences {
    private let root: JSONValue
    private let place: String
    /// How many more schemas may be copied: references in references can stand for very many.
    private var left = 5000
    /// Whether a reference was left as it is.
    private var isRecursive = false

    /// - Parameter place: where in the request the schema stands.
    /// - Throws: `APIError` for a reference that leads nowhere, or out of the schema.
    static func inlined(_ schema: JSONValue, at place: String) throws(APIError) -> JSONValue {
        var references = SchemaReferences(root: schema, place: place)
        guard case .object(var members) = try references.resolve(schema, inside: []) else { return schema }
        // Written out it is too large: it is read with its references.
        guard references.left > 0 else { return schema }
        if !references.isRecursive {
            members["$defs"] = nil
            members["definitions"] = nil
        }
        return .object(members)
    }

    private init(root: JSONValue, place: String) {
        self.root = root
        self.place = place
    }

    private mutating func resolve(_ value: JSONValue, inside: Set<String>) throws(APIError) -> JSONValue {
        guard left > 0, case .object(var members) = value else { return value }
        left -= 1
        if let pointer = members["$ref"] {
            guard let reference = pointer.string, let found = root.target(ofReference: reference) else {
                throw APIError.invalid(
                    place,
                    "\(place) has a $ref \(Fields.shown(pointer)) that leads nowhere in it; use #/$defs/NAME",
                    code: "schemaInvalid")
            }
            guard reference != "#", !inside.contains(reference) else {
                isRecursive = true
                return value
            }
            members["$ref"] = nil
            let target = try resolve(found, inside: inside.union([reference]))
            let own = try resolve(.object(members), inside: inside).object ?? members
            guard case .object(let copied) = target else {
                return own.isEmpty ? target : ["allOf": [target, .object(own)]]
            }
            // What is said beside a reference is about this use of it.
            let isSame = own.allSatisfy { key, member in
                Self.annotations.contains(key) || (copied[key].map { $0 == member } ?? true)
            }
            return isSame ? .object(copied.merging(own) { $1 }) : ["allOf": [target, .object(own)]]
        }
        for (keyword, member) in members {
            switch (keyword, member) {
            case ("$defs", _), ("definitions", _), ("enum", _), ("const", _), ("default", _), ("example", _),
                ("examples", _):
                continue
            case ("properties", .object(let schemas)), ("patternProperties", .object(let schemas)),
                ("dependentSchemas", .object(let schemas)):
                var resolved: JSONObject = [:]
                for (name, schema) in schemas { resolved[name] = try resolve(schema, inside: inside) }
                members[keyword] = .object(resolved)
            case (_, .array(let schemas)):
                var resolved: [JSONValue] = []
                for schema in schemas { resolved.append(try resolve(schema, inside: inside)) }
                members[keyword] = .array(resolved)
            default: members[keyword] = try resolve(member, inside: inside)
            }
        }
        return .object(members)
    }

    private static let annotations: Set<String> = [
        "title", "description", "default", "example", "examples", "deprecated", "readOnly", "writeOnly", "$comment",
    ]
}
