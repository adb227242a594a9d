/// Turns texts into vectors whose cosine says how near they are in meaning.
package protocol Embedder: Sendable {
    /// - Returns: one vector of length 1 (Euclidean) a text.
    func embed(_ texts: [String]) async throws -> [[Float]]

    /// The same for texts nobody waits for: gives way to answers that are being computed.
    func embedWhenIdle(_ texts: [String]) async throws -> [[Float]]

    /// How many tokens each text has.
    func tokenCounts(of texts: [String]) async throws -> [Int]

    /// What makes the vectors, the same after a restart: those of two makers are never compared. Nil where nobody can
    /// tell; such vectors are not kept on disk. Waits until that is known.
    func maker() async -> String?

    /// The most tokens of a text that are read: of a longer one only the beginning is. Nil where there is no limit.
    func mostTokens() async throws -> Int?
}

extension Embedder {
    package func maker() async -> String? { nil }

    package func mostTokens() async throws -> Int? { nil }
}
