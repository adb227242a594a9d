import Core
import Foundation
import SquireProtocol
import Testing

@testable import Commands

@Suite struct AnswerPresenterTests {
    private func message(_ text: String, _ reason: WireFinishReason = .stop) -> WireMessage {
        WireMessage(
            id: "m", parent: nil, role: .assistant, text: text, createdAt: Date(timeIntervalSince1970: 0),
            finishReason: reason)
    }

    private func event(
        _ type: AssistantEvent.Parameters.Kind, _ text: String? = nil, step: WireStep? = nil, position: Int? = nil
    )
        -> AssistantEvent.Parameters
    {
        AssistantEvent.Parameters(request: 1, type: type, text: text, step: step, position: position)
    }

    private let called = WireStep(plugin: "a", operation: "b", arguments: [:])
    private let done = WireStep(plugin: "a", operation: "b", arguments: [:], status: .ok, seconds: 0.005)

    @Test func `the answer alone is on standard output, what was done on standard error`() {
        let captured = Captured()
        let presenter = AnswerPresenter(console: captured.console)
        presenter.receive(event(.queued, position: 2))
        presenter.receive(event(.toolCall, step: called))
        presenter.receive(event(.toolResult, step: done))
        presenter.receive(event(.token, " It is"))
        presenter.receive(event(.token, " noon."))
        presenter.finish(message("It is noon."))
        #expect(captured.out == "It is noon.\n")
        #expect(captured.err == "→ a.b … 5 ms\n")
    }

    @Test func `what was not streamed is printed at the end`() {
        let captured = Captured()
        let presenter = AnswerPresenter(console: captured.console)
        presenter.receive(event(.token, "It is "))
        presenter.finish(message("It is noon."))
        #expect(captured.out == "It is noon.\n")
    }

    @Test func `an answer that was made again is printed whole, and said to be so`() {
        let captured = Captured()
        let presenter = AnswerPresenter(console: captured.console)
        presenter.receive(event(.token, "It is one."))
        presenter.finish(message("It is noon."))
        #expect(captured.out == "It is one.\nIt is noon.\n")
        #expect(captured.err == "The answer was checked and corrected:\n")
    }

    @Test func `an answer that was cut says why`() {
        let captured = Captured()
        let presenter = AnswerPresenter(console: captured.console)
        presenter.finish(message("It is", .length))
        #expect(captured.err.contains("--max-tokens"))
    }

    @Test func `what the model was not given is said on standard error`() {
        let captured = Captured()
        var message = message("It is noon.")
        message.context = WireContext(
            size: 512, leftOut: [WireContext.Omission(part: .history, what: "12 messages", tokens: 900)])
        AnswerPresenter(console: captured.console).finish(message)
        #expect(captured.out == "It is noon.\n")
        #expect(captured.err == "Left out to fit the context: 12 messages.\n")
    }

    @Test func `on a terminal what is waited for is shown until something comes, then wiped`() {
        let captured = Captured(isTerminal: true)
        let presenter = AnswerPresenter(console: captured.console)
        presenter.wait("Loading…")
        presenter.wait("Loading…")
        presenter.receive(event(.token, "Hello there"))
        presenter.wait("Loading…")
        #expect(captured.err == "Loading…\r\u{1B}[2K")
        #expect(captured.out == "Hello")
    }

    @Test func `a loop is told from a limit, and an empty answer is said to be one`() {
        for (text, reason, says) in [
            ("a a a", WireFinishReason.repetition, "Stopped: the answer repeated itself."),
            (" ", .stop, "The model gave no answer."),
            ("It is", .length, "Stopped: the answer reached its length limit"),
        ] {
            let captured = Captured()
            AnswerPresenter(console: captured.console).finish(message(text, reason))
            #expect(captured.err.contains(says))
        }
    }

    @Test func `where no terminal shows it, Markdown is untouched`() {
        let captured = Captured()
        let presenter = AnswerPresenter(console: captured.console)
        let text = "# A\n\n- **b** " + String(repeating: "word ", count: 50) + "\n```\ncode\n```"
        presenter.receive(event(.token, text))
        presenter.finish(message(text))
        #expect(captured.out == text + "\n")
    }

    @Test func `a plugin call in the middle of the answer begins a line of its own`() {
        let captured = Captured(isTerminal: true)
        let presenter = AnswerPresenter(console: captured.console)
        presenter.receive(event(.token, "Let me see."))
        presenter.receive(event(.toolCall, step: called))
        presenter.receive(event(.toolResult, step: done))
        #expect(captured.out == "Let me see.\n")
        #expect(captured.err == "→ a.b …\r\u{1B}[2K→ a.b … 5 ms\n")
    }
}
