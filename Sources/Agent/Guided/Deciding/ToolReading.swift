import Core

/// What a tool is about, however a question is put: enough to find the few of many that a question may be meant for.
struct ToolOutline: Sendable {
    /// In words.
    var subject: String
    var name: String
    /// Of all that is said of the tool and its parameters.
    var stems: Set<String>

    init(of tool: Tool) { self.init(of: tool, Slot.all(of: tool)) }

    fileprivate init(of tool: Tool, _ slots: [Slot]) {
        name = Stem.words(in: tool.operation).joined(separator: " ")
        let parameters = slots.map { Stem.words(in: $0.name).joined(separator: " ") }.joined(separator: ", ")
        subject = "\(name). \(tool.description) \(parameters)"
        stems = Set(([subject] + slots.compactMap { $0.schema["description"]?.string }).flatMap(Stem.all))
    }
}

/// What is read in a tool's description to fill its arguments.
struct ToolReading: Sendable {
    var slots: [Slot]
    var outline: ToolOutline

    var subject: String { outline.subject }
    var name: String { outline.name }

    init(of tool: Tool) {
        slots = Slot.all(of: tool)
        outline = ToolOutline(of: tool, slots)
    }
}

/// The readings of tools: reading a description takes milliseconds. Of all registered tools there are outlines; slots take
/// more room, and are there of the tools that were looked at last.
final class ToolReadings: Sendable {
    let outlines = ToolMemory<ToolOutline>(most: 1024) { ToolOutline(of: $0) }
    private let readings = ToolMemory<ToolReading>(most: 128) { ToolReading(of: $0) }

    func reading(of tool: Tool) -> ToolReading { readings.value(of: tool) }
}
