import Synchronization

/// Whether answers are being computed; idle work waits while they are.
package final class Activity: Sendable {
    private let busy = Atomic(false)

    package init() {}

    var isBusy: Bool {
        get { busy.load(ordering: .relaxed) }
        set { busy.store(newValue, ordering: .relaxed) }
    }

    private static let look = Duration.milliseconds(10)
    /// So that idle work comes to its end also on a machine that is never idle.
    private static let longest = Duration.seconds(2)

    /// Returns when nothing is computed, or after two seconds.
    ///
    /// - Parameter others: whether something else is computed that goes first.
    /// - Throws: `CancellationError`.
    func waitUntilIdle(others: () -> Bool = { false }) async throws {
        let end = ContinuousClock.now + Self.longest
        while isBusy || others(), .now < end { try await Task.sleep(for: Self.look) }
    }
}
