import Core

/// What may be tried after a call that failed, told by the kind of the failure and never by its words, which may be the
/// plugin's.
enum Repetition: Sendable, Hashable {
    /// The same call once more.
    case same
    /// The same operation with other arguments.
    case other
    /// Nothing.
    case none

    /// - Parameter isReadOnly: whether the operation only reads: what changes something is never repeated as it is, since
    ///   it may have been done.
    init(after failed: Step, isReadOnly: Bool) {
        self =
            switch failed.errorKind ?? .unknown {
            case .argumentsInvalid, .rejected: .other
            case .operationChanged: .none
            default: isReadOnly ? .same : .none
            }
    }
}
