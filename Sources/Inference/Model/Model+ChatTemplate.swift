import CLlama
import Core
import Foundation

extension Model {
    /// Renders messages with the model's own template, ready for the assistant to speak.
    ///
    /// libllama knows the common templates by their looks (`llama_chat_apply_template`); a model without one, or with
    /// one it does not know, gets ChatML. The messages' contents go through as marks and are put back afterwards, so
    /// that nothing a user or a plugin wrote can pass for a part of the template.
    func render(_ messages: [ChatMessage]) -> Prompt {
        let marks = messages.indices.map { "\u{E000}\($0)\u{E001}" }
        let template = chatTemplate.flatMap { apply($0, messages, marks) == nil ? nil : $0 } ?? "chatml"
        guard let rendered = apply(template, messages, marks) else {
            return Prompt(messages.map { .text("\($0.role.rawValue): \($0.content)\n") } + [.template("assistant: ")])
        }
        // Where turns begin: what the messages before a user's render to is a beginning of the whole.
        let boundaries = messages.indices.dropFirst().filter { messages[$0].role == .user }.compactMap { index in
            apply(template, Array(messages[..<index]), Array(marks[..<index]), isAnswered: true)
        }.filter(rendered.hasPrefix)
        let starts = boundaries.map { rendered.utf8.index(rendered.startIndex, offsetBy: $0.utf8.count) }

        var prompt = Prompt([])
        if messages.first?.role == .user { prompt.turnStarts.append(0) }
        var rest = Substring(rendered)
        func addTemplate(upTo end: String.Index) {
            for start in starts where start > rest.startIndex && start < end {
                prompt.segments.append(.template(String(rest[..<start])))
                prompt.turnStarts.append(prompt.segments.count)
                rest = rest[start...]
            }
            prompt.segments.append(.template(String(rest[..<end])))
            rest = rest[end...]
        }
        for (message, mark) in zip(messages, marks) {
            // A template may leave a message out (a system message it has no place for).
            guard let range = rest.range(of: mark) else { continue }
            addTemplate(upTo: range.lowerBound)
            prompt.segments.append(.text(message.content))
            rest = rest[range.upperBound...]
        }
        addTemplate(upTo: rest.endIndex)
        // What stands before the first turn is the same in every conversation.
        prompt.pinnedSegments = prompt.turnStarts.first ?? 0
        return prompt
    }

    /// - Parameter isAnswered: whether the text ends where a next message would begin, not where an answer would.
    private func apply(
        _ template: String, _ messages: [ChatMessage], _ contents: [String], isAnswered: Bool = false
    ) -> String? {
        // The C strings live until the call is over.
        let owned = unsafe zip(messages, contents).map { message, content in
            unsafe (strdup(message.role.rawValue), strdup(content))
        }
        defer {
            unsafe owned.forEach { role, content in
                unsafe free(role)
                unsafe free(content)
            }
        }
        let chat = unsafe owned.map { unsafe llama_chat_message(role: $0.0, content: $0.1) }
        let capacity = 4096 + 64 * messages.count
        return unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: capacity) { buffer in
            let count = unsafe llama_chat_apply_template(
                template, chat, chat.count, !isAnswered, buffer.baseAddress, Int32(capacity))
            guard count > 0, Int(count) <= capacity, let base = buffer.baseAddress else { return nil }
            return unsafe base.withMemoryRebound(to: UInt8.self, capacity: Int(count)) {
                unsafe String(decoding: UnsafeBufferPointer(start: $0, count: Int(count)), as: UTF8.self)
            }
        }
    }
}
