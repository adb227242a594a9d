package import Core

/// What the gateway asks of JSON Schema: how far generated text can be held to one, and whether what came of it is right.
package struct SchemaRules: Sendable {
    /// What a schema says of a value.
    package struct Verdict: Sendable {
        /// What is wrong with it.
        package var problems: [String]
        /// What nothing can be said about.
        package var unchecked: [String]

        package init(problems: [String] = [], unchecked: [String] = []) {
            self.problems = problems
            self.unchecked = unchecked
        }
    }

    /// Tells the keywords that a text is not held to while it is generated, each with its place (`/properties/city/not`):
    /// what comes of it is checked instead.
    ///
    /// - Throws: `schemaInvalid`, `schemaUnsatisfiable`.
    package var unenforced: @Sendable (_ schema: JSONValue) throws -> [String]
    package var verdict: @Sendable (_ value: JSONValue, _ schema: JSONValue) -> Verdict
    /// A schema without keywords whose values mean nothing (`"required": true`), and the places of those.
    package var cleaned: @Sendable (_ schema: JSONValue) -> (schema: JSONValue, ignored: [String])

    package init(
        unenforced: @escaping @Sendable (_ schema: JSONValue) throws -> [String],
        verdict: @escaping @Sendable (_ value: JSONValue, _ schema: JSONValue) -> Verdict = { _, _ in Verdict() },
        cleaned: @escaping @Sendable (_ schema: JSONValue) -> (schema: JSONValue, ignored: [String]) = { ($0, []) }
    ) {
        self.unenforced = unenforced
        self.verdict = verdict
        self.cleaned = cleaned
    }

    /// - Returns: the keywords that a text is not held to.
    /// - Throws: `APIError` where nothing can meet the schema, or it is none, naming the place.
    func check(_ schema: JSONValue, at place: String) throws(APIError) -> [String] {
        do {
            return try unenforced(schema)
        } catch let error as any SquireError {
            throw APIError.invalid(place, "\(place): \(error.message)", code: error.kind)
        } catch {
            throw APIError.invalid(place, "\(place) cannot be read: \(error)")
        }
    }
}
