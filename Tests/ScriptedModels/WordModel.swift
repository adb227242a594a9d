package import Core

/// Counts a word as a token, and says what it is told to.
package struct WordModel: TokenModel {
    package var context = 512
    package var parameters = 7_000_000_000
    package var says = ""

    package init(context: Int = 512, parameters: Int = 7_000_000_000, says: String = "") {
        self.context = context
        self.parameters = parameters
        self.says = says
    }

    package func render(_ messages: [ChatMessage]) async throws -> Prompt {
        Prompt(
            messages.flatMap { [.template("<\($0.role.rawValue)> "), .text($0.content), .template(" <end> ")] }
                + [.template("<assistant>")])
    }

    package func generate(_ request: GenerationRequest) -> AsyncThrowingStream<GenerationEvent, any Error> {
        AsyncThrowingStream { stream in
            stream.yield(.text(says))
            stream.yield(.finished(reason: .stop, usage: Usage()))
            stream.finish()
        }
    }

    package func textWhenIdle(_ request: GenerationRequest) async throws -> (text: String, usage: Usage) {
        try await text(request)
    }

    package func logProbabilities(
        of alternatives: [String], after prompt: Prompt
    ) async throws -> (scores: [AlternativeScore], usage: Usage) { ([], Usage()) }

    package func tokenize(_ text: String, special: Bool) async throws -> [TokenPiece] {
        text.split(whereSeparator: \.isWhitespace).map { TokenPiece(token: 0, bytes: Array($0.utf8)) }
    }

    package func tokenCount(of prompt: Prompt) async throws -> Int {
        prompt.segments.reduce(1) { $0 + $1.content.split(whereSeparator: \.isWhitespace).count }
    }

    package func describe() async throws -> ModelDescription {
        ModelDescription(
            path: "", bytes: 0, summary: "", architecture: "words", parameters: parameters, vocabularySize: 1,
            trainedContext: context, context: context, embeddingSize: 1, layers: 1, chatTemplate: nil, metadata: [:])
    }

    package func infillPrompt(prefix: String, suffix: String) async throws -> Prompt {
        Prompt([.text(prefix), .text(suffix)])
    }
}
