package import Core

/// Finds every continuation as likely as any other.
package struct IndifferentModel: TokenModel {
    package init() {}

    package func render(_ messages: [ChatMessage]) -> Prompt { Prompt([]) }

    package func generate(_ request: GenerationRequest) -> AsyncThrowingStream<GenerationEvent, any Error> {
        AsyncThrowingStream { $0.finish() }
    }

    package func textWhenIdle(_ request: GenerationRequest) -> (text: String, usage: Usage) { ("", Usage()) }

    package func logProbabilities(of alternatives: [String], after prompt: Prompt) -> (
        scores: [AlternativeScore], usage: Usage
    ) {
        (alternatives.map { _ in AlternativeScore(logProbability: -1, tokenCount: 1) }, Usage())
    }

    package func tokenize(_ text: String, special: Bool) -> [TokenPiece] { [] }

    package func tokenCount(of prompt: Prompt) -> Int { 0 }

    package func describe() throws -> ModelDescription { throw CancellationError() }

    package func infillPrompt(prefix: String, suffix: String) -> Prompt { Prompt([]) }
}
