import Core

/// The messages of a request, and the calls among them.
struct Conversation: Sendable {
    private struct Place {
        var item: Int
        var call: Int
        var id: String
    }

    private(set) var dialog: [DialogItem] = []
    /// Where calls stand, in their order. Clients number them from the beginning in every round, or not at all.
    private var places: [Place] = []

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
    ///
    /// - Parameter id: empty where the client gives none.
    mutating func addCall(id: String, name: String, arguments: String) {
        var calls: [MadeCall] = []
        if !dialog.endsWithResults, case .calls(let open)? = dialog.last {
            calls = open
            dialog.removeLast()
        }
        places.append(Place(item: dialog.count, call: calls.count, id: id))
        dialog.append(.calls(calls + [MadeCall(operation: name, arguments: arguments)]))
    }

    /// What a call returned: data, for the model to answer from.
    ///
    /// - Parameter id: that of the call; where several have it, or it is empty, results come in the calls' order.
    /// - Returns: whether there was such a call.
    mutating func addResult(id: String, _ text: String) -> Bool {
        guard let place = place(of: id), case .calls(var calls) = dialog[place.item] else { return false }
        let before = calls[place.call].result.map { "\($0)\n" } ?? ""
        calls[place.call].result = before + text
        dialog[place.item] = .calls(calls)
        return true
    }

    /// The first call of the newest round that has the identifier and no result; else the last that has it.
    private func place(of id: String) -> Place? {
        var fitting = places.filter { $0.id == id }
        // One side may number what the other does not.
        if fitting.isEmpty { fitting = id.isEmpty ? places : places.filter { $0.id.isEmpty } }
        let open = fitting.filter { isOpen($0) }
        let newest = open.last?.item
        return open.first { $0.item == newest } ?? fitting.last
    }

    private func isOpen(_ place: Place) -> Bool {
        guard case .calls(let calls) = dialog[place.item] else { return false }
        return calls[place.call].result == nil
    }
}
