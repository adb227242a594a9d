import Core

/// What an operation can tell stands in the schema of its response (OpenAPI 3.1, section 4.8.17): the names and
/// descriptions of its properties, by which the operation is found.
extension OpenAPIReader {
    /// Of a large response what stands outermost is enough to tell what it is about.
    private static let mostProperties = 40
    /// Schemas that are looked at for them, references followed.
    private static let mostSchemas = 200
    private static let mostDepth = 5
    private static let mostCharacters = 160

    /// The properties of the response to a call that succeeds, what stands outermost first, and whether it is a list.
    mutating func readResults(_ responses: DocumentValue?) -> (properties: [Tool.ResultProperty], isList: Bool) {
        guard let responses, responses.isObject,
            let status = responses.names.first(where: { $0.hasPrefix("2") })
                ?? responses.names.first(where: { $0 == "default" }),
            let content = responses[status].flatMap({ resolver.known($0) })?["content"], content.isObject,
            let type = content.names.first(where: { $0.contains("json") }) ?? content.names.first,
            let media = content[type].flatMap({ resolver.known($0) })
        else { return ([], false) }
        if let schema = media["schema"] {
            let (properties, isList) = (properties(of: schema), isList(schema))
            if !properties.isEmpty || isList { return (properties, isList) }
        }
        let example =
            media["example"]
            ?? media["examples"].flatMap { examples in
                examples.names.first.flatMap { examples[$0] }.flatMap { resolver.known($0) }?["value"]
            }
        return (example.map(Self.properties(ofExample:)) ?? [], example?.items != nil)
    }

    /// Whether a response is a list, or wraps one: an object of few members of which one is a list of objects.
    private mutating func isList(_ schema: DocumentValue) -> Bool {
        guard let schema = resolver.known(schema) else { return false }
        if isType("array", schema) { return true }
        guard let properties = schema["properties"], properties.isObject, properties.names.count <= Self.mostOfWrapper
        else { return false }
        for name in properties.names {
            guard let property = properties[name].flatMap({ resolver.known($0) }), isType("array", property),
                let items = property["items"].flatMap({ resolver.known($0) })
            else { continue }
            if items["properties"] != nil || items["allOf"] != nil { return true }
        }
        return false
    }

    /// Members of an object that is there to hold a list: the list, counts, links to the next page.
    private static let mostOfWrapper = 6

    private func isType(_ type: String, _ schema: DocumentValue) -> Bool {
        schema["type"]?.string == type || schema["type"]?.items?.contains { $0.string == type } ?? false
    }

    private mutating func properties(of schema: DocumentValue) -> [Tool.ResultProperty] {
        var found: [Tool.ResultProperty] = []
        var names: Set<String> = []
        var level = [schema]
        var looked = 0
        for _ in 0..<Self.mostDepth where !level.isEmpty {
            var next: [DocumentValue] = []
            // What stands side by side in `allOf` and its like stands as deep as what holds it.
            var place = 0
            while place < level.count, looked < Self.mostSchemas, found.count < Self.mostProperties {
                defer { place += 1 }
                looked += 1
                guard let schema = resolver.known(level[place]), schema.isObject else { continue }
                for keyword in ["allOf", "oneOf", "anyOf"] { level += schema[keyword]?.items?.prefix(20) ?? [] }
                if let items = schema["items"], items.isObject { level.append(items) }
                guard let properties = schema["properties"], properties.isObject else { continue }
                for name in properties.names.prefix(Self.mostProperties) {
                    guard found.count < Self.mostProperties, let property = properties[name] else { break }
                    next.append(property)
                    guard names.insert(name).inserted else { continue }
                    let known = resolver.known(property)
                    let described = property["description"]?.string ?? known?["description"]?.string ?? ""
                    let isNumber = known.map { isType("integer", $0) || isType("number", $0) } ?? false
                    found.append(
                        Tool.ResultProperty(
                            name: name, description: String(described.prefix(Self.mostCharacters)), isNumber: isNumber))
                }
            }
            level = next
        }
        return found
    }

    private static func properties(ofExample example: DocumentValue) -> [Tool.ResultProperty] {
        var found: [Tool.ResultProperty] = []
        var names: Set<String> = []
        var level = [example]
        for _ in 0..<mostDepth where !level.isEmpty {
            var next: [DocumentValue] = []
            for value in level {
                // The items of a list are alike.
                if let items = value.items { next += items.prefix(1) }
                for name in value.names.prefix(mostProperties) {
                    guard found.count < mostProperties else { return found }
                    if let member = value[name] { next.append(member) }
                    guard names.insert(name).inserted else { continue }
                    let isNumber = value[name]?.value.number != nil
                    found.append(Tool.ResultProperty(name: name, description: "", isNumber: isNumber))
                }
            }
            level = next
        }
        return found
    }
}
