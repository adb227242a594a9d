import Core

extension OpenAPIReader {
    // MARK: Parameters

    /// The arguments that all operations of a path have; nil where one of them cannot be sent.
    mutating func sharedArguments(of item: DocumentValue) throws -> ArgumentList? {
        guard let parameters = item["parameters"] else { return ArgumentList() }
        // Many paths may refer to one item.
        let place = "\(item.place)"
        if let known = shared[place] { return known }
        let arguments = try readParameters(parameters, into: ArgumentList())
        shared[place] = .some(arguments)
        return arguments
    }

    /// - Returns: the arguments with the parameters; nil where the operation cannot be called and is left out.
    mutating func readParameters(_ list: DocumentValue?, into earlier: ArgumentList) throws -> ArgumentList? {
        var arguments = earlier
        guard let list else { return arguments }
        guard let items = list.items else {
            problems.append("\(list.place): must be a list")
            return arguments
        }
        var seen: Set<String> = []
        var isSendable = true
        for written in items {
            let place = written.place
            try resolver.budget.check(place)
            guard let item = resolver.target(written) else { continue }
            warnings += MemberSpelling.warnings(item, as: .parameter)
            guard let name = item["name"]?.string, !name.isEmpty else {
                problems.append("\(place): has no name")
                continue
            }
            guard let word = item["in"]?.string else {
                problems.append("\(place) (\(name)): has no \"in\"; it says path, query, header or cookie")
                continue
            }
            guard let location = APIParameter.Location(rawValue: word), location != .body else {
                if word == "cookie" {
                    warnings.append("\(place) (\(name)): cookies are not supported; it is left out")
                } else {
                    problems.append(
                        "\(place) (\(name)): \"in\" is \"\(word)\" and must be path, query, header or cookie")
                }
                continue
            }
            guard seen.insert("\(word) \(name)").inserted else {
                problems.append("\(place) (\(name)): is there twice in: \(word)")
                continue
            }
            // Squire's own to set, and a parameter of such a name says nothing (OpenAPI 3.1, section 4.8.12).
            if location == .header, ["accept", "content-type", "authorization"].contains(name.lowercased()) {
                continue
            }
            // What belongs to the connection, or cannot stand in one, is no parameter.
            if location == .header, HTTPHeader.isReserved(name) || !HTTPHeader.isName(name) {
                let isRequired = item["required"]?.bool == true
                warnings.append(
                    "\(place) (\(name)): no such header can be set by a call; the \(isRequired ? "operation" : "parameter") is left out"
                )
                isSendable = isSendable && !isRequired
                continue
            }
            let content = item["content"]?["application/json"]?["schema"]
            guard let schema = item["schema"] ?? content else {
                problems.append("\(place) (\(name)): has no schema")
                continue
            }
            let style = item["style"]?.string ?? (location == .query ? "form" : "simple")
            let styles =
                location == .query ? ["form", "deepObject", "spaceDelimited", "pipeDelimited"] : ["simple"]
            guard content != nil || styles.contains(style) else {
                warnings.append(
                    "\(place) (\(name)).style: \"\(style)\" is not supported in: \(word); the operation is left out")
                isSendable = false
                continue
            }
            arguments.add(
                APIParameter(
                    argument: name, name: name, location: location, style: content == nil ? style : "json",
                    explode: item["explode"]?.bool ?? (style == "form")),
                schema: try parameterSchema(schema, of: item),
                isRequired: location == .path || item["required"]?.bool == true)
        }
        return isSendable ? arguments : nil
    }

    /// A parameter's schema, with what is said beside it.
    private mutating func parameterSchema(_ schema: DocumentValue, of parameter: DocumentValue) throws -> JSONValue {
        var resolved = try resolver.resolve(schema).object ?? [:]
        for keyword in ["description", "example"] where resolved[keyword] == nil {
            resolved[keyword] = parameter[keyword]?.value
        }
        if let examples = parameter["examples"], examples.isObject, resolved["examples"] == nil {
            resolved["examples"] = .array(examples.names.compactMap { examples[$0]?["value"]?.value })
        }
        return .object(resolved)
    }

    mutating func checkTemplates(_ path: String, _ arguments: ArgumentList, at place: DocumentPlace) {
        let templates = Set(PathTemplate.names(in: path))
        let given = Set(arguments.parameters.filter { $0.location == .path }.map(\.name))
        for name in templates.subtracting(given).sorted() {
            problems.append("\(place).parameters: the path has {\(name)}, and no parameter in: path has that name")
        }
        for name in given.subtracting(templates).sorted() {
            problems.append("\(place).parameters: \(name) is in: path, and the path has no {\(name)}")
        }
    }

    // MARK: Body

    /// - Returns: false where the operation cannot be called and is left out.
    mutating func readBody(_ written: DocumentValue?, into arguments: inout ArgumentList) throws -> Bool {
        guard let written, let body = resolver.target(written) else { return true }
        warnings += MemberSpelling.warnings(body, as: .body)
        let place = written.place
        let isRequired = body["required"]?.bool == true
        guard let content = body["content"], content.isObject else {
            problems.append("\(place).content: is missing")
            return true
        }
        let types = Array(content.names)
        guard
            let type = types.first(where: {
                let type = $0.prefix { $0 != ";" }.lowercased()
                return ["application/json", "*/*", "application/*"].contains(type) || type.hasSuffix("+json")
            })
        else {
            warnings.append(
                "\(place).content: only JSON bodies are supported, not \(types.prefix(10).joined(separator: ", ")); the \(isRequired ? "operation" : "body") is left out"
            )
            return !isRequired
        }
        guard let schema = content[type]?["schema"] else {
            problems.append("\(place).content.\(type): has no schema")
            return true
        }
        if !type.contains("*") { arguments.bodyType = type }
        let resolved = try resolver.resolve(schema)
        // What holds for the object as a whole would be lost if its members stood alone.
        let isPlain = Self.wholeKeywords.allSatisfy { resolved[$0] == nil }
        guard isPlain, let properties = resolved["properties"]?.object, !properties.isEmpty else {
            arguments.addBody(resolved, isRequired: isRequired)
            return true
        }
        arguments.isBodyRequired = isRequired
        let required = Set(resolved["required"]?.array?.compactMap(\.string) ?? [])
        for name in try resolver.propertyOrder(of: schema) {
            // What only the server may set is no argument.
            guard let property = properties[name], property["readOnly"] != .bool(true) else { continue }
            arguments.addMember(name, schema: property, isNeeded: required.contains(name))
        }
        return true
    }

    /// Keywords about an object as a whole.
    private static let wholeKeywords = [
        "anyOf", "oneOf", "allOf", "not", "if", "patternProperties", "propertyNames", "dependentSchemas",
        "dependentRequired", "dependencies", "unevaluatedProperties", "minProperties", "maxProperties",
    ]

    // MARK: Examples

    mutating func readExamples(_ list: DocumentValue?) -> [Tool.Example] {
        guard let list else { return [] }
        guard let items = list.items else {
            warnings.append("\(list.place): must be a list of {question, arguments}; it is left out")
            return []
        }
        return items.compactMap { item in
            guard let question = item["question"]?.string, let arguments = item["arguments"], arguments.isObject
            else {
                warnings.append("\(item.place): must be {question, arguments}; it is left out")
                return nil
            }
            return Tool.Example(question: question, arguments: arguments.value)
        }
    }
}
