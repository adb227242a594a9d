import Core

/// Puts in a schema's references what they point at, so that it stands by itself.
struct SchemaReferences {
    private let root: JSONValue
    private let place: String
    /// How many more schemas may be copied: references in references can stand for very many.
    private var left = 5000

    /// - Parameter place: where in the request the schema stands.
    /// - Throws: `APIError` for a reference that leads nowhere, out of the schema, or into itself.
    static func inlined(_ schema: JSONValue, at place: String) throws(APIError) -> JSONValue {
        var references = SchemaReferences(root: schema, place: place)
        guard case .object(var members) = try references.resolve(schema, inside: []) else { return schema }
        members["$defs"] = nil
        members["definitions"] = nil
        return .object(members)
    }

    private init(root: JSONValue, place: String) {
        self.root = root
        self.place = place
    }

    private mutating func resolve(_ value: JSONValue, inside: Set<String>) throws(APIError) -> JSONValue {
        guard case .object(var members) = value else { return value }
        left -= 1
        guard left > 0 else { throw invalid("is too large with its references written out; make it simpler") }
        if let pointer = members.removeValue(forKey: "$ref") {
            guard let pointer = pointer.string, let found = target(pointer) else {
                throw invalid("has a $ref \(Fields.shown(pointer)) that leads nowhere in it; use #/$defs/NAME")
            }
            guard !inside.contains(pointer) else {
                throw invalid("has a $ref \"\(pointer)\" that contains itself; write it without recursion")
            }
            guard case .object(let copied) = try resolve(found, inside: inside.union([pointer])) else { return found }
            // What is said beside a reference is about this use of it.
            return .object(copied.merging(members) { $1 })
        }
        for (keyword, member) in members {
            switch (keyword, member) {
            case ("$defs", _), ("definitions", _), ("enum", _), ("const", _), ("default", _), ("example", _),
                ("examples", _):
                continue
            case ("properties", .object(let schemas)), ("patternProperties", .object(let schemas)),
                ("dependentSchemas", .object(let schemas)):
                var resolved: [String: JSONValue] = [:]
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

    /// What a JSON Pointer (RFC 6901) leads to.
    private func target(_ pointer: String) -> JSONValue? {
        guard pointer == "#" || pointer.hasPrefix("#/") else { return nil }
        return pointer.dropFirst(2).split(separator: "/").reduce(root as JSONValue?) { value, step in
            value?[String(step).replacing("~1", with: "/").replacing("~0", with: "~")]
        }
    }

    private func invalid(_ what: String) -> APIError { APIError.invalid(place, "\(place) \(what)") }
}
