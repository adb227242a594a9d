/// Which tools a request may or must call. `"auto"`, `"none"`, `"required"`, or `{"name": NAME}` on the socket.
public enum ToolChoice: Sendable, Hashable {
    /// As the question calls for.
    case auto
    case none
    /// At least one.
    case required
    /// One of this name.
    case named(String)
}

extension ToolChoice: Codable {
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
                in: container, debugDescription: "expected auto, none, required or an object with the name of a tool")
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

/// A conversation, and the tools that may be called for its last message.
package struct CallRequest: Sendable {
    /// System, user, assistant and tool messages, the question last.
    package var messages: [ChatMessage]
    package var tools: [Tool]
    package var choice: ToolChoice
    /// Whether several calls may be made at once.
    package var allowsParallel: Bool

    package init(
        messages: [ChatMessage], tools: [Tool], choice: ToolChoice = .auto, allowsParallel: Bool = true
    ) {
        self.messages = messages
        self.tools = tools
        self.choice = choice
        self.allowsParallel = allowsParallel
    }
}

/// A call that is to be made. Its arguments validate against the operation's schema.
package struct PlannedCall: Sendable, Hashable {
    package var operation: String
    package var arguments: JSONValue

    package init(operation: String, arguments: JSONValue) {
        self.operation = operation
        self.arguments = arguments
    }
}

/// Decides which tools a message calls for, and with what. Who asks executes the calls.
package protocol ToolCalling: Sendable {
    /// - Returns: the calls, independent of each other; none where the message is to be answered without a tool.
    /// - Throws: `schemaUnsupported`, naming the keyword, for a tool whose schema cannot be enforced; what the model
    ///   throws.
    func calls(for request: CallRequest) async throws -> (calls: [PlannedCall], usage: Usage)
}
