package import Core
import Synchronization

/// A model that writes what a test wants, text by text, and remembers what it was asked. Its template is ChatML.
package final class ChatMLModel: TokenModel {
    private let texts: Mutex<[String]>
    private let seen = Mutex<[GenerationRequest]>([])
    private let template: String
    private let parameters: Int

    /// - Parameter parameters: one with under a thousand million says less by itself.
    package init(saying texts: [String] = [], template: String = ChatMLModel.hermes, parameters: Int = 3_000_000_000) {
        self.texts = Mutex(texts)
        self.template = template
        self.parameters = parameters
    }

    /// What is looked for in a template, as Qwen 2.5 has it.
    package static let hermes = """
        {{- messages[0]['content'] }}
            {%- else %}
                {{- 'You are Qwen, created by Alibaba Cloud. You are a helpful assistant.' }}
            {%- endif %}
            {{- "\\n\\n# Tools\\n\\n<tools></tools></think>" }}<tool_call>\\n{"name": "x", "arguments": {}}
        """

    package var requests: [GenerationRequest] { seen.withLock { $0 } }

    package func render(_ messages: [ChatMessage]) async throws -> Prompt {
        var prompt = Prompt([])
        for message in messages {
            if message.role == .user { prompt.turnStarts.append(prompt.segments.count) }
            prompt.segments += [
                .template("<|im_start|>\(message.role.rawValue)\n"), .text(message.content),
                .template("<|im_end|>\n"),
            ]
        }
        prompt.pinnedSegments = prompt.turnStarts.first ?? 0
        prompt.segments.append(.template("<|im_start|>assistant\n"))
        return prompt
    }

    package func generate(_ request: GenerationRequest) -> AsyncThrowingStream<GenerationEvent, any Error> {
        seen.withLock { $0.append(request) }
        let text = texts.withLock { $0.isEmpty ? "" : $0.removeFirst() }
        return AsyncThrowingStream { stream in
            // A word at a time, as a model writes.
            for piece in text.split(separator: " ", omittingEmptySubsequences: false).enumerated() {
                stream.yield(.text((piece.offset > 0 ? " " : "") + piece.element))
            }
            let usage = Usage(promptTokens: 20, cachedTokens: 10, completionTokens: 3)
            stream.yield(.finished(reason: text.hasSuffix("…") ? .length : .stop, usage: usage))
            stream.finish()
        }
    }

    package func textWhenIdle(_ request: GenerationRequest) async throws -> (text: String, usage: Usage) {
        try await text(request)
    }

    package func logProbabilities(
        of alternatives: [String], after prompt: Prompt
    ) async throws -> (scores: [AlternativeScore], usage: Usage) { ([], Usage()) }

    package func tokenize(_ text: String, special: Bool) async throws -> [TokenPiece] { [] }

    package func tokenCount(of prompt: Prompt) async throws -> Int { 0 }

    package func describe() async throws -> ModelDescription {
        ModelDescription(
            path: "/scripted.gguf", bytes: 1, summary: "scripted", architecture: "qwen2", parameters: parameters,
            vocabularySize: 1, trainedContext: 4096, context: 4096, embeddingSize: 1, layers: 1, chatTemplate: template,
            metadata: [:])
    }

    package func infillPrompt(prefix: String, suffix: String) async throws -> Prompt { Prompt([]) }
}
