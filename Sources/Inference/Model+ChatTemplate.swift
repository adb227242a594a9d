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
        let rendered =
            chatTemplate.flatMap { apply($0, messages, marks) } ?? apply("chatml", messages, marks)
            ?? zip(messages, marks).map { "\($0.role.rawValue): \($1)\n" }.joined() + "assistant: "
        var segments: [Prompt.Segment] = []
        var rest = Substring(rendered)
        for (message, mark) in zip(messages, marks) {
            // A template may leave a message out (a system message it has no place for).
            guard let range = rest.range(of: mark) else { continue }
            segments.append(.template(String(rest[..<range.lowerBound])))
            segments.append(.text(message.content))
            rest = rest[range.upperBound...]
        }
        segments.append(.template(String(rest)))
        return Prompt(segments)
    }

    private func apply(_ template: String, _ messages: [ChatMessage], _ contents: [String]) -> String? {
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
                template, chat, chat.count, true, buffer.baseAddress, Int32(capacity))
            guard count > 0, Int(count) <= capacity, let base = buffer.baseAddress else { return nil }
            return unsafe base.withMemoryRebound(to: UInt8.self, capacity: Int(count)) {
                unsafe String(decoding: UnsafeBufferPointer(start: $0, count: Int(count)), as: UTF8.self)
            }
        }
    }
}
