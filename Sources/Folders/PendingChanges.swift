import SystemPackage

/// Collects changes until it is quiet for a moment, since one save is many events.
struct PendingChanges {
    enum Due: Equatable {
        case paths(Set<FilePath>)
        /// More paths than are worth telling one by one.
        case everything
    }

    typealias Instant = ContinuousClock.Instant

    /// How long nothing must happen.
    let quiet: Duration
    /// How long changes are kept back at most, where it is never quiet.
    let longest: Duration
    let limit: Int

    private var paths: Set<FilePath> = []
    private var hasTooMany = false
    private var first: Instant?
    private var last: Instant?

    init(quiet: Duration, longest: Duration, limit: Int = 10_000) {
        self.quiet = quiet
        self.longest = longest
        self.limit = limit
    }

    mutating func add(_ path: FilePath, at time: Instant) {
        first = first ?? time
        last = time
        guard !hasTooMany else { return }
        paths.insert(path)
        if paths.count > limit {
            hasTooMany = true
            paths = []
        }
    }

    /// When what was collected is to be told; nil where there is nothing.
    var deadline: Instant? {
        guard let first, let last else { return nil }
        return min(last.advanced(by: quiet), first.advanced(by: longest))
    }

    /// What is to be told by now, once.
    mutating func take(at time: Instant) -> Due? {
        guard let deadline, time >= deadline else { return nil }
        let due = hasTooMany ? Due.everything : .paths(Self.outermost(paths))
        removeAll()
        return due
    }

    mutating func removeAll() {
        paths = []
        hasTooMany = false
        first = nil
        last = nil
    }

    /// The paths that are not under another of them.
    private static func outermost(_ paths: Set<FilePath>) -> Set<FilePath> {
        paths.filter { path in
            var above = path
            while above.removeLastComponent() {
                if paths.contains(above) { return false }
            }
            return true
        }
    }
}
