import Synchronization

/// Tells libllama's abort callback whether anybody still wants the batch that is being computed. The callback runs on
/// the thread that decodes, between operations of the graph, so that no lock is needed.
///
/// `@unchecked Sendable`: `watch` and `shouldStop` are called by the thread that owns the context alone.
final class AbortSignal: @unchecked Sendable {
    private var flags: [CancelFlag] = []
    private var calls = 0

    /// A graph has about a thousand operations, and its other threads wait while one asks.
    private static let interval = 16

    func watch(_ flags: [CancelFlag]) {
        self.flags = flags
    }

    /// Whether to stop, asked after each operation.
    func shouldStop() -> Bool {
        calls &+= 1
        guard calls % Self.interval == 0 else { return false }
        return !flags.isEmpty && flags.allSatisfy(\.isSet)
    }
}
