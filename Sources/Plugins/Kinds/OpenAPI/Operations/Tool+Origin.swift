import Core

extension APIOperation {
    /// The operation with its tool saying where calls go.
    ///
    /// - Parameters:
    ///   - title: the plugin's, for people.
    ///   - source: where the plugin was read.
    ///   - documentSource: where its API document was read.
    ///   - command: of the plugin's own server, where Squire runs it.
    ///   - permissions: what that server may do.
    func located(
        title: String, source: PluginSource, documentSource: PluginSource, command: [String]?,
        permissions: ProgramPermissions
    ) -> APIOperation {
        var located = self
        located.tool.origin = Tool.Origin(
            title: title, source: source.text,
            // As JSON: two words are not one with a space in it.
            server: command.map { "run " + JSONValue.array($0.map(JSONValue.string)).text } ?? server.text,
            method: method, path: path,
            binding: binding + ["document \(documentSource.text)"] + (command == nil ? [] : permissions.binding))
        return located
    }

    /// All that decides, beside method, path and server, what request arguments become and where it may go. A field of
    /// `APIOperation` or `APIParameter` that changes what is sent belongs in here.
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
        lines.append("addresses \(network.classes.map(\.rawValue).sorted().joined(separator: " "))")
        lines.append(takesTimeZone ? "told the time zone" : "not told the time zone")
        return lines
    }
}

extension ProgramPermissions {
    /// What the program may do, as one line of each kind; the order in which a manifest lists things says nothing.
    fileprivate var binding: [String] {
        [("knows", environment), ("reads", read), ("writes", write)].map { kind, names in
            ([kind] + names.sorted()).joined(separator: "\u{0}")
        } + [network ? "reaches the network" : "reaches no network"]
    }
}
