public import Core

/// Says which of a client's own tools the last message calls for, and with what. Nothing is called.
public enum ModelCall: RPCMethod {
    public static let name = "model/call"

    /// Which tools a request may or must call. `"auto"`, `"none"`, `"required"`, or `{"name": NAME}` on the socket.
    public enum ToolChoice: Sendable, Hashable, Codable {
        /// As the question calls for.
        case auto
        case none
        /// At least one.
        case required
        /// One of this name.
        case named(String)

        private enum Key: CodingKey { case name }

        public init(from decoder: any Decoder) throws {
            if let object = try? decoder.container(keyedBy: Key.self) {
                self = .named(try object.decode(String.self, forKey: .name))
                return
            }
            let container = try decoder.singleValueContainer()
            switch try? container.decode(String.self) {
            case "auto": self = .auto
            case "none": self = .none
            case "required": self = .required
            default:
                throw DecodingError.dataCorruptedError(
                    in: container,
                    debugDescription: "expected auto, none, required or an object with the name of a tool")
            }
        }

        public func encode(to encoder: any Encoder) throws {
            if case .named(let name) = self {
                var object = encoder.container(keyedBy: Key.self)
                return try object.encode(name, forKey: .name)
            }
            var container = encoder.singleValueContainer()
            switch self {
            case .auto: try container.encode("auto")
            case .none: try container.encode("none")
            case .required, .named: try container.encode("required")
            }
        }
    }

    public struct Parameters: Sendable, Hashable, Codable {
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
        public var messages: [ChatTurn]
        public var tools: [Tool]
        /// `auto` where missing.
        public var toolChoice: ToolChoice?
        /// Whether several calls may be made at once; they may unless this is false.
        public var parallelToolCalls: Bool?

        public init(
            messages: [ChatTurn], tools: [Tool], toolChoice: ToolChoice? = nil,
            parallelToolCalls: Bool? = nil
        ) {
            self.messages = messages
            self.tools = tools
            self.toolChoice = toolChoice
            self.parallelToolCalls = parallelToolCalls
        }
    }

    public struct Result: Sendable, Hashable, Codable {
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
        public var usage: WireUsage

        public init(calls: [Call], usage: WireUsage) {
            self.calls = calls
            self.usage = usage
        }
    }
}
