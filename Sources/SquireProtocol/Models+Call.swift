public import Core

/// `model/call`: which of these tools the last message calls for, and with what. Nothing is called.
public struct ModelCallParameters: Sendable, Hashable, Codable {
    /// A tool of the client's own.
    public struct Tool: Sendable, Hashable, Codable {
        /// 1 to 64 letters, digits, dashes and underscores.
        public var name: String
        /// What it does and when to use it.
        public var description: String
        /// A JSON Schema of type object; no arguments where missing.
        public var parameters: JSONValue?
        /// The names of `parameters`' properties in the order of their importance; the order in which `parameters` has
        /// them where missing. The first ones are what a call is mainly about.
        public var parameterOrder: [String]?

        public init(
            name: String, description: String, parameters: JSONValue? = nil, parameterOrder: [String]? = nil
        ) {
            self.name = name
            self.description = description
            self.parameters = parameters
            self.parameterOrder = parameterOrder
        }
    }

    /// The conversation, a user's message last.
    public var messages: [ModelCompleteParameters.ChatTurn]
    public var tools: [Tool]
    /// `auto` where missing.
    public var toolChoice: ToolChoice?
    /// Whether several calls may be made at once; they may unless this is false.
    public var parallelToolCalls: Bool?

    public init(
        messages: [ModelCompleteParameters.ChatTurn], tools: [Tool], toolChoice: ToolChoice? = nil,
        parallelToolCalls: Bool? = nil
    ) {
        self.messages = messages
        self.tools = tools
        self.toolChoice = toolChoice
        self.parallelToolCalls = parallelToolCalls
    }
}

public struct ModelCallResult: Sendable, Hashable, Codable {
    /// A call to make. Its arguments validate against the tool's schema.
    public struct Call: Sendable, Hashable, Codable {
        public var name: String
        public var arguments: JSONValue

        public init(name: String, arguments: JSONValue) {
            self.name = name
            self.arguments = arguments
        }
    }

    /// Independent of each other; none where the message is to be answered without a tool.
    public var calls: [Call]
    public var usage: Usage

    public init(calls: [Call], usage: Usage) {
        self.calls = calls
        self.usage = usage
    }
}
