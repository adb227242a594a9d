import Core
import Foundation
import SquireProtocol
import Synchronization

/// Shows an answer while it is made: its text on standard output, what was done for it on standard error.
final class AnswerPresenter: Sendable {
    private struct State {
        /// The answer's text that was written.
        var written = ""
        /// What lays it out; nil where it is written as it is, since no terminal shows it.
        var layout: TerminalText?
        /// Whether the cursor is at the beginning of a line, as far as the answer's text goes.
        var isAtLineStart = true
        /// What stands on the terminal's last line until something else comes.
        var passing: String?
        var hasBegun = false
        /// The work whose progress was told last.
        var inProgress: String?
    }

    private let console: Console
    /// Whether each sentence is shown with what it rests on.
    private let showsSources: Bool
    /// Written by the connection's thread, by the task that waits, and at the end by the one that asked.
    private let state: Mutex<State>

    init(console: Console, showsSources: Bool = false) {
        self.console = console
        self.showsSources = showsSources
        state = Mutex(
            State(layout: console.isOutTerminal ? TerminalText(width: console.width, style: console.outStyle) : nil))
    }

    /// Whether anything of the answer has come.
    var hasBegun: Bool { state.withLock { $0.hasBegun } }

    func receive(_ event: AssistantEvent.Parameters) {
        state.withLock { state in
            switch event.type {
            case .queued:
                let position = event.position ?? 0
                show("Waiting; \(Format.counted(position, "question")) before this one…", &state)
            case .token:
                state.hasBegun = true
                write(event.text ?? "", &state)
            case .toolCall:
                state.hasBegun = true
                guard let step = event.step else { return }
                breakLine(&state)
                show(StepLine.text(step, style: Style(isOn: false)), &state)
            case .toolResult:
                state.hasBegun = true
                guard let step = event.step else { return }
                breakLine(&state)
                clear(&state)
                console.err(StepLine.text(step, style: console.errStyle) + "\n")
            case .progress:
                guard let done = event.done, let total = event.total else { return }
                breakLine(&state)
                let line = "\(PlainText.line(event.text ?? "")): \(done) of \(total)"
                let shown = line.prefix(1).uppercased() + line.dropFirst()
                // Work that is counted step by step is told once, and how it goes on only where a line can be replaced.
                if event.text == state.inProgress {
                    if console.isErrTerminal { show("\(shown)…", &state) }
                } else {
                    state.inProgress = event.text
                    clear(&state)
                    console.err(console.errStyle.quiet(shown + ".") + "\n")
                }
            case .passages, .done:
                break
            }
        }
    }

    /// Shows what is waited for, on a terminal and until anything of the answer has come.
    func wait(_ what: String) {
        state.withLock { state in
            if !state.hasBegun { show(what, &state) }
        }
    }

    /// Completes what was shown from the answer as it was stored.
    func finish(_ message: WireMessage) {
        state.withLock { state in
            clear(&state)
            let answer = trimmed(PlainText.answer(message.text))
            if answer.utf8.starts(with: state.written.utf8) {
                write(String(decoding: answer.utf8.dropFirst(state.written.utf8.count), as: UTF8.self), &state)
            } else if answer != trimmed(state.written) {
                // The daemon checked the text and made it again.
                breakLine(&state)
                console.err(console.errStyle.quiet("The answer was checked and corrected:") + "\n")
                write(answer, &state)
            }
            breakLine(&state)
            for citation in message.citations {
                console.err(
                    console.errStyle.quiet(
                        "[\(citation.number)] \(PlainText.line(citation.title)) \(PlainText.line(citation.location))")
                        + "\n")
            }
            showSupport(message)
            for omission in message.context?.leftOut ?? [] {
                let what = PlainText.line(omission.what, limit: 160)
                let line = "Left out to fit the context: \(what)."
                console.err(console.errStyle.quiet(line) + "\n")
            }
            if answer.isEmpty, message.finishReason != .cancelled {
                console.err(console.errStyle.quiet("The model gave no answer. Ask in other words.") + "\n")
            }
            if let note = note(message) { console.err(console.errStyle.quiet(note) + "\n") }
        }
    }

    /// Says where nobody looked anything up, or of each sentence what it rests on.
    private func showSupport(_ message: WireMessage) {
        let support = message.support ?? []
        if showsSources {
            for sentence in support {
                let number = sentence.number.map { " [\($0)]" } ?? ""
                console.err(
                    console.errStyle.quiet(
                        "\(Self.origin(sentence.from))\(number): \(PlainText.line(sentence.text, limit: 160))") + "\n")
            }
        } else if !support.isEmpty, support.allSatisfy({ $0.from == .model }) {
            console.err(console.errStyle.quiet("The model's own words; nothing was looked up.") + "\n")
        }
    }

    private static func origin(_ origin: WireSupport.Origin) -> String {
        switch origin {
        case .step: "from a plugin"
        case .passage: "from a document"
        case .question: "from the question"
        case .arithmetic: "worked out here"
        case .conversation: "said before"
        case .model: "from the model alone"
        }
    }

    /// Makes room for a question to the user: what is waited for now is he.
    func pause() {
        state.withLock { state in
            state.hasBegun = true
            clear(&state)
            breakLine(&state)
        }
    }

    /// Leaves the terminal whole after an answer that did not come to its end.
    func cut() {
        state.withLock { state in
            clear(&state)
            breakLine(&state)
        }
    }

    private func trimmed(_ text: String) -> String {
        text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private func note(_ message: WireMessage) -> String? {
        switch message.finishReason {
        case .length: "Stopped: the answer reached its length limit; --max-tokens raises it."
        case .repetition: "Stopped: the answer repeated itself."
        case .steps: "Stopped: the answer reached its limit of plugin calls; --max-steps raises it."
        case .cancelled: "The answer was cut."
        case .stop, nil: nil
        }
    }

    private func write(_ text: String, _ state: inout State) {
        var text = PlainText.answer(text)
        if state.written.isEmpty { text = String(text.drop(while: \.isWhitespace)) }
        guard !text.isEmpty else { return }
        clear(&state)
        state.written += text
        state.isAtLineStart = text.hasSuffix("\n")
        let shown = state.layout?.add(text) ?? text
        if !shown.isEmpty { console.out(shown) }
    }

    private func breakLine(_ state: inout State) {
        guard !state.isAtLineStart else { return }
        console.out(state.layout?.finish() ?? "\n")
        state.isAtLineStart = true
    }

    private func show(_ text: String, _ state: inout State) {
        guard console.isErrTerminal, state.isAtLineStart, state.passing != text else { return }
        clear(&state)
        console.err(console.errStyle.quiet(PlainText.line(text, limit: console.width - 1)))
        state.passing = text
    }

    private func clear(_ state: inout State) {
        guard state.passing != nil else { return }
        console.err("\r\u{1B}[2K")
        state.passing = nil
    }
}
