package import Core
import Synchronization

/// A model that made vectors before. It goes on serving until the one in its place has made its own.
package struct EarlierEmbedder: Sendable {
    package var embedder: any Embedder
    /// Called when it is no longer needed.
    package var stop: @Sendable () async -> Void

    package init(embedder: any Embedder, stop: @escaping @Sendable () async -> Void) {
        self.embedder = embedder
        self.stop = stop
    }
}

/// What searches compare a query with.
final class ServingVectors: Sendable {
    struct Pair: Sendable {
        /// The model that made the vectors, which the query is embedded with.
        var embedder: any Embedder
        var vectors: any VectorIndex
    }

    private let pair: Mutex<Pair>

    init(_ pair: Pair) {
        self.pair = Mutex(pair)
    }

    var current: Pair { pair.withLock { $0 } }

    func serve(_ other: Pair) { pair.withLock { $0 = other } }
}
