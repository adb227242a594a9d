import Core
import Foundation
import JSONRPC
import SquireProtocol

/// Asks the user at the terminal whether a call may be made.
struct Approver: Sendable {
    let console: Console
    let presenter: AnswerPresenter

    @Sendable
    func decide(_ call: ToolApprove.Parameters) async throws -> ToolApprove.Decision {
        presenter.pause()
        let prompt = ApprovalPrompt(call)
        guard console.isErrTerminal, let terminal = Terminal() else {
            // Not a no: nobody was there to say one.
            throw RPCError(kind: "nobodyAsked", "There is no terminal to ask at.")
        }
        while true {
            console.err(prompt.question(console.errStyle))
            let answer = try await terminal.line()
            guard ApprovalPrompt.isQuestion(answer) else { return Self.decision(answer) }
            console.err(prompt.explanation)
        }
    }

    /// Anything but a clear yes is a no.
    static func decision(_ line: String?) -> ToolApprove.Decision {
        switch line?.trimmingCharacters(in: .whitespacesAndNewlines).lowercased() {
        case "y", "yes": .allow
        case "a", "always": .always
        default: .deny
        }
    }
}
