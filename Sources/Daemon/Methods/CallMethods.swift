import Core
import JSONRPC
import SquireProtocol

/// `model/call`.
struct CallMethods: Sendable {
    let chatModel: any ChatModel

    /// Of a text that a model writes in place of a call, and that nobody reads.
    private static let mostTextTokens = 256

    func add(to router: inout RPCRouter) {
        router.on(ModelCall.self) { parameters, _ in try await call(parameters) }
    }

    // Off the connection's thread: reading a question computes before it first waits.
    @concurrent
    private func call(_ parameters: ModelCall.Parameters) async throws -> ModelCall.Result {
        let reply = try await chatModel.reply(to: try request(parameters))
        return ModelCall.Result(
            calls: reply.calls.map { .init(name: $0.operation, arguments: $0.arguments) }, usage: WireUsage(reply.usage)
        )
    }

    private func request(_ parameters: ModelCall.Parameters) throws -> ModelRequest {
        let messages = try ChatMessage.all(of: parameters.messages, for: ModelCall.self)
        guard messages.last?.role == .user else { throw Self.invalid("messages must end with one of the role user") }
        guard parameters.tools.count <= ModelRequest.mostTools else {
            throw Self.invalid("tools may hold \(ModelRequest.mostTools), not \(parameters.tools.count)")
        }
        var tools: [Tool] = []
        for (index, tool) in parameters.tools.enumerated() {
            guard !tools.contains(where: { $0.operation == tool.name }) else {
                throw Self.invalid("tools[\(index)]: there is another tool named \"\(tool.name)\"")
            }
            tools.append(try Self.tool(tool, at: "tools[\(index)]"))
        }
        let choice = parameters.toolChoice.map(ToolChoice.init) ?? .auto
        switch choice {
        case .auto, .none: break
        case .required:
            guard !tools.isEmpty else { throw Self.invalid("toolChoice must be auto or none where there are no tools") }
        case .named(let name):
            guard tools.contains(where: { $0.operation == name }) else {
                throw Self.invalid("toolChoice names \"\(name)\", which is not among tools")
            }
        }
        return ModelRequest(
            dialog: messages.map(DialogItem.message), tools: tools, choice: choice,
            allowsParallel: parameters.parallelToolCalls ?? true,
            sampling: Sampling(temperature: 0, maxTokens: Self.mostTextTokens))
    }

    private static func tool(_ tool: ModelCall.Parameters.Tool, at place: String) throws -> Tool {
        guard Tool.isName(tool.name) else {
            throw invalid("\(place).name must be 1 to 64 letters, digits, dashes and underscores")
        }
        guard var schema = (tool.parameters ?? [:]).object, schema["type"] ?? "object" == "object" else {
            throw invalid("\(place).parameters must be a JSON Schema of type object")
        }
        guard !refers(.object(schema)) else {
            throw invalid("\(place).parameters has a $ref; write out in its place what it points at")
        }
        schema["type"] = "object"
        let properties = schema["properties"]?.object ?? [:]
        schema["properties"] = .object(properties)
        let order = tool.parameterOrder ?? properties.keys
        guard Set(order) == Set(properties.keys), order.count == properties.count else {
            throw invalid("\(place).parameterOrder must name each of the parameters' properties once")
        }
        return Tool(
            plugin: "client", operation: tool.name, description: tool.description, parameters: .object(schema),
            parameterOrder: order,
            // Who asks decides whether it may run.
            isReadOnly: true)
    }

    private static func refers(_ value: JSONValue) -> Bool {
        switch value {
        case .object(let members): members["$ref"]?.string != nil || members.values.contains(where: refers)
        case .array(let items): items.contains(where: refers)
        default: false
        }
    }

    private static func invalid(_ problem: String) -> RPCError {
        RPCError.invalidParameters(ModelCall.self, problem)
    }
}

extension ToolChoice {
    fileprivate init(_ choice: ModelCall.ToolChoice) {
        self =
            switch choice {
            case .auto: .auto
            case .none: .none
            case .required: .required
            case .named(let name): .named(name)
            }
    }
}
