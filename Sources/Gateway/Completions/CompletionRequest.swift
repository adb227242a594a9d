import Core

/// A request of `/v1/completions` (platform.openai.com/docs/api-reference/completions/create).
struct CompletionRequest: Sendable {
    var prompts: [String]
    /// What follows the text that is wanted.
    var suffix: String?
    var sampling: Sampling
    /// How many texts are wanted for each prompt.
    var choices: Int
    var isStreamed: Bool
    var includesUsage: Bool

    /// The most texts of one request: what may wait before the model.
    private static let mostTexts = 64

    /// - Throws: `APIError`.
    init(_ fields: Fields) throws(APIError) {
        _ = try fields.string("model")
        guard let prompts = try fields.strings("prompt"), !prompts.isEmpty else {
            throw fields.invalid("prompt", "must be a string or a list of strings")
        }
        self.prompts = prompts
        suffix = try fields.string("suffix")
        isStreamed = try fields.bool("stream") ?? false
        includesUsage = try fields.object("stream_options")?.bool("include_usage") ?? false
        if try fields.bool("echo") == true {
            throw APIError.invalid("echo", "echo is not supported; put the prompt before the text yourself")
        }
        choices = try fields.integer("n", in: 1...Answerer.mostChoices) ?? 1
        if let best = try fields.integer("best_of", in: 1...Int.max), best != choices {
            throw APIError.invalid("best_of", "best_of is not supported; ask for n texts and choose among them")
        }
        guard prompts.count * choices <= Self.mostTexts else {
            throw APIError.invalid(
                "prompt", "prompt may ask for \(Self.mostTexts) texts, not \(prompts.count * choices); send it in parts"
            )
        }
        sampling = try Sampling(fields)
        sampling.logProbabilities = try fields.integer("logprobs", in: 0...20)
    }
}
