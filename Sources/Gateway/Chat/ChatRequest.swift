import Core

/// A request of `/v1/chat/completions` (platform.openai.com/docs/api-reference/chat/create).
struct ChatRequest: Sendable {
    var question: Question
    var isStreamed: Bool
    /// Whether a stream ends with what it took.
    var includesUsage: Bool
    var hasLogProbabilities: Bool

    /// - Throws: `APIError`.
    package init(_ body: JSONBody, schemas: SchemaRules, configured: AssistantScope?) throws(APIError) {
        let fields = body.fields
        _ = try fields.string("model")
        isStreamed = try fields.bool("stream") ?? false
        includesUsage = try fields.object("stream_options")?.bool("include_usage") ?? false
        var sampling = try Sampling(fields)
        hasLogProbabilities = try fields.bool("logprobs") ?? false
        let alternatives = try fields.integer("top_logprobs", in: 0...20)
        if hasLogProbabilities {
            sampling.logProbabilities = alternatives ?? 0
        } else if alternatives != nil {
            throw APIError.invalid("top_logprobs", "top_logprobs needs logprobs to be true")
        }
        question = Question(
            conversation: try ChatMessages.conversation(fields),
            tools: try ToolOffer(fields, form: .chat, schemas: schemas),
            sampling: sampling,
            choices: try fields.integer("n", in: 1...Answerer.mostChoices) ?? 1,
            format: try ResponseFormat(
                try fields.object("response_format"), schemaMember: "json_schema", schemas: schemas),
            assistant: try AssistantScope(fields, configured: configured))
        try question.checkAssistant()
    }
}

extension Question {
    /// - Throws: `APIError` where the assistant is asked for what it cannot do.
    func checkAssistant() throws(APIError) {
        guard let assistant, !assistant.isEmpty, let name = assistantObstacle else { return }
        if name == "messages" {
            throw APIError.invalid(name, "messages must end with the user's where squire is used")
        }
        throw APIError.invalid(name, "\(name) cannot be used with squire.plugins; leave one of them out")
    }
}
