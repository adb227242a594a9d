import Core

extension ToolFailureKind {
    /// What a status that is no success means.
    init(status: Int) {
        // Too slow, too early, too much (RFC 9110, 15.5.9; RFC 8470, 5.2; RFC 6585, 4): nothing is wrong with the
        // arguments.
        self = (400..<500).contains(status) && ![408, 425, 429].contains(status) ? .rejected : .serverFailed
    }

    /// What it means that no whole response came.
    init(_ error: HTTPError) {
        self =
            switch error.failureClass {
            case .invalid, .unavailable: .unreachable
            default: .unanswered
            }
    }
}
