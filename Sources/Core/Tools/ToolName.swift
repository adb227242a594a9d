/// What a tool is called: the same one as long as its plugin and operation are, whatever becomes of its description.
package struct ToolName: Hashable {
    package var plugin: String
    package var operation: String

    package init(_ tool: Tool) {
        plugin = tool.plugin
        operation = tool.operation
    }

    package init(_ step: Step) {
        plugin = step.plugin
        operation = step.operation
    }
}
