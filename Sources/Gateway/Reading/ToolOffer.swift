import Core

/// The tools of a request, which who sent it executes.
struct ToolOffer: Sendable {
    var tools: [Tool]
    var choice: ToolChoice
    var allowsParallel: Bool

    /// How an endpoint writes tools.
    struct Form: Sendable {
        /// The member of a tool, and of a choice of one, that holds the function; nil where it stands beside `type`.
        var functionMember: String?

        static let chat = Form(functionMember: "function")
        static let responses = Form(functionMember: nil)
    }

    /// - Parameters:
    ///   - bytes: the body, for the order of properties.
    ///   - schemas: looks at the parameters of a tool that is strict, or that must be called: documents in the wild
    ///     contradict themselves, and calls of theirs are better than none.
    /// - Throws: `APIError`.
    init(_ fields: Fields, bytes: [UInt8], form: Form, schemas: SchemaCheck) throws(APIError) {
        for old in ["functions", "function_call"] where fields[old] != nil {
            throw APIError.invalid(old, "\(old) is no longer supported; use tools and tool_choice")
        }
        tools = try Self.tools(fields, bytes: bytes, form: form)
        choice = try Self.choice(fields, form: form)
        for (tool, item) in zip(tools, try fields.objects("tools") ?? []) {
            let function = try Self.function(item, form)
            guard try function.bool("strict") ?? false || choice == .named(tool.operation) else { continue }
            try schemas.check(tool.parameters, at: function.path("parameters"))
        }
        allowsParallel = try fields.bool("parallel_tool_calls") ?? true
        switch choice {
        case .auto, .none: break
        case .required:
            if tools.isEmpty { throw fields.invalid("tool_choice", "must be auto or none where there are no tools") }
        case .named(let name):
            guard tools.contains(where: { $0.operation == name }) else {
                throw APIError.invalid("tool_choice", "tool_choice names \"\(name)\", which is not among tools")
            }
        }
    }

    /// Whether the model is to be asked for calls at all.
    var isAsked: Bool { choice != .none && !tools.isEmpty }

    // MARK: Tools

    private static func tools(_ fields: Fields, bytes: [UInt8], form: Form) throws(APIError) -> [Tool] {
        guard let list = try fields.objects("tools"), !list.isEmpty else { return [] }
        guard list.count <= CallRequest.mostTools else {
            throw APIError.invalid("tools", "tools may hold \(CallRequest.mostTools), not \(list.count)")
        }
        let order = MemberOrder(bytes)
        var tools: [Tool] = []
        for item in list {
            guard try item.requiredString("type") == "function" else {
                throw item.invalid("type", "must be function: no other tools are supported")
            }
            let tool = try tool(try function(item, form), order: order)
            guard !tools.contains(where: { $0.operation == tool.operation }) else {
                throw APIError.invalid(item.place, "\(item.place): there is another tool named \"\(tool.operation)\"")
            }
            tools.append(tool)
        }
        return tools
    }

    private static func function(_ fields: Fields, _ form: Form) throws(APIError) -> Fields {
        guard let member = form.functionMember else { return fields }
        guard let function = try fields.object(member) else { throw fields.invalid(member, "must be an object") }
        return function
    }

    private static func tool(_ function: Fields, order: MemberOrder) throws(APIError) -> Tool {
        let name = try name(function)
        let place = function.path("parameters")
        var parameters = try function.object("parameters")?.members ?? [:]
        guard parameters["type"] ?? "object" == "object" else {
            throw APIError.invalid(place, "\(place) must be a JSON Schema of type object")
        }
        parameters["type"] = "object"
        if parameters["properties"]?.object == nil { parameters["properties"] = [:] }
        let properties = parameters["properties"]?.object ?? [:]
        return Tool(
            plugin: "client", operation: name, description: try function.string("description") ?? "",
            parameters: try SchemaReferences.inlined(.object(parameters), at: place),
            parameterOrder: order.names(of: properties, at: "\(place).properties"),
            // Whoever executes it decides whether it may run.
            isReadOnly: true)
    }

    private static func name(_ function: Fields) throws(APIError) -> String {
        let name = try function.requiredString("name")
        guard Tool.isName(name) else {
            throw function.invalid("name", "must be 1 to 64 letters, digits, dashes and underscores")
        }
        return name
    }

    // MARK: The choice

    private static func choice(_ fields: Fields, form: Form) throws(APIError) -> ToolChoice {
        guard let value = fields["tool_choice"] else { return .auto }
        if let word = value.string {
            switch word {
            case "auto": return .auto
            case "none": return .none
            case "required": return .required
            default: throw fields.invalid("tool_choice", "must be auto, none, required or a function")
            }
        }
        guard let object = try fields.object("tool_choice") else { return .auto }
        guard try object.requiredString("type") == "function" else {
            throw object.invalid(
                "type", "must be function; to allow some of the tools, send those only. It may be no other")
        }
        return .named(try function(object, form).requiredString("name"))
    }
}
