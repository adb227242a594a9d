import Foundation

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
    private static let alignment = 32

    /// What kind of tokens the tags are (`llama_token_type`).
    enum Tags: Int {
        case control = 3
        case userDefined = 4
    }

    static func make(of path: String, tags kind: Tags = .userDefined) throws -> String {
        let file = try Data(contentsOf: URL(filePath: path), options: .mappedIfSafe)
        var reader = Reader(bytes: file)
        reader.index = 8
        let tensorCount = reader.number(8)
        let valueCount = reader.number(8)
        var head = Data()
        var copied = 0
        /// Writes other bytes in the place of those between two indices.
        func replace(from start: Int, to end: Int, with bytes: [UInt8]) {
            head += file[copied..<start] + Data(bytes)
            copied = end
        }
        for _ in 0..<valueCount {
            let key = reader.string()
            let type = reader.number(4)
            let start = reader.index
            guard type == 9 else {
                reader.skipValue(type)
                if key == "tokenizer.chat_template" {
                    replace(from: start, to: reader.index, with: string(template))
                }
                continue
            }
            let element = reader.number(4)
            for index in 0..<reader.number(8) {
                let start = reader.index
                reader.skipValue(element)
                guard let tag = tags[index] else { continue }
                switch key {
                case "tokenizer.ggml.tokens": replace(from: start, to: reader.index, with: string(tag))
                case "tokenizer.ggml.token_type": replace(from: start, to: reader.index, with: number(kind.rawValue, 4))
                default: break
                }
            }
        }
        for _ in 0..<tensorCount {
            reader.skipValue(8)
            reader.index += reader.number(4) * 8 + 12
        }
        head += file[copied..<reader.index]
        head.append(Data(count: aligned(head.count) - head.count))
        let url = FileManager.default.temporaryDirectory.appending(path: "squire-\(UUID()).gguf")
        try (head + file[aligned(reader.index)...]).write(to: url)
        return url.path
    }

    private static func aligned(_ offset: Int) -> Int { (offset + alignment - 1) / alignment * alignment }

    private static func number(_ value: Int, _ bytes: Int) -> [UInt8] {
        (0..<bytes).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    private static func string(_ text: String) -> [UInt8] { number(text.utf8.count, 8) + Array(text.utf8) }

    private struct Reader {
        let bytes: Data
        var index = 0

        mutating func number(_ width: Int) -> Int {
            defer { index += width }
            return (0..<width).reduce(0) { $0 | Int(bytes[index + $1]) << (8 * $1) }
        }

        mutating func string() -> String {
            let count = number(8)
            defer { index += count }
            return String(decoding: bytes[index..<(index + count)], as: UTF8.self)
        }

        mutating func skipValue(_ type: Int) {
            switch type {
            case 0, 1, 7: index += 1
            case 2, 3: index += 2
            case 4, 5, 6: index += 4
            case 8: index += number(8)
            case 9:
                let element = number(4)
                for _ in 0..<number(8) { skipValue(element) }
            default: index += 8
            }
        }
    }
}
