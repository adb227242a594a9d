import Core
import SquireProtocol

/// How plugins are shown.
enum PluginText {
    static func list(_ plugins: [PluginSummary], _ console: Console) -> String {
        guard !plugins.isEmpty else {
            return "No plugins are registered. Add one with: squire plugin add PATH-OR-URL\n"
        }
        let rows = plugins.map { plugin in
            [plugin.name, plugin.enabled ? "enabled" : "disabled", "\(plugin.operations.count)", plugin.title]
        }
        return Table(header: ["NAME", "STATE", "OPERATIONS", "TITLE"], rows: rows, rightAligned: [2])
            .text(width: console.outWidth, style: console.outStyle)
    }

    static func registered(_ plugin: PluginSummary, _ done: String) -> String {
        "\(done) \(PlainText.line(plugin.name)): \(PlainText.line(plugin.operations.joined(separator: ", ")))\n"
            + (plugin.program.map(runs).map { "\($0)\n" } ?? "")
    }

    static func show(_ details: PluginGet.Result, _ console: Console) -> String {
        let plugin = details.plugin
        var fields = [
            ("Name", plugin.name),
            ("Title", plugin.title),
            ("Description", plugin.description),
            ("State", plugin.enabled ? "enabled" : "disabled"),
            ("Server", details.server),
            ("Source", plugin.source ?? "given inline"),
            ("Registered", plugin.bundled ? "with Squire" : Format.time(plugin.registeredAt)),
        ]
        if let program = plugin.program { fields.append(("Program", runs(program))) }
        var text = Fields(fields: fields).text(style: console.outStyle)
        for operation in details.operations {
            text += "\n" + console.outStyle.strong(PlainText.line(operation.name))
            text +=
                console.outStyle.quiet("  \(PlainText.line(operation.method)) \(PlainText.line(operation.path))") + "\n"
            text += "  \(PlainText.line(operation.description))\n"
            for parameter in parameters(operation.parameters) { text += "    \(parameter)\n" }
        }
        return text
    }

    /// What registering a plugin lets run, and what that may do.
    private static func runs(_ program: PluginProgram) -> String {
        PlainText.line("Runs \(program.command.joined(separator: " ")), which may \(program.summary).")
    }

    static func warn(_ plugin: PluginSummary, _ console: Console) {
        for warning in plugin.warnings { console.err("Warning: \(PlainText.block(warning))\n") }
    }

    /// `city (string, required): the city's name`, those that are required first.
    static func parameters(_ schema: JSONValue) -> [String] {
        let required = Set((schema["required"]?.array ?? []).compactMap(\.string))
        let properties = schema["properties"]?.object ?? [:]
        let first = properties.filter { required.contains($0.key) }
        return first.merging(properties) { $1 }.map { name, property in
            let type =
                property["enum"]?.array.map { $0.map(\.text).joined(separator: " | ") } ?? property["type"]?.string
            let facts = [type, required.contains(name) ? "required" : nil].compactMap(\.self).joined(separator: ", ")
            let description = property["description"]?.string.map { ": \($0)" } ?? ""
            return PlainText.line("\(name)\(facts.isEmpty ? "" : " (\(facts))")\(description)")
        }
    }
}
