import Core

/// Reads `messages` of a chat completion.
enum ChatMessages {
    /// - Throws: `APIError` naming the message and what is wrong with it.
    static func conversation(_ fields: Fields) throws(APIError) -> Conversation {
        guard let messages = try fields.objects("messages"), !messages.isEmpty else {
            throw APIError.invalid("messages", "messages must be a list of at least one message")
        }
        var conversation = Conversation()
        for message in messages { try add(message, to: &conversation) }
        return conversation
    }

    private static func add(_ message: Fields, to conversation: inout Conversation) throws(APIError) {
        switch try message.requiredString("role") {
        case "system", "developer": conversation.add(.system, try text(message))
        case "user": conversation.add(.user, try text(message))
        case "assistant":
            let calls = try message.objects("tool_calls") ?? []
            let text = try message.contentText("content", types: ["text", "refusal"])
            guard text != nil || !calls.isEmpty else {
                throw message.invalid("content", "must be a string where there are no tool_calls")
            }
            if let text, !text.isEmpty { conversation.add(.assistant, text) }
            for call in calls { try add(call: call, to: &conversation) }
        case "tool":
            let id = try message.string("tool_call_id") ?? ""
            guard conversation.addResult(id: id, try text(message)) else {
                throw message.invalid("tool_call_id", "must be the id of a call in an assistant's message before it")
            }
        default: throw message.invalid("role", "must be system, developer, user, assistant or tool")
        }
    }

    private static func text(_ message: Fields) throws(APIError) -> String {
        guard let text = try message.contentText("content", types: ["text"]) else {
            throw message.invalid("content", "must be a string or a list of parts")
        }
        return text
    }

    private static func add(call: Fields, to conversation: inout Conversation) throws(APIError) {
        guard try call.string("type") ?? "function" == "function", let function = try call.object("function") else {
            throw call.invalid("type", "must be function, with a member of that name; it is")
        }
        conversation.addCall(
            id: try call.string("id") ?? "", name: try function.requiredString("name"),
            arguments: try function.requiredString("arguments"))
    }
}
