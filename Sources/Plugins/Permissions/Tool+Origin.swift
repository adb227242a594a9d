import Core

extension APIOperation {
    /// The operation with its tool saying where calls go.
    ///
    /// - Parameters:
    ///   - title: the plugin's, for people.
    ///   - source: where the plugin was read.
    ///   - command: of the plugin's own server, where Squire runs it.
    func located(title: String, source: PluginSource, command: [String]?) -> APIOperation {
        var located = self
        located.tool.origin = Tool.Origin(
            title: title, source: source.text,
            // As JSON: two words are not one with a space in it.
            server: command.map { "run " + JSONValue.array($0.map(JSONValue.string)).text } ?? server.text,
            method: method, path: path, binding: binding)
        return located
    }

    /// All that decides, beside method, path and server, what request arguments become. A field of `APIOperation` or
    /// `APIParameter` that changes what is sent belongs in here.
    private var binding: [String] {
        var lines = parameters.map { parameter in
            [
                parameter.argument, parameter.name, parameter.location.rawValue, parameter.style,
                parameter.explode ? "explode" : "",
            ].joined(separator: "\u{0}")
        }
        lines.append(
            [bodyType, hasWholeBody ? "whole" : "members", isBodyRequired ? "required" : "optional"].joined(
                separator: "\u{0}"))
        lines += neededInBody.sorted()
        return lines
    }
}
