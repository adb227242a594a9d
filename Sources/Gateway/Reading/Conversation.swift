import Core

/// The messages of a request, as they are put before the model.
struct Conversation: Sendable {
    private struct Call {
        var name: String
        var arguments: String
    }

    private(set) var messages: [ChatMessage] = []
    /// Whether the last thing said is what a tool returned.
    private(set) var endsWithResults = false
    private var calls: [String: Call] = [:]

    mutating func add(_ role: ChatMessage.Role, _ text: String) {
        if role == .system, let last = messages.last, last.role == .system {
            // Templates have one place for instructions.
            messages[messages.count - 1].content += "\n\n\(text)"
        } else {
            messages.append(ChatMessage(role, text))
        }
        endsWithResults = false
    }

    /// A call the assistant made. The model reads of it with its result.
    mutating func addCall(id: String, name: String, arguments: String) {
        calls[id] = Call(name: name, arguments: arguments)
    }

    /// What a call returned: data, for the model to answer from. It stands in the message of the question it serves, so
    /// that the two are kept or dropped together where a conversation does not fit, and roles keep alternating.
    ///
    /// - Returns: whether there was such a call.
    mutating func addResult(id: String, _ text: String) -> Bool {
        guard let call = calls[id] else { return false }
        let result = "Result of \(call.name)(\(call.arguments)): \(text)"
        if let last = messages.last, last.role == .user {
            messages[messages.count - 1].content += endsWithResults ? "\n\(result)" : "\n\n\(result)"
        } else {
            messages.append(ChatMessage(.user, result))
        }
        endsWithResults = true
        return true
    }
}
