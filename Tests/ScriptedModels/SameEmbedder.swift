import Core

/// Finds everything alike.
struct SameEmbedder: Embedder {
    func embed(_ texts: [String]) -> [[Float]] { texts.map { _ in [1] } }
    func embedWhenIdle(_ texts: [String]) -> [[Float]] { embed(texts) }
    func tokenCounts(of texts: [String]) -> [Int] { texts.map(\.count) }
}
