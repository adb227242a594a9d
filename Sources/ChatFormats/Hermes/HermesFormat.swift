import Core

/// The form in which many models were taught to call tools, after NousResearch's Hermes 2: tools as JSON in `<tools>`, a
/// call as `<tool_call>{"name": …, "arguments": …}</tool_call>`, what came of it in `<tool_response>`. Words and line
/// breaks are those of Qwen 2.5 and 3, whose templates most others follow.
enum HermesFormat {
    static let opening = "<tool_call>"
    static let closing = "</tool_call>"

    /// Whether a model writes calls in this form, by its template. Others use the tags with something else in them.
    static func isForm(of model: ModelDescription) -> Bool {
        guard let template = model.chatTemplate else { return false }
        return template.contains("<tools>") && template.contains(opening) && template.contains(#"arguments": "#)
            && !template.contains("<function=") && !template.contains("<arg_key>")
    }

    /// What a template says for instructions where a conversation has none, and tools are described; nil where it says
    /// nothing.
    static func defaultInstructions(in template: String) -> String? {
        instructionsByDefault.firstMatch(in: template).map { String($0.text(1)) }
    }

    private static let instructionsByDefault = TextPattern(
        #"\{%-? else %\}\s*\{\{-? '([^'\\]*)' \}\}\s*\{%-? endif %\}\s*\{\{-? "\\n\\n# Tools"#)

    // MARK: Describing tools

    /// The instructions of a conversation with tools. The same tools in the same order are the same text, so that it is
    /// read once for all conversations.
    static func instructions(_ instructions: String?, _ tools: [Tool]) -> [Prompt.Segment] {
        let before = instructions.map { data("\($0)\n\n") } ?? []
        let lines = tools.map { escaped(description(of: $0)) + "\n" }
        return before + [
            .template(
                """
                # Tools

                You may call one or more functions to assist with the user query.

                You are provided with function signatures within <tools></tools> XML tags:
                <tools>

                """), .text(lines.joined()),
            .template(
                """
                </tools>

                For each function call, return a json object with function name and arguments within \
                <tool_call></tool_call> XML tags:
                <tool_call>
                {"name": <function-name>, "arguments": <args-json-object>}
                </tool_call>
                """),
        ]
    }

    private static func description(of tool: Tool) -> String {
        let description =
            tool.description.isEmpty ? "" : #", "description": \#(JSONValue.string(tool.description).text)"#
        let parameters = SpacedJSON.text(ofSchema: tool.parameters, order: tool.parameterOrder)
        return #"{"type": "function", "function": {"name": \#(JSONValue.string(tool.operation).text)\#(description), "#
            + #""parameters": \#(parameters)}}"#
    }

    // MARK: Calls

    /// What must follow an opening tag.
    static func call(of tools: [Tool]) -> Constraint {
        .sequence([
            .text("\n{\"name\": "),
            .choice(
                tools.map { tool in
                    .sequence([
                        .text(#"\#(JSONValue.string(tool.operation).text), "arguments": "#), arguments(of: tool),
                    ])
                }),
            .text("}\n\(closing)"),
        ])
    }

    private static func arguments(of tool: Tool) -> Constraint {
        let takesNone = tool.parameters["properties"]?.object?.isEmpty ?? true
        // A schema that declares nothing allows anything.
        return takesNone && tool.parameters["additionalProperties"] == nil ? .text("{}") : .schema(tool.parameters)
    }

    /// What may follow a call: another one.
    static let nextCall = Constraint.repeated(.text("\n\(opening)"), least: 0, most: 1)

    /// A call as the model wrote it, or would have.
    static func segments(of call: MadeCall, _ tools: [Tool]) -> [Prompt.Segment] {
        let schema = tools.first { $0.operation == call.operation }?.parameters ?? true
        let arguments = (try? JSONValue(parsing: call.arguments)).map { SpacedJSON.text($0, of: schema) }
        let name = JSONValue.string(call.operation).text
        let json = #"{"name": \#(name), "arguments": \#(arguments ?? call.arguments)}"#
        return [.template("\(opening)\n"), .text(escaped(json) + "\n"), .template(closing)]
    }

    // MARK: Results

    /// What came of calls that were made at once.
    static func segments(ofResults results: [String]) -> [Prompt.Segment] {
        var segments: [Prompt.Segment] = []
        for result in results {
            segments += [
                .template(segments.isEmpty ? "<tool_response>\n" : "\n<tool_response>\n"),
                .text(escaped(result) + "\n"), .template("</tool_response>"),
            ]
        }
        return segments
    }

    // MARK: Data

    /// The places of the `<` that begin a tag of the form, however it is written: one pass over the text.
    private static func tags(in text: String) -> [String.Index] {
        guard text.utf8.contains(UInt8(ascii: "<")) else { return [] }
        var tags: [String.Index] = []
        // The `<` behind which only spaces and a slash have stood so far.
        var open: (index: String.Index, hasSlash: Bool)?
        let bytes = text.utf8
        for index in bytes.indices {
            switch bytes[index] {
            case UInt8(ascii: "<"): open = (index, false)
            case 0x09...0x0d, 0x20: break
            case UInt8(ascii: "/") where open?.hasSlash == false: open?.hasSlash = true
            default:
                guard let tag = open else { continue }
                if isName(bytes[index...]) { tags.append(tag.index) }
                open = nil
            }
        }
        return tags
    }

    /// Whether a text begins with the name of a tag of the form.
    private static func isName(_ text: Substring.UTF8View) -> Bool {
        let word = text.prefix(longestName + 1).prefix { byte in
            byte == UInt8(ascii: "_") || byte >= 0x80 || (0x30...0x39).contains(byte)
                || (0x61...0x7a).contains(byte | 0x20)
        }
        return names.contains(String(decoding: word, as: UTF8.self).lowercased())
    }

    private static let names: Set<String> = ["tool_call", "tool_response", "tools"]
    private static let longestName = 13

    /// A text in which nothing is a tag of the form. JSON says the same with the escape as without it.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        var start = text.startIndex
        for tag in tags(in: text) {
            escaped += text[start..<tag]
            escaped += #"\u003c"#
            start = text.index(after: tag)
        }
        return escaped + text[start...]
    }

    /// A text that stays as it is, and in which no tag of the form is read as the one token that it is in some
    /// vocabularies: libllama makes such tokens of any text.
    static func data(_ text: String) -> [Prompt.Segment] {
        var segments: [Prompt.Segment] = []
        var start = text.startIndex
        for tag in tags(in: text) {
            let end = text.index(after: tag)
            segments.append(.text(String(text[start..<end])))
            start = end
        }
        return segments + [.text(String(text[start...]))]
    }
}
