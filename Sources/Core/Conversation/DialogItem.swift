/// A call that was made, and what came of it.
package struct MadeCall: Sendable, Hashable {
    package var operation: String
    /// JSON, as who made the call wrote it.
    package var arguments: String
    /// What the tool returned: data. Nil where nothing came back.
    package var result: String?
    /// Whether it is known to have failed.
    package var isFailed: Bool

    package init(operation: String, arguments: String, result: String? = nil, isFailed: Bool = false) {
        self.operation = operation
        self.arguments = arguments
        self.result = result
        self.isFailed = isFailed
    }
}

/// What is said and done in a conversation with tools.
package enum DialogItem: Sendable, Hashable {
    case message(ChatMessage)
    /// Calls the assistant made at once. What it said with them is the message before.
    case calls([MadeCall])
}

extension [DialogItem] {
    /// The conversation for a model that knows no calls. A result stands in the message of the question it serves, so
    /// that the two are kept or dropped together where a conversation does not fit, and roles keep alternating.
    package var messages: [ChatMessage] {
        var messages: [ChatMessage] = []
        var isAfterResult = false
        for item in self {
            switch item {
            case .message(let message):
                messages.append(message)
                isAfterResult = false
            case .calls(let calls):
                for call in calls {
                    guard let result = call.result else { continue }
                    let text = "Result of \(call.operation)(\(call.arguments)): \(result)"
                    if let last = messages.last, last.role == .user {
                        messages[messages.count - 1].content += isAfterResult ? "\n\(text)" : "\n\n\(text)"
                    } else {
                        messages.append(ChatMessage(.user, text))
                    }
                    isAfterResult = true
                }
            }
        }
        return messages
    }

    /// Whether the last thing said is what a tool returned.
    package var endsWithResults: Bool {
        guard case .calls(let calls)? = last else { return false }
        return calls.contains { $0.result != nil }
    }

    /// What was said up to the user's last message, without what tools returned; and the calls that were made for it since.
    package var question: (messages: [ChatMessage], made: [MadeCall]) {
        var messages: [ChatMessage] = []
        var made: [MadeCall] = []
        var asked = 0
        for item in self {
            switch item {
            case .message(let message):
                messages.append(message)
                if message.role == .user { (asked, made) = (messages.count, []) }
            case .calls(let calls): made += calls
            }
        }
        return ([ChatMessage](messages.prefix(asked)), made)
    }
}
