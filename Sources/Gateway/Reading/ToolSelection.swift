import Core

/// `tool_choice`: whether tools may or must be called, and which of them.
struct ToolSelection: Sendable {
    var choice = ToolChoice.auto
    /// The names of those that may be called; nil where all may.
    var allowed: [String]?

    /// - Throws: `APIError` for a choice that cannot be made.
    init(_ fields: Fields, form: ToolOffer.Form) throws(APIError) {
        guard let value = fields["tool_choice"] else { return }
        if let word = value.string {
            choice = try Self.mode(word, "tool_choice", of: fields)
            return
        }
        guard let object = try fields.object("tool_choice") else { return }
        switch try object.requiredString("type") {
        case "function": choice = .named(try ToolOffer.function(object, form).requiredString("name"))
        case "allowed_tools":
            // In the chat form they stand in a member of their own.
            let holder = try object.object("allowed_tools") ?? object
            guard let mode = try holder.string("mode") else {
                throw holder.invalid("mode", "must be auto or required")
            }
            choice = try Self.mode(mode, "mode", of: holder)
            guard let tools = try holder.objects("tools"), !tools.isEmpty else {
                throw holder.invalid("tools", "must be a list of at least one of allowed_tools")
            }
            var names: [String] = []
            for tool in tools {
                let function = try tool.object("function") ?? tool
                names.append(try function.requiredString("name"))
            }
            allowed = names
        default: throw object.invalid("type", "must be function or allowed_tools")
        }
    }

    private static func mode(_ word: String, _ name: String, of fields: Fields) throws(APIError) -> ToolChoice {
        switch word {
        case "auto": return .auto
        case "none": return .none
        case "required": return .required
        default: throw fields.invalid(name, "must be auto, none, required or a function")
        }
    }
}
