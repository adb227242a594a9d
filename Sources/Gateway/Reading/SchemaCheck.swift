import Core

/// Looks whether generated text can be held to a schema.
struct SchemaCheck {
    /// Tells the keywords of a schema that a text cannot be held to.
    let unenforced: (JSONValue) throws -> [String]

    /// - Throws: `APIError`, naming the keyword that cannot be enforced.
    func check(_ schema: JSONValue, at place: String) throws(APIError) {
        let keywords: [String]
        do {
            keywords = try unenforced(schema)
        } catch let error as any SquireError {
            throw APIError.invalid(place, "\(place): \(error.message)", code: error.kind)
        } catch {
            throw APIError.invalid(place, "\(place) cannot be read: \(error)")
        }
        guard keywords.isEmpty else {
            throw APIError.invalid(
                place,
                "\(place): \(keywords.joined(separator: ", ")) cannot be enforced; leave out what the text cannot be held to",
                code: "schemaUnsupported")
        }
    }
}
