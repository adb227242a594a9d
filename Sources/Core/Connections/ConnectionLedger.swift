import Synchronization

/// The open connections of one server, which have a limit of their own: who connects beyond it takes the place of the
/// connection that is worth least, so that idle ones never lock anybody out.
package final class ConnectionLedger: Sendable {
    /// What a connection is doing, from what is given up first to what is never given up.
    package enum Standing: Int, Sendable, Comparable {
        /// It has asked nothing yet, or not finished its first words.
        case newcomer
        /// It has been answered, and is kept for the next request.
        case waiting
        /// A request is arriving.
        case sending
        /// A request is being answered.
        case busy

        package static func < (left: Standing, right: Standing) -> Bool { left.rawValue < right.rawValue }
    }

    package typealias Number = Int

    private struct Entry {
        var standing = Standing.newcomer
        /// Counts up with every change, so that the lowest is the oldest.
        var since: Int
        var close: @Sendable () -> Void
    }

    private struct State {
        var entries: [Number: Entry] = [:]
        var lastNumber = 0
        var changes = 0
    }

    package let limit: Int
    /// Written by the event loops as connections come, go and change, each for a few instructions; a newcomer over the
    /// limit looks through all entries.
    private let state = Mutex(State())

    package init(limit: Int) {
        self.limit = max(1, limit)
    }

    package var count: Int { state.withLock { $0.entries.count } }

    /// Takes a connection in. Where there are too many, the one that is worth least is closed for it.
    ///
    /// - Parameter close: closes the connection; may be called from any thread.
    /// - Returns: nil where all others are being answered: then this one must go.
    package func admit(close: @escaping @Sendable () -> Void) -> Number? {
        let (number, evicted) = state.withLock { state -> (Number?, (@Sendable () -> Void)?) in
            var evicted: (@Sendable () -> Void)?
            if state.entries.count >= limit {
                let least = state.entries.filter { $0.value.standing < .busy }.min {
                    ($0.value.standing, $0.value.since) < ($1.value.standing, $1.value.since)
                }
                guard let least else { return (nil, nil) }
                evicted = least.value.close
                state.entries[least.key] = nil
            }
            state.lastNumber += 1
            state.changes += 1
            state.entries[state.lastNumber] = Entry(since: state.changes, close: close)
            return (state.lastNumber, evicted)
        }
        // Outside the lock: closing comes back here.
        evicted?()
        return number
    }

    /// Notes what a connection is doing now.
    package func set(_ number: Number, _ standing: Standing) {
        state.withLock { state in
            guard let old = state.entries[number]?.standing, old != standing else { return }
            state.changes += 1
            state.entries[number]?.standing = standing
            state.entries[number]?.since = state.changes
        }
    }

    package func remove(_ number: Number) {
        state.withLock { _ = $0.entries.removeValue(forKey: number) }
    }
}
