import Core
import Synchronization

/// A model's text that is handed on while it is written, and what of it was.
final class StreamedText: Sendable {
    private struct State {
        /// What the model said.
        var said = ""
        /// What came of it.
        var handedOn = ""
        var stream: Neutralizer?
        /// Keeps back what nothing bears out.
        var gate: AloneGate
    }

    private let state: Mutex<State>

    /// - Parameters:
    ///   - links: what links are held against, where others' texts are in the conversation.
    ///   - gate: keeps back what the model may not say.
    init(_ links: GivenLinks?, gate: AloneGate) {
        state = Mutex(State(stream: links.map { Neutralizer(.answer($0)) }, gate: gate))
    }

    /// As it was left: what it kept back is to be said otherwise.
    var gate: AloneGate { state.withLock { $0.gate } }

    var handedOn: String { state.withLock { $0.handedOn } }

    func add(_ text: String, emit: @Sendable (Assistant.Event) -> Void) {
        let more = state.withLock { state in
            // Some models begin with a space or a line's end.
            let isFirst = state.said.allSatisfy(\.isWhitespace)
            state.said += text
            return Self.handOn(isFirst ? String(text.drop(while: \.isWhitespace)) : text, &state)
        }
        if !more.isEmpty { emit(.token(more)) }
    }

    /// - Parameter text: all that was said; nil where what is not handed on yet is not wanted.
    func finish(_ text: String?, emit: @Sendable (Assistant.Event) -> Void) {
        let more = state.withLock { state in
            let more = text.map { Self.handOn(String($0.dropFirst(state.said.count)), &state) } ?? ""
            let left = state.gate.finish()
            let rest = (state.stream?.add(left) ?? left) + (state.stream?.finish() ?? "")
            state.handedOn += rest
            return more + rest
        }
        if !more.isEmpty { emit(.token(more)) }
    }

    private static func handOn(_ text: String, _ state: inout State) -> String {
        let passed = state.gate.add(text)
        let more = state.stream?.add(passed) ?? passed
        state.handedOn += more
        return more
    }
}
