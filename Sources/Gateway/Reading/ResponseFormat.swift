import Core

/// What the text of an answer must be.
struct ResponseFormat: Sendable {
    /// Nil where it may be anything.
    var constraint: Constraint?
    /// The schema that a text is held against when it is whole, because generating it was not held to all of it.
    var checked: JSONValue?

    /// Anything.
    init() {}

    /// - Parameters:
    ///   - fields: the object with `type`; nil where the request has none.
    ///   - schemaMember: the member that holds name and schema; nil where they stand beside `type`, as in the Responses
    ///     form.
    /// - Throws: `APIError`, naming the place of what cannot be met.
    init(_ fields: Fields?, schemaMember: String?, schemas: SchemaRules) throws(APIError) {
        guard let fields else { return }
        switch try fields.requiredString("type") {
        case "text": return
        case "json_object":
            // Not OpenAI's, but what llama.cpp's and Together's clients send.
            guard let schema = fields["schema"] else {
                constraint = .schema(["type": "object"])
                return
            }
            try take(schema, at: fields.path("schema"), schemas)
        case "json_schema":
            var holder = fields
            if let schemaMember, let object = try fields.object(schemaMember) {
                holder = object
            } else if schemaMember != nil, fields["schema"] == nil {
                throw fields.invalid(schemaMember ?? "", "must be an object with name and schema")
            }
            guard let schema = holder["schema"] else { throw holder.invalid("schema", "must be a JSON Schema") }
            try take(schema, at: holder.path("schema"), schemas)
        default: throw fields.invalid("type", "must be text, json_object or json_schema")
        }
    }

    private mutating func take(_ schema: JSONValue, at place: String, _ schemas: SchemaRules) throws(APIError) {
        guard schema.object != nil || schema == true else {
            throw APIError.invalid(place, "\(place) must be a JSON Schema, not \(Fields.shown(schema))")
        }
        if try !schemas.check(schema, at: place).isEmpty { checked = schema }
        constraint = .schema(schema)
    }
}
