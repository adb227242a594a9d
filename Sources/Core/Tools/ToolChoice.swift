/// Which tools a request may or must call.
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
