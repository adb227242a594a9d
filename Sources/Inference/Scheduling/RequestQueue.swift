import Core
import Synchronization

/// The requests that wait for the model or run on it, in order. Each waiting one is told its position as it changes.
final class RequestQueue: Sendable {
    private struct Entry {
        var ticket: Int
        var isRunning = false
        var moved: @Sendable (Int) -> Void
    }

    private struct State {
        var entries: [Entry] = []
        var nextTicket = 0
    }

    let limit: Int
    private let places: Int
    private let state = Mutex(State())

    /// - Parameters:
    ///   - limit: the most requests that may wait.
    ///   - places: how many run at once; nobody in one of these places is told of waiting.
    init(limit: Int, places: Int) {
        self.limit = limit
        self.places = places
    }

    /// Joins the end of the queue.
    ///
    /// - Parameter moved: told how many requests are before this one, when there are any, now and at each change.
    /// - Returns: a ticket to leave with.
    /// - Throws: `queueFull`.
    func join(moved: @escaping @Sendable (Int) -> Void) throws(InferenceError) -> Int {
        let (ticket, position) = state.withLock { state -> (Int?, Int) in
            let waiting = state.entries.count { !$0.isRunning }
            guard waiting < limit + max(0, places - (state.entries.count - waiting)) else { return (nil, waiting) }
            state.nextTicket += 1
            state.entries.append(Entry(ticket: state.nextTicket, moved: moved))
            return (state.nextTicket, state.entries.count - 1)
        }
        guard let ticket else {
            throw InferenceError(
                .queueFull, "busy: \(position) requests are waiting for the model already; ask again later")
        }
        if position >= places { moved(position) }
        return ticket
    }

    /// Notes that a request runs, or has to wait again.
    func setRunning(_ isRunning: Bool, _ ticket: Int) {
        state.withLock { state in
            guard let index = state.entries.firstIndex(where: { $0.ticket == ticket }) else { return }
            state.entries[index].isRunning = isRunning
        }
    }

    func leave(_ ticket: Int) {
        let moved = state.withLock { state -> [(Int, @Sendable (Int) -> Void)] in
            guard let index = state.entries.firstIndex(where: { $0.ticket == ticket }) else { return [] }
            state.entries.remove(at: index)
            return state.entries.enumerated().dropFirst(index).filter { !$0.element.isRunning }
                .map { ($0.offset, $0.element.moved) }
        }
        for (position, tell) in moved where position >= places { tell(position) }
    }

    var counts: (running: Int, waiting: Int) {
        state.withLock { state in
            let running = state.entries.count { $0.isRunning }
            return (running, state.entries.count - running)
        }
    }
}
