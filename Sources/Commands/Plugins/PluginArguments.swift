import Core

/// The arguments of `squire plugin call`.
enum PluginArguments {
    /// Reads one JSON object, or `name=value` words.
    ///
    /// - Throws: `CommandError.usage` naming the word that is neither.
    static func parse(_ words: [String]) throws -> JSONValue {
        if words.count == 1, let text = words.first, text.first(where: { !$0.isWhitespace }) == "{" {
            guard let value = try? JSONValue(parsing: text), value.object != nil else {
                throw CommandError(.usage, "The arguments are not a JSON object: \(text)")
            }
            return value
        }
        var members: JSONObject = [:]
        for word in words {
            guard let sign = word.firstIndex(of: "="), sign > word.startIndex else {
                throw CommandError(.usage, "Arguments are name=value, or one JSON object; this is neither: \(word)")
            }
            let text = String(word[word.index(after: sign)...])
            members[String(word[..<sign])] = (try? JSONValue(parsing: text)) ?? .string(text)
        }
        return .object(members)
    }
}
