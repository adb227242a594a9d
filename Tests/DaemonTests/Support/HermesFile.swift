import Foundation
import ModelFiles

/// Makes a model with the Hermes form of the default one: its file with another chat template, and with the form's tags
/// among its tokens, as Qwen 3 has them. It was never taught the form (ggml's `docs/gguf.md`).
enum HermesFile {
    /// ChatML to libllama; what is looked for in it is the form's tags. Nobody runs it.
    private static let template = """
        {% for message in messages %}<|im_start|>{{ message.role }}
        {{ message.content }}<|im_end|>
        {% endfor %}{% if tools %}<tools>{{ tools }}</tools> Write <tool_call>
        {"name": "NAME", "arguments": {}}
        </tool_call>{% endif %}<|im_start|>assistant
        """
    /// Tokens that the default model has no use for, by number. The first is what opens a call.
    private static let tags = [11: "<tool_call>", 12: "</tool_call>", 13: "<tool_response>", 14: "</tool_response>"]
    static let openingToken = 11

    /// What kind of tokens the tags are (`llama_token_type`).
    enum Tags: Int {
        case control = 3
        case userDefined = 4
    }

    static func make(of path: String, tags kind: Tags = .userDefined) throws -> String {
        let file = try Data(contentsOf: URL(filePath: path), options: .mappedIfSafe)
        var reader = GGUFReader(file)
        var head = Data()
        var copied = 0
        /// Writes other bytes in the place of those between two indices.
        func replace(from start: Int, to end: Int, with bytes: [UInt8]) {
            head += file[copied..<start] + Data(bytes)
            copied = end
        }
        for _ in 0..<reader.valueCount {
            let key = reader.string()
            let type = reader.number(4)
            let start = reader.index
            guard type == 9 else {
                reader.skipValue(type)
                if key == "tokenizer.chat_template" {
                    replace(from: start, to: reader.index, with: GGUFBytes.string(template))
                }
                continue
            }
            let element = reader.number(4)
            for index in 0..<reader.number(8) {
                let start = reader.index
                reader.skipValue(element)
                guard let tag = tags[index] else { continue }
                switch key {
                case "tokenizer.ggml.tokens": replace(from: start, to: reader.index, with: GGUFBytes.string(tag))
                case "tokenizer.ggml.token_type":
                    replace(from: start, to: reader.index, with: GGUFBytes.number(kind.rawValue, 4))
                default: break
                }
            }
        }
        reader.skipTensors()
        head += file[copied..<reader.index]
        return try GGUFBytes.write(head: head, data: file[GGUFBytes.aligned(reader.index)...])
    }
}
