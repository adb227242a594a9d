/// A model that reads a query and a text together and says how well the text answers it (a cross-encoder).
package protocol Reranker: Sendable {
    /// - Returns: a logit a text: the higher, the better it answers.
    func scores(of texts: [String], for query: String) async throws -> [Float]
}
