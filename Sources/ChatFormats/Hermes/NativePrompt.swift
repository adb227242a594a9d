import Core

/// Puts a conversation with tools before a model in the model's own form.
struct NativePrompt {
    let model: any TokenModel
    /// The model's template.
    let template: String

    /// A message whose content is the template's and other people's in turn.
    private struct Part {
        var role: ChatMessage.Role
        var segments: [Prompt.Segment]
        /// Whether it goes on with the turn before it.
        var isResult = false
    }

    func prompt(for dialog: [DialogItem], _ tools: [Tool]) async throws -> Prompt {
        let parts = parts(of: dialog, tools)
        // Contents go through as marks: a message may consist of several segments.
        let marks = parts.indices.map { "#\($0)" }
        let rendered = try await model.render(zip(parts, marks).map { ChatMessage($0.role, $1) })
        let byMark = Dictionary(uniqueKeysWithValues: zip(marks, parts))
        func part(at index: Int) -> Part? {
            guard rendered.segments.indices.contains(index), case .text(let mark) = rendered.segments[index] else {
                return nil
            }
            return byMark[mark]
        }
        var prompt = Prompt([])
        for (index, segment) in rendered.segments.enumerated() {
            if index == rendered.pinnedSegments { prompt.pinnedSegments = prompt.segments.count }
            // A turn begins with the template's words before its first content. Results are no turn of their own: they
            // are kept or dropped with the question they serve.
            if rendered.turnStarts.contains(index), part(at: index + 1)?.isResult != true {
                prompt.turnStarts.append(prompt.segments.count)
            }
            prompt.segments += part(at: index)?.segments ?? [segment]
        }
        return prompt
    }

    private func parts(of dialog: [DialogItem], _ tools: [Tool]) -> [Part] {
        var rest = dialog[...]
        var instructions = HermesFormat.defaultInstructions(in: template)
        if case .message(let first)? = rest.first, first.role == .system {
            instructions = first.content
            rest = rest.dropFirst()
        }
        var parts = [Part(role: .system, segments: HermesFormat.instructions(instructions, tools))]
        let lastQuestion = rest.lastIndex {
            if case .message(let message) = $0 { message.role == .user } else { false }
        }
        for (index, item) in zip(rest.indices, rest) {
            switch item {
            case .message(let message):
                let isOver = index < lastQuestion ?? dialog.endIndex
                let content = message.role == .assistant && isOver ? withoutThoughts(message.content) : message.content
                parts.append(Part(role: message.role, segments: HermesFormat.data(content)))
            case .calls(let calls):
                // What was said with them stands in the same message.
                var message = parts.last?.role == .assistant ? parts.removeLast() : Part(role: .assistant, segments: [])
                for call in calls {
                    if !message.segments.isEmpty { message.segments.append(.template("\n")) }
                    message.segments += HermesFormat.segments(of: call, tools)
                }
                parts.append(message)
                let results = calls.compactMap(\.result)
                if !results.isEmpty {
                    parts.append(
                        Part(role: .user, segments: HermesFormat.segments(ofResults: results), isResult: true))
                }
            }
        }
        return parts
    }

    /// Models that think aloud are not shown what they thought for questions that are answered.
    private func withoutThoughts(_ content: String) -> String {
        guard template.contains("</think>"), let end = content.ranges(of: "</think>").last?.upperBound else {
            return content
        }
        return String(content[end...].drop { $0 == "\n" })
    }
}
