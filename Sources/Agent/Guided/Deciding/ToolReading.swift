import Core
import Synchronization

/// What is read in a tool's description, however a question is put.
struct ToolReading: Sendable {
    var slots: [Slot]
    /// What the tool is about, in words.
    var subject: String
    var name: String
    /// Of all that is said of the tool and its parameters.
    var stems: Set<String>

    init(of tool: Tool) {
        slots = Slot.all(of: tool)
        name = Stem.words(in: tool.operation).joined(separator: " ")
        let parameters = slots.map { Stem.words(in: $0.name).joined(separator: " ") }.joined(separator: ", ")
        subject = "\(name). \(tool.description) \(parameters)"
        stems = Set(([subject] + slots.compactMap { $0.schema["description"]?.string }).flatMap(Stem.all))
    }
}

/// The readings of the tools that were asked about last: reading a description takes milliseconds, and a client sends those
/// of its tools with each request.
final class ToolReadings: Sendable {
    private let known = Mutex(RecentValues<Tool, ToolReading>(most: 1024))

    func reading(of tool: Tool) -> ToolReading {
        let reading = known.withLock { $0[tool] } ?? ToolReading(of: tool)
        known.withLock { $0.use(reading, for: tool) }
        return reading
    }
}
