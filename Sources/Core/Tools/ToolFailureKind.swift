/// Why a call failed, by what it means for making it again: an open set of words.
public struct ToolFailureKind: Sendable, Hashable, RawRepresentable {
    public var rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The arguments are not the operation's; nothing was sent.
    public static let argumentsInvalid = ToolFailureKind(rawValue: "argumentsInvalid")
    /// Something that the operation requires was not said; no call was made.
    public static let argumentsMissing = ToolFailureKind(rawValue: "argumentsMissing")
    /// The operation is not the one that was asked about any more; nothing was sent.
    public static let operationChanged = ToolFailureKind(rawValue: "operationChanged")
    /// No connection was made; nothing was sent.
    public static let unreachable = ToolFailureKind(rawValue: "unreachable")
    /// The plugin's own server did not start, and said why; nothing was sent.
    public static let serverNotStarted = ToolFailureKind(rawValue: "pluginServerFailed")
    /// No whole answer came; what was asked for may have been done.
    public static let unanswered = ToolFailureKind(rawValue: "unanswered")
    /// The API refused the request (HTTP 4xx): other arguments may do.
    public static let rejected = ToolFailureKind(rawValue: "rejected")
    /// The API failed or was too busy (HTTP 5xx, 408, 425, 429); what was asked for may have been done.
    public static let serverFailed = ToolFailureKind(rawValue: "serverFailed")
    /// The API answered, with what cannot be read; what was asked for has probably been done.
    public static let unreadable = ToolFailureKind(rawValue: "unreadable")
    /// Nothing is known of it.
    public static let unknown = ToolFailureKind(rawValue: "unknown")

    package var failureClass: FailureClass {
        switch self {
        case .argumentsInvalid, .argumentsMissing, .rejected: .invalid
        case .operationChanged: .notFound
        case .unreachable, .serverNotStarted: .unavailable
        default: .failed
        }
    }

    /// Whether the failure's message may hold words of the API, which are not the user's.
    package var carriesForeignText: Bool {
        switch self {
        case .argumentsInvalid, .argumentsMissing, .operationChanged, .unreachable, .unanswered: false
        default: true
        }
    }

    /// Whether the same call may succeed if it is made once more.
    package var mayRetry: Bool { failureClass.mayRetry }

    /// Whether what the call asked for may have been done all the same.
    package var mayHaveBeenDone: Bool { failureClass.mayHaveBeenDone }
}
