import Core

/// Finds everything alike.
package struct SameEmbedder: Embedder {
    package init() {}

    package func embed(_ texts: [String]) -> [[Float]] { texts.map { _ in [1] } }
    package func embedWhenIdle(_ texts: [String]) -> [[Float]] { embed(texts) }
    package func tokenCounts(of texts: [String]) -> [Int] { texts.map(\.count) }
}
