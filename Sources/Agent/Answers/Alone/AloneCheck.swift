import Understanding

/// What of a model's own words must stand in the conversation.
enum AloneCheck: Sendable, Hashable {
    case nothing
    /// Only what is said to have been done: what a large model states otherwise is its own.
    case doings
    case figures
    case figuresAndNames
}

extension RequestKind {
    /// What of an answer to it is held against what was said.
    var checks: AloneCheck {
        switch self {
        case .invent, .code: .nothing
        // A translation has words of its own.
        case .rewrite: .figures
        default: .figuresAndNames
        }
    }
}
