/// What a failure means to who asked: whose fault it is, and whether the same may be asked again. What follows a failure is
/// decided by its class, or by its code where one failure is meant, and never by its message.
///
/// Nothing was done, except where it is `cancelled` or `failed`.
public enum FailureClass: Sendable, Hashable, CaseIterable {
    /// What was asked or given cannot be used as it is. Who asked changes it first.
    case invalid
    /// What was named is not there. Who asked names something else.
    case notFound
    /// An owner, a permission or a rule forbids it, and will until that is changed.
    case denied
    /// More is asked at once than is taken. The same may be asked again soon.
    case limit
    /// Something that it needs does not work, or not yet. The same may be asked again, once that works.
    case unavailable
    /// Who asked gave it up.
    case cancelled
    /// Squire, its files or what it called failed. It is not the fault of who asked, and may be gone the next time.
    case failed

    /// Whether the same, asked again as it is, may succeed.
    package var mayRetry: Bool {
        switch self {
        case .invalid, .notFound, .denied, .cancelled: false
        case .limit, .unavailable, .failed: true
        }
    }

    /// Whether what was asked may have been done all the same.
    package var mayHaveBeenDone: Bool {
        switch self {
        case .invalid, .notFound, .denied, .limit, .unavailable: false
        case .cancelled, .failed: true
        }
    }
}
