import Core

/// The tools of a request, which who sent it executes.
struct ToolOffer: Sendable {
    private(set) var tools: [Tool] = []
    private(set) var choice: ToolChoice
    private(set) var allowsParallel: Bool
    /// What was left out of the request, and why.
    private(set) var warnings: [String] = []

    /// How an endpoint writes tools.
    struct Form: Sendable {
        /// The member of a tool, and of a choice of one, that holds the function; nil where it stands beside `type`.
        var functionMember: String?

        static let chat = Form(functionMember: "function")
        static let responses = Form(functionMember: nil)
    }

    /// A tool that cannot be called does not take the others with it: it is left out, unless it must be called.
    ///
    /// - Throws: `APIError`.
    init(_ fields: Fields, form: Form, schemas: SchemaRules) throws(APIError) {
        for old in ["functions", "function_call"] where fields[old] != nil {
            throw APIError.invalid(old, "\(old) is no longer supported; use tools and tool_choice")
        }
        allowsParallel = try fields.bool("parallel_tool_calls") ?? true
        let selection = try ToolSelection(fields, form: form)
        choice = selection.choice
        var faults: [String: APIError] = [:]
        for item in try Self.items(fields) {
            let function = try Self.function(item, form)
            let name = try Self.name(function)
            guard faults[name] == nil, !tools.contains(where: { $0.operation == name }) else {
                throw APIError.invalid(item.place, "\(item.place): there is another tool named \"\(name)\"")
            }
            do {
                tools.append(try tool(function, name: name, schemas))
            } catch {
                faults[name] = error
                warnings.append("tool \"\(name)\" was left out: \(error.message)")
            }
        }
        try choose(selection, faults, fields)
    }

    /// Whether the model is to be asked for calls at all.
    var isAsked: Bool { choice != .none && !tools.isEmpty }

    // MARK: Tools

    private static func items(_ fields: Fields) throws(APIError) -> [Fields] {
        guard let list = try fields.objects("tools") else { return [] }
        guard list.count <= ModelRequest.mostTools else {
            throw APIError.invalid("tools", "tools may hold \(ModelRequest.mostTools), not \(list.count)")
        }
        for item in list where try item.requiredString("type") != "function" {
            throw item.invalid("type", "must be function: no other tools are supported")
        }
        return list
    }

    static func function(_ fields: Fields, _ form: Form) throws(APIError) -> Fields {
        guard let member = form.functionMember else { return fields }
        guard let function = try fields.object(member) else { throw fields.invalid(member, "must be an object") }
        return function
    }

    /// - Throws: `APIError` where nothing could be a call of it.
    private mutating func tool(
        _ function: Fields, name: String, _ schemas: SchemaRules
    ) throws(APIError) -> Tool {
        let place = function.path("parameters")
        var parameters = try function.object("parameters")?.members ?? [:]
        guard parameters["type"] ?? "object" == "object" else {
            throw APIError.invalid(place, "\(place) must be a JSON Schema of type object")
        }
        parameters["type"] = "object"
        if parameters["properties"]?.object == nil { parameters["properties"] = [:] }
        guard Self.hasFewProperties(.object(parameters)) else {
            throw APIError.invalid(
                place, "\(place) has more than \(Self.mostProperties) properties, and no more are read")
        }
        var schema = try SchemaReferences.inlined(.object(parameters), at: place)
        let isStrict = try function.bool("strict") ?? false
        if !isStrict {
            let (cleaned, ignored) = schemas.cleaned(schema)
            schema = cleaned
            warnings += ignored.map { "\(place)\($0) has a value that means nothing there, and was ignored" }
        }
        do {
            _ = try schemas.check(schema, at: place)
        } catch let error where error.code == .schemaInvalid && !isStrict {
            // It says too much to be held to while a call is written; what is found for a call is checked.
        }
        return Tool(
            plugin: "client", operation: name, description: try function.string("description") ?? "",
            parameters: schema, parameterOrder: schema["properties"]?.object?.keys ?? [],
            // Whoever executes it decides whether it may run.
            isReadOnly: true)
    }

    /// Of a tool, those of objects within objects among them: what each is about is read for every question.
    private static let mostProperties = 1000

    private static func hasFewProperties(_ schema: JSONValue) -> Bool {
        var (count, left) = (0, [schema])
        while let value = left.popLast(), count <= mostProperties {
            switch value {
            case .object(let members):
                count += members["properties"]?.object?.count ?? 0
                left += members.values
            case .array(let items): left += items
            default: break
            }
        }
        return count <= mostProperties
    }

    private static func name(_ function: Fields) throws(APIError) -> String {
        let name = try function.requiredString("name")
        guard Tool.isName(name) else {
            throw function.invalid("name", "must be 1 to 64 letters, digits, dashes and underscores")
        }
        return name
    }

    // MARK: The choice

    private mutating func choose(
        _ selection: ToolSelection, _ faults: [String: APIError], _ fields: Fields
    ) throws(APIError) {
        if let allowed = selection.allowed {
            for name in allowed where faults[name] == nil && !tools.contains(where: { $0.operation == name }) {
                throw APIError.invalid("tool_choice", "tool_choice names \"\(name)\", which is not among tools")
            }
            tools = tools.filter { allowed.contains($0.operation) }
        }
        switch choice {
        case .auto, .none: break
        case .required:
            guard tools.isEmpty else { return }
            if let fault = faults.min(by: { $0.key < $1.key })?.value { throw fault }
            throw fields.invalid("tool_choice", "must be auto or none where there are no tools")
        case .named(let name):
            if let fault = faults[name] { throw fault }
            guard tools.contains(where: { $0.operation == name }) else {
                throw APIError.invalid("tool_choice", "tool_choice names \"\(name)\", which is not among tools")
            }
        }
    }
}
