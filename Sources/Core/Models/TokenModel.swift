/// A loaded model, or one that is being loaded: calls wait for it, and throw what loading threw.
package protocol TokenModel: Sendable {
    /// Renders messages with the model's own template, ready for the assistant to speak.
    func render(_ messages: [ChatMessage]) async throws -> Prompt

    /// Generates text. The stream ends with `finished`, or throws; dropping it cancels generation.
    ///
    /// - Throws: `promptTooLong`, `grammarInvalid`, `queueFull`, or what loading the model threw;
    ///   `CancellationError` when the consuming task is cancelled.
    func generate(_ request: GenerationRequest) -> AsyncThrowingStream<GenerationEvent, any Error>

    /// The whole text of a generation that nobody waits for: it gives way to everything else the model is asked.
    ///
    /// - Throws: what `generate` throws.
    func textWhenIdle(_ request: GenerationRequest) async throws -> (text: String, usage: Usage)

    /// How likely the model would continue the prompt with each of the alternatives.
    ///
    /// - Returns: for each alternative the sum of its tokens' natural-log probabilities, and how many tokens
    ///   it has.
    func logProbabilities(of alternatives: [String], after prompt: Prompt) async throws -> (
        scores: [AlternativeScore], usage: Usage
    )

    /// The tokens of a text.
    ///
    /// - Parameter special: whether control tokens written out in the text are read as such.
    func tokenize(_ text: String, special: Bool) async throws -> [TokenPiece]

    /// How many tokens a prompt has.
    func tokenCount(of prompt: Prompt) async throws -> Int

    /// What the model is, and how it is run.
    func describe() async throws -> ModelDescription

    /// A prompt that lets the model write what stands between two texts.
    ///
    /// - Throws: `infillUnsupported`.
    func infillPrompt(prefix: String, suffix: String) async throws -> Prompt
}

extension TokenModel {
    /// The whole text of a generation.
    package func text(_ request: GenerationRequest) async throws -> (text: String, usage: Usage) {
        var text = ""
        var usage = Usage()
        for try await event in generate(request) {
            switch event {
            case .text(let piece): text += piece
            case .finished(_, let total): usage = total
            case .queued, .dropped, .logProbabilities: break
            }
        }
        try Task.checkCancellation()
        return (text, usage)
    }
}

package struct AlternativeScore: Sendable, Hashable {
    /// The sum of the tokens' natural-log probabilities.
    package var logProbability: Double
    package var tokenCount: Int

    package init(logProbability: Double, tokenCount: Int) {
        self.logProbability = logProbability
        self.tokenCount = tokenCount
    }
}
