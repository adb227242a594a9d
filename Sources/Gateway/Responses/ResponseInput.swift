import Core

/// Reads `instructions` and `input` of a response.
enum ResponseInput {
    /// - Throws: `APIError` naming the item and what is wrong with it.
    static func conversation(_ fields: Fields) throws(APIError) -> Conversation {
        var conversation = Conversation()
        if let instructions = try fields.string("instructions"), !instructions.isEmpty {
            conversation.add(.system, instructions)
        }
        if let text = fields["input"]?.string {
            conversation.add(.user, text)
            return conversation
        }
        guard fields["input"]?.array != nil, let items = try fields.objects("input"), !items.isEmpty else {
            throw fields.invalid("input", "must be a string or a list of at least one item")
        }
        for item in items { try add(item, to: &conversation) }
        guard !conversation.messages.isEmpty else {
            throw APIError.invalid("input", "input holds no message; add one of role user")
        }
        return conversation
    }

    private static func add(_ item: Fields, to conversation: inout Conversation) throws(APIError) {
        switch try item.string("type") ?? "message" {
        case "message": try add(message: item, to: &conversation)
        case "function_call":
            conversation.addCall(
                id: try item.string("call_id") ?? "", name: try item.requiredString("name"),
                arguments: try item.requiredString("arguments"))
        case "function_call_output":
            guard let output = try item.contentText("output", types: ["input_text", "output_text"]) else {
                throw item.invalid("output", "must be a string or a list of parts")
            }
            guard conversation.addResult(id: try item.string("call_id") ?? "", output) else {
                throw item.invalid("call_id", "must be the call_id of a function_call before it")
            }
        // Other models' thoughts, which clients hand back as they got them.
        case "reasoning": return
        default: throw item.invalid("type", "must be message, function_call or function_call_output")
        }
    }

    private static func add(message: Fields, to conversation: inout Conversation) throws(APIError) {
        let text = try message.contentText("content", types: ["input_text", "output_text", "text", "refusal"])
        guard let text else { throw message.invalid("content", "must be a string or a list of parts") }
        switch try message.requiredString("role") {
        case "system", "developer": conversation.add(.system, text)
        case "user": conversation.add(.user, text)
        case "assistant": if !text.isEmpty { conversation.add(.assistant, text) }
        default: throw message.invalid("role", "must be system, developer, user or assistant")
        }
    }
}
