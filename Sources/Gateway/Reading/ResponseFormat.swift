import Core

/// What the text of an answer must be.
struct ResponseFormat: Sendable {
    /// Nil where it may be anything.
    var constraint: Constraint?

    /// - Parameters:
    ///   - fields: the object with `type`; nil where the request has none.
    ///   - schemaMember: the member that holds name and schema; nil where they stand beside `type`, as in the Responses
    ///     form.
    ///   - unenforced: tells the keywords of a schema that a text cannot be held to.
    /// - Throws: `APIError`, naming the keyword that cannot be enforced.
    init(
        _ fields: Fields?, schemaMember: String?, unenforced: @escaping (JSONValue) throws -> [String]
    ) throws(APIError) {
        guard let fields else { return }
        switch try fields.requiredString("type") {
        case "text": return
        case "json_object": constraint = .schema(["type": "object"])
        case "json_schema":
            var holder = fields
            if let schemaMember {
                guard let object = try fields.object(schemaMember) else {
                    throw fields.invalid(schemaMember, "must be an object with name and schema")
                }
                holder = object
            }
            guard let schema = holder["schema"], schema.object != nil else {
                throw holder.invalid("schema", "must be a JSON Schema")
            }
            try SchemaCheck(unenforced: unenforced).check(schema, at: holder.path("schema"))
            constraint = .schema(schema)
        default: throw fields.invalid("type", "must be text, json_object or json_schema")
        }
    }
}
