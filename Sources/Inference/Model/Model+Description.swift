import CLlama
import Core
import Foundation

extension Model {
    /// - Parameter context: the most tokens of a prompt and its answer, as it is run.
    func description(context: Int) -> ModelDescription {
        let metadata = self.metadata
        let bytes = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? nil
        return unsafe ModelDescription(
            path: path, bytes: bytes ?? tensorBytes,
            summary: text(capacity: 128) { unsafe llama_model_desc(handle, $0, $1) } ?? "",
            architecture: metadata["general.architecture"] ?? "",
            parameters: Int(llama_model_n_params(handle)), vocabularySize: vocabularySize,
            trainedContext: trainedContext, context: context, embeddingSize: Int(llama_model_n_embd(handle)),
            layers: Int(llama_model_n_layer(handle)), chatTemplate: chatTemplate, metadata: metadata)
    }

    /// The context it was trained for, in tokens.
    var trainedContext: Int { max(1, Int(unsafe llama_model_n_ctx_train(handle))) }

    /// The file's own chat template, Jinja; nil where it has none.
    var chatTemplate: String? {
        unsafe llama_model_chat_template(handle, nil).map { unsafe String(cString: $0) }
    }

    /// The values that are no arrays; long ones (templates) are cut at 4 KiB.
    private var metadata: [String: String] {
        var values: [String: String] = [:]
        for index in 0..<(unsafe llama_model_meta_count(handle)) {
            guard
                let key = unsafe text(capacity: 256, { unsafe llama_model_meta_key_by_index(handle, index, $0, $1) }),
                key != "tokenizer.chat_template",
                let value = unsafe text(
                    capacity: 4096, { unsafe llama_model_meta_val_str_by_index(handle, index, $0, $1) }),
                !value.hasPrefix("[")
            else { continue }
            values[key] = value
        }
        return values
    }

    /// Reads a text that a C function writes, NUL-terminated, into a buffer.
    private func text(capacity: Int, _ write: (UnsafeMutablePointer<CChar>?, Int) -> Int32) -> String? {
        unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: capacity) { buffer in
            guard unsafe write(buffer.baseAddress, capacity) >= 0, let base = buffer.baseAddress else { return nil }
            return unsafe String(cString: base)
        }
    }
}
