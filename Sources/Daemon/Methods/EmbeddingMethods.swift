import Inference
import JSONRPC
import SquireProtocol

/// `model/embed`.
struct EmbeddingMethods: Sendable {
    let embedding: EmbeddingEngine

    /// Of one call: what a client that needs more can send in several.
    private static let mostTexts = 2048

    func add(to router: inout RPCRouter) {
        router.on(ModelEmbed.self) { parameters, _ in
            guard parameters.texts.count <= Self.mostTexts else {
                throw RPCError.invalidParameters(
                    ModelEmbed.self,
                    "texts may hold \(Self.mostTexts), not \(parameters.texts.count); send them in parts")
            }
            let counts = try await embedding.tokenCounts(of: parameters.texts)
            let most = try await embedding.mostTokens() ?? .max
            let cut = counts.indices.filter { counts[$0] > most }
            let (vectors, tokens) = try await embedding.embedWithUsage(parameters.texts)
            // A cancelled call gives fewer.
            try Task.checkCancellation()
            return ModelEmbed.Result(
                model: ModelMethods.name(embedding.modelPath), embeddings: vectors, tokens: tokens,
                cut: cut.isEmpty ? nil : cut)
        }
    }
}
