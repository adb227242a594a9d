/// Which of several things that have names: plugins that a turn may use, collections that are looked in. `"auto"`, or a list
/// of names, on the socket.
public enum WireNameSelection: Sendable, Hashable, Codable {
    /// All there are, where they are called for.
    case auto
    /// These; empty is none.
    case named([String])

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let names = try? container.decode([String].self) {
            self = .named(names)
        } else if let word = try? container.decode(String.self), word == "auto" {
            self = .auto
        } else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "expected \"auto\" or a list of names")
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .auto: try container.encode("auto")
        case .named(let names): try container.encode(names)
        }
    }
}
