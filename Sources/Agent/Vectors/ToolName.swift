import Core

/// What a tool is called: the same one as long as its plugin and operation are, whatever becomes of its description.
struct ToolName: Hashable {
    var plugin: String
    var operation: String

    init(_ tool: Tool) {
        plugin = tool.plugin
        operation = tool.operation
    }

    init(_ step: Step) {
        plugin = step.plugin
        operation = step.operation
    }
}
