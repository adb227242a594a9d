import Core

/// A request of `/v1/responses` (platform.openai.com/docs/api-reference/responses/create).
struct ResponseRequest: Sendable {
    var question: Question
    var isStreamed: Bool
    /// Members that the response repeats.
    var repeated: JSONObject

    /// - Throws: `APIError`.
    init(_ body: JSONBody, schemas: SchemaRules, configured: AssistantScope?) throws(APIError) {
        let fields = body.fields
        _ = try fields.string("model")
        for name in ["previous_response_id", "conversation", "prompt"] where fields[name] != nil {
            throw APIError.invalid(
                name, "\(name) is not kept here; send the whole conversation in input, and store it yourself")
        }
        if try fields.bool("background") == true {
            throw APIError.invalid("background", "background is not supported; wait for the response, or stream it")
        }
        isStreamed = try fields.bool("stream") ?? false
        question = Question(
            conversation: try ResponseInput.conversation(fields),
            tools: try ToolOffer(fields, form: .responses, schemas: schemas),
            sampling: try Sampling(fields),
            format: try ResponseFormat(
                try fields.object("text")?.object("format"), schemaMember: nil, schemas: schemas),
            assistant: try AssistantScope(fields, configured: configured))
        try question.checkAssistant()
        // In the response these members are there even where the request had none.
        repeated = [
            "instructions": nil, "max_output_tokens": nil, "temperature": nil, "top_p": nil, "tools": [],
            "tool_choice": "auto", "parallel_tool_calls": true, "metadata": [:],
            "text": ["format": ["type": "text"]],
        ]
        for name in repeated.keys {
            if let value = fields[name] { repeated[name] = value }
        }
    }
}
