import Core
import Foundation
import JSONRPC
import SquireProtocol
import Synchronization
import Testing

/// `squire chat` at a terminal, with a daemon that answers what the test says.
@Suite(.timeLimit(.minutes(2)))
struct ChatTerminalTests {
    /// What was asked, and whether the answer that is being made may end.
    final class Script: Sendable {
        private let state = Mutex((asked: [String](), cancelled: 0, isHeld: false))

        var asked: [String] { state.withLock { $0.asked } }
        var cancelled: Int { state.withLock { $0.cancelled } }
        var isHeld: Bool {
            get { state.withLock { $0.isHeld } }
            set { state.withLock { $0.isHeld = newValue } }
        }

        func ask(_ question: String) { state.withLock { $0.asked.append(question) } }
        func cancel() { state.withLock { $0.cancelled += 1 } }
    }

    private func withChat(
        _ answer: String = "Well **said**.", _ body: (PseudoTerminal, Script) async throws -> Void
    ) async throws {
        try await withHome { home in
            let script = Script()
            var router = RPCRouter()
            router.on(AssistantAsk.self) { parameters, context in
                script.ask(parameters.message)
                for piece in answer.split(separator: " ") {
                    try await context.notify(
                        AssistantEvent.self,
                        AssistantEvent.Parameters(request: context.id.value, type: .token, text: "\(piece) "))
                }
                do {
                    while script.isHeld { try await Task.sleep(for: .milliseconds(10)) }
                } catch {
                    script.cancel()
                    throw error
                }
                return AssistantAsk.Result(
                    conversation: "c",
                    message: WireMessage(
                        id: "m", parent: nil, role: .assistant, text: answer, createdAt: Date(timeIntervalSince1970: 0),
                        finishReason: .stop))
            }
            try await RPCServer.withServer(at: home + "/squire.sock", handler: router) { _ in
                let terminal = try PseudoTerminal("squire chat --no-start", home: home)
                try await terminal.wait(for: "> ")
                try await body(terminal, script)
            }
        }
    }

    @Test
    func `pasted lines are one question, marked by the terminal or not, and so are lines that end in a backslash`()
        async throws
    {
        try await withChat { terminal, script in
            try terminal.press("\u{1B}[200~one\rtwo\rthree\u{1B}[201~\r")
            try await eventually { script.asked.count == 1 }
            try await terminal.wait(for: "said", count: 1)
            try await Task.sleep(for: .milliseconds(300))
            try terminal.press("four\rfive\r")
            try await eventually { script.asked.count == 2 }
            try await Task.sleep(for: .milliseconds(300))
            try terminal.press("six\\\r")
            try await terminal.wait(for: "… ")
            try terminal.press("seven\r")
            try await eventually { script.asked.count == 3 }
            #expect(script.asked == ["one\ntwo\nthree", "four\nfive", "six\nseven"])
        }
    }

    @Test func `keys typed while an answer is made do not appear in it, and wait for the next prompt`() async throws {
        try await withChat { terminal, script in
            script.isHeld = true
            try terminal.press("first\r")
            try await terminal.wait(for: "Well")
            try terminal.press("sec")
            try await Task.sleep(for: .milliseconds(200))
            let answered = terminal.text
            #expect(!answered.contains("sec"))
            script.isHeld = false
            try await terminal.wait(for: "sec")
            try terminal.press("ond\r")
            try await eventually { script.asked == ["first", "second"] }
        }
    }

    @Test(arguments: ["\u{4}", "\u{3}"])
    func `Control-D and Control-C stop an answer, and the chat goes on`(_ key: String) async throws {
        try await withChat { terminal, script in
            script.isHeld = true
            try terminal.press("first\r")
            try await terminal.wait(for: "Well")
            try terminal.press(key)
            try await terminal.wait(for: "Stopped.")
            #expect(script.cancelled == 1)
            script.isHeld = false
            try await Task.sleep(for: .milliseconds(300))
            try terminal.press("again\r")
            try await eventually { script.asked == ["first", "again"] }
        }
    }

    @Test func `a call is asked about in words; what was typed before is no answer, and ? is told more`() async throws {
        try await withHome { home in
            let decisions = Mutex<[ToolApprove.Decision]>([])
            let hasBegun = Mutex(false)
            var router = RPCRouter()
            router.on(AssistantAsk.self) { _, context in
                hasBegun.withLock { $0 = true }
                try await Task.sleep(for: .milliseconds(800))
                let call = ToolApprove.Parameters(
                    request: context.id.value, plugin: "office_store", operation: "placeOrder",
                    arguments: ["item": "chair", "quantity": 1], reason: "It may change something.")
                let decision = try await context.call(
                    ToolApprove.self, call, timeout: .seconds(60)
                ).decision
                decisions.withLock { $0.append(decision) }
                return AssistantAsk.Result(
                    conversation: "c",
                    message: WireMessage(
                        id: "m", parent: nil, role: .assistant, text: "Done.", createdAt: Date(timeIntervalSince1970: 0)
                    ))
            }
            try await RPCServer.withServer(at: home + "/squire.sock", handler: router) { _ in
                let terminal = try PseudoTerminal("squire chat --no-start", home: home, columns: 120)
                try await terminal.wait(for: "> ")
                try terminal.press("order a chair\r")
                try await eventually { hasBegun.withLock { $0 } }
                try terminal.press("y\r")
                try await terminal.wait(for: "Let office store place order? item: chair, quantity: 1")
                try await Task.sleep(for: .milliseconds(300))
                #expect(decisions.withLock { $0 } == [])
                try terminal.press("?\r")
                try await terminal.wait(for: "office_store.placeOrder")
                try terminal.press("y\r")
                try await terminal.wait(for: "Done.")
                #expect(decisions.withLock { $0 } == [.allow])
            }
        }
    }

    @Test(arguments: ["exit\r", "quit\r", ":q\r", "/quit\r", "\u{4}"])
    func `exit, quit, :q and Control-D at the prompt leave`(_ keys: String) async throws {
        try await withChat { terminal, script in
            try terminal.press(keys)
            #expect(try await terminal.end() == 0)
            #expect(script.asked.isEmpty)
        }
    }

    @Test
    func
        `an answer's words are whole at the terminal's edge, its lists are drawn, and characters of all widths are kept`()
        async throws
    {
        let answer = "- Extraordinary circumstances notwithstanding, everybody agreed 日本語 é\u{301}."
        try await withChat(answer) { terminal, script in
            try terminal.press("häh 日本\r")
            try await terminal.wait(for: "agreed")
            try await terminal.wait(for: "語")
            #expect(script.asked == ["häh 日本"])
            #expect(
                terminal.text.contains(
                    "• Extraordinary circumstances\r\n  notwithstanding, everybody agreed 日本\r\n  語 "))
        }
    }
}
