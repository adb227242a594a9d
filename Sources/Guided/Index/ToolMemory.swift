import Core
import Synchronization

/// What is read in tools' descriptions, read once: all of the registered ones, and those of the other tools that were
/// asked about last, since a client sends the descriptions of its tools with each request.
final class ToolMemory<Value: Sendable>: Sendable {
    private struct State {
        /// Compared with the tool that is asked for: there may be another one of the name.
        var kept: [ToolName: (tool: Tool, value: Value)] = [:]
        var registered: Set<ToolName> = []
        var recent: RecentValues<Tool, Value>
    }

    private let read: @Sendable (Tool) -> Value
    private let state: Mutex<State>

    /// - Parameters:
    ///   - most: tools beside the registered ones that are remembered.
    ///   - read: reads a description.
    init(most: Int, read: @escaping @Sendable (Tool) -> Value) {
        self.read = read
        state = Mutex(State(recent: RecentValues(most: most)))
    }

    /// Remembers these as the registered ones, and drops those that are no more.
    func keep(_ tools: [Tool]) {
        state.withLock { state in
            state.registered = Set(tools.map(ToolName.init))
            state.kept = state.kept.filter { state.registered.contains($0.key) }
        }
    }

    /// What was read before; nil where nothing was.
    func known(_ tool: Tool) -> Value? {
        state.withLock { state in
            if let kept = state.kept[ToolName(tool)] {
                if kept.tool == tool { return kept.value }
            } else if state.registered.contains(ToolName(tool)) {
                return nil
            }
            return state.recent[tool]
        }
    }

    /// What a description says; read now where it was not yet.
    func value(of tool: Tool) -> Value {
        let value = known(tool) ?? read(tool)
        state.withLock { state in
            if state.registered.contains(ToolName(tool)), state.kept[ToolName(tool)].map({ $0.tool != tool }) ?? true {
                // The registered one is put in the place of an older one; a client's of its name follows it seldom.
                state.kept[ToolName(tool)] = (tool, value)
            } else if !state.registered.contains(ToolName(tool)) {
                state.recent.use(value, for: tool)
            }
        }
        return value
    }
}
