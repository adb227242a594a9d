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
    }

    private let state: Mutex<State>

    /// - Parameter links: what links are held against, where others' texts are in the conversation.
    init(_ links: GivenLinks?) {
        state = Mutex(State(stream: links.map { Neutralizer(.answer($0)) }))
    }

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
            var more = text.map { Self.handOn(String($0.dropFirst(state.said.count)), &state) } ?? ""
            if let rest = state.stream?.finish() {
                state.handedOn += rest
                more += rest
            }
            return more
        }
        if !more.isEmpty { emit(.token(more)) }
    }

    private static func handOn(_ text: String, _ state: inout State) -> String {
        let more = state.stream?.add(text) ?? text
        state.handedOn += more
        return more
    }
}
