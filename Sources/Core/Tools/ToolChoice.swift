/// Which tools a request may or must call. `"auto"`, `"none"`, `"required"`, or `{"name": NAME}` on the socket.
public enum ToolChoice: Sendable, Hashable {
    /// As the question calls for.
    case auto
    case none
    /// At least one.
    case required
    /// One of this name.
    case named(String)

    /// Whether a text without a call will not do.
    package var requiresCall: Bool {
        switch self {
        case .auto, .none: false
        case .required, .named: true
        }
    }
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
