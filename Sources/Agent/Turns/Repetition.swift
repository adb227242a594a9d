import Core

/// Whether a call that failed is made once more, told by the kind of the failure and never by its words, which may be the
/// plugin's.
enum Repetition: Sendable, Hashable {
    /// The same call once more.
    case same
    case none

    /// - Parameter isReadOnly: whether the operation only reads: what changes something is never repeated, since it may
    ///   have been done.
    init(after step: Step, isReadOnly: Bool) {
        guard step.status == .error, isReadOnly else {
            self = .none
            return
        }
        self = (step.errorKind ?? .unknown).mayRetry ? .same : .none
    }
}
