import Core

extension Fields {
    /// The text of a message's content: a string, or a list of parts that are text, one after another.
    ///
    /// - Parameter types: the types of parts that are text.
    /// - Throws: `APIError` for content of another kind, and for parts that are not text, naming their type.
    func contentText(_ name: String, types: Set<String>) throws(APIError) -> String? {
        guard let value = self[name] else { return nil }
        if let text = value.string { return text }
        guard value.array != nil, let parts = try objects(name) else {
            throw invalid(name, "must be a string or a list of parts")
        }
        var text = ""
        for part in parts {
            let type = try part.requiredString("type")
            guard types.contains(type) else {
                throw part.invalid(
                    "type", "must be \(types.sorted().joined(separator: " or ")): the model reads only text")
            }
            text += try part.requiredString(type == "refusal" ? "refusal" : "text")
        }
        return text
    }
}
