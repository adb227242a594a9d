import Core

/// A request of `/v1/chat/completions` (platform.openai.com/docs/api-reference/chat/create).
struct ChatRequest: Sendable {
    var question: Question
    var isStreamed: Bool
    /// Whether a stream ends with what it took.
    var includesUsage: Bool
    var hasLogProbabilities: Bool

    /// - Throws: `APIError`.
    init(_ body: JSONBody, unenforced: @escaping (JSONValue) throws -> [String]) throws(APIError) {
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
        let format = try ResponseFormat(
            try fields.object("response_format"), schemaMember: "json_schema", unenforced: unenforced)
        question = Question(
            conversation: try ChatMessages.conversation(fields),
            tools: try ToolOffer(fields, bytes: body.bytes, form: .chat, schemas: SchemaCheck(unenforced: unenforced)),
            sampling: sampling,
            choices: try fields.integer("n", in: 1...Answerer.mostChoices) ?? 1, constraint: format.constraint,
            plugins: try Self.plugins(fields))
        if question.plugins != nil { try checkAssistant(fields) }
    }

    /// `"squire": {"plugins": "auto"}`, or a list of names.
    private static func plugins(_ fields: Fields) throws(APIError) -> NameSelection? {
        guard let squire = try fields.object("squire"), let value = squire["plugins"] else { return nil }
        if value == "auto" { return .auto }
        let names = value.array?.compactMap(\.string)
        guard let names, names.count == value.array?.count else {
            throw squire.invalid("plugins", "must be \"auto\" or a list of names")
        }
        return .named(names)
    }

    /// What the assistant, which makes its answer in steps of its own, cannot be held to.
    private func checkAssistant(_ fields: Fields) throws(APIError) {
        let impossible: [(name: String, isAsked: Bool)] = [
            ("tools", !question.tools.tools.isEmpty), ("n", question.choices > 1),
            ("response_format", question.constraint != nil), ("logprobs", hasLogProbabilities),
        ]
        for (name, isAsked) in impossible where isAsked {
            throw APIError.invalid(name, "\(name) cannot be used with squire.plugins; leave one of them out")
        }
        guard question.conversation.messages.last?.role == .user else {
            throw APIError.invalid("messages", "messages must end with the user's where squire.plugins is used")
        }
    }
}
