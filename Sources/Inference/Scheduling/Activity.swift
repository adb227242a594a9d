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
    /// - Throws: `CancellationError`.
    func waitUntilIdle() async throws { try await Self.wait { isBusy } }

    /// Returns when something is over that goes first, or after two seconds.
    ///
    /// - Throws: `CancellationError`.
    static func wait(while isBusy: () -> Bool) async throws {
        let end = ContinuousClock.now + longest
        while isBusy(), .now < end { try await Task.sleep(for: look) }
    }
}
