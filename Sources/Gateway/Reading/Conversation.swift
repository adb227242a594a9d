import Core

/// The messages of a request, and the calls among them.
struct Conversation: Sendable {
    private struct Place {
        var item: Int
        var call: Int
    }

    private(set) var dialog: [DialogItem] = []
    /// Where calls stand, by their identifiers.
    private var places: [String: Place] = [:]

    /// As they are put before a model that knows no calls.
    var messages: [ChatMessage] { dialog.messages }

    mutating func add(_ role: ChatMessage.Role, _ text: String) {
        if role == .system, case .message(var last)? = dialog.last, last.role == .system {
            // Templates have one place for instructions.
            last.content += "\n\n\(text)"
            dialog[dialog.count - 1] = .message(last)
        } else {
            dialog.append(.message(ChatMessage(role, text)))
        }
    }

    /// A call the assistant made, at once with those before it that have no result yet.
    mutating func addCall(id: String, name: String, arguments: String) {
        var calls: [MadeCall] = []
        if !dialog.endsWithResults, case .calls(let open)? = dialog.last {
            calls = open
            dialog.removeLast()
        }
        places[id] = Place(item: dialog.count, call: calls.count)
        dialog.append(.calls(calls + [MadeCall(operation: name, arguments: arguments)]))
    }

    /// What a call returned: data, for the model to answer from.
    ///
    /// - Returns: whether there was such a call.
    mutating func addResult(id: String, _ text: String) -> Bool {
        guard let place = places[id], case .calls(var calls) = dialog[place.item] else { return false }
        let before = calls[place.call].result.map { "\($0)\n" } ?? ""
        calls[place.call].result = before + text
        dialog[place.item] = .calls(calls)
        return true
    }
}
