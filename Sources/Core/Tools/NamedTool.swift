/// A tool under a name that no other has: a model is told operations, and two plugins may have one of the same name.
package struct NamedTool: Sendable {
    /// As the plugin has it.
    package var tool: Tool
    package var name: String

    /// The tool as a model is told it.
    package var renamed: Tool {
        var renamed = tool
        renamed.operation = name
        return renamed
    }

    package static func all(of tools: [Tool]) -> [NamedTool] {
        var counts: [String: Int] = [:]
        for tool in tools { counts[tool.operation, default: 0] += 1 }
        return tools.map { tool in
            NamedTool(
                tool: tool, name: counts[tool.operation] == 1 ? tool.operation : "\(tool.plugin)_\(tool.operation)")
        }
    }
}
