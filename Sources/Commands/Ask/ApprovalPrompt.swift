import Core
import Foundation
import SquireProtocol

/// What the user is asked before a call: what is to be done and with what, in words; all of the request below it.
struct ApprovalPrompt {
    /// The plugin's name for people, where it has one.
    var title: String?
    var plugin: String
    var operation: String
    var arguments: JSONValue
    /// Why it is asked.
    var reason: String
    /// Where it goes: `POST http://127.0.0.1:8080/orders`, where that is known.
    var address: String?

    /// `Let Office Store place order? item: chair, quantity: 1`, and where that goes.
    func question(_ style: Style) -> String {
        let who = title.flatMap { $0.contains { !$0.isWhitespace } ? $0 : nil } ?? NameWords.text(plugin)
        return style.strong("Let \(PlainText.line(who)) \(PlainText.line(NameWords.text(operation)))?") + details
            + (address.map { "\n" + style.quiet("  \(PlainText.name($0))") } ?? "")
            + "\n[y]es, [N]o, [a]lways, [?] explains: "
    }

    /// What `?` says.
    var explanation: String {
        """
        \(PlainText.line(reason))
        It would call \(PlainText.name(plugin)).\(PlainText.name(operation))\(address.map { ", \(PlainText.name($0))" } ?? ""), with
          \(JSONEscapes.escaped(arguments.text))
        y allows this call alone; a allows this operation from now on, until the plugin is another one; anything else
        refuses it, and nothing is done.

        """
    }

    /// Whether an answer asks for the explanation.
    static func isQuestion(_ answer: String?) -> Bool {
        answer?.trimmingCharacters(in: .whitespaces) == "?"
    }

    /// All arguments, with what cannot be seen as escapes: what is not shown was not agreed to.
    private var details: String {
        let members = arguments.object ?? [:]
        guard !members.isEmpty else { return "" }
        return " "
            + members.map { "\(PlainText.name($0.key)): \(PlainText.name($0.value.string ?? $0.value.text))" }
            .joined(separator: ", ")
    }
}

extension ApprovalPrompt {
    init(_ call: ToolApprove.Parameters) {
        self.init(
            title: call.title, plugin: call.plugin, operation: call.operation, arguments: call.arguments,
            reason: call.reason,
            address: call.server.map {
                [call.method, $0 + (call.path ?? "")].compactMap(\.self).joined(separator: " ")
            })
    }
}
