import Synchronization

/// Lets through what is told often no more often than somebody can look.
final class EventPace: Sendable {
    private let last = Mutex<ContinuousClock.Instant?>(nil)

    private static let interval = Duration.milliseconds(50)

    func isDue(isLast: Bool) -> Bool {
        last.withLock { last in
            let now = ContinuousClock.now
            if !isLast, let last, now - last < Self.interval { return false }
            last = now
            return true
        }
    }
}
