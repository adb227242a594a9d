import CLlama
import Core
import Foundation

/// A token of a model's vocabulary.
package typealias Token = Int32

/// A GGUF file mapped into memory by libllama, and its vocabulary. Immutable once loaded.
///
/// `@unchecked Sendable`: libllama documents a model as read-only after loading, and contexts on several threads may
/// share it; the pointer is freed in `deinit` alone.
@safe final class Model: @unchecked Sendable {
    let handle: OpaquePointer
    let vocabulary: OpaquePointer
    let path: String
    let remembered = RememberedTokens()
    /// Bytes of the longest token's text: what a text has at least in tokens is told by it.
    let longestToken: Int

    /// Maps the file and reads its vocabulary.
    ///
    /// - Parameter isChecked: whether the header was looked at already.
    /// - Throws: `InferenceError`: `modelMissing`, `modelNotGGUF`, `modelInvalid`, `modelTruncated`, `modelUnsupported`,
    ///   `modelFailed`.
    init(path: String, isChecked: Bool = false) throws(InferenceError) {
        if !isChecked { try GGUFFile.check(path) }
        var parameters = unsafe llama_model_default_params()
        unsafe parameters.n_gpu_layers = -1
        unsafe parameters.load_mode = LLAMA_LOAD_MODE_MMAP
        // AMX's tiles sum up in another order than what computes a single row: a text would depend on its neighbours.
        unsafe parameters.use_extra_bufts = !ProcessorBackend.hasTiles
        let (loaded, lines) = unsafe LlamaLog.collecting { unsafe llama_model_load_from_file(path, parameters) }
        guard let loaded = unsafe loaded else { throw GGUFFile.error(path, said: lines) }
        unsafe handle = loaded
        // A model that loaded has a vocabulary; libllama returns a reference into it.
        guard let vocabulary = unsafe llama_model_get_vocab(loaded) else {
            unsafe llama_model_free(loaded)
            throw InferenceError(.modelFailed, "\(path) has no vocabulary; use a GGUF file of a complete model")
        }
        unsafe self.vocabulary = vocabulary
        self.path = path
        // Negative where there is no room for what would be written.
        let lengths = unsafe (0..<llama_vocab_n_tokens(vocabulary)).map {
            unsafe abs(llama_token_to_piece(vocabulary, $0, nil, 0, 0, false))
        }
        longestToken = max(1, Int(lengths.max() ?? 1))
    }

    /// Maps a file that may be one of somebody else's.
    ///
    /// - Throws: also what keeps it from being loaded into this process.
    convenience init(
        path: String, for purpose: ModelPurpose, _ admission: ModelAdmission?
    ) throws(InferenceError) {
        let admitted = try admission?.admit(path, for: purpose) ?? nil
        try self.init(path: path, isChecked: admitted != nil)
        // Another file may have been put in its place.
        if let admitted, ModelParts(of: path).identities != admitted { throw ModelAdmission.changed(path) }
    }

    deinit {
        unsafe llama_model_free(handle)
    }

    var vocabularySize: Int { Int(unsafe llama_vocab_n_tokens(vocabulary)) }

    /// The bytes of all tensors.
    var tensorBytes: Int { Int(unsafe llama_model_size(handle)) }

    func isEndOfGeneration(_ token: Token) -> Bool {
        unsafe llama_vocab_is_eog(vocabulary, token)
    }

    /// The tokens of a text.
    ///
    /// - Parameter special: whether control tokens written out in the text are read as such.
    func tokens(of text: String, special: Bool) -> [Token] {
        var text = text
        return text.withUTF8 { bytes in
            guard let base = bytes.baseAddress else { return [] }
            // No token is shorter than a byte, but a vocabulary may add a space before the text.
            return unsafe [Token](unsafeUninitializedCapacity: bytes.count + 8) { buffer, count in
                let written = unsafe base.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
                    unsafe llama_tokenize(
                        vocabulary, $0, Int32(bytes.count), buffer.baseAddress, Int32(buffer.count), false, special)
                }
                count = max(0, Int(written))
            }
        }
    }

    /// The token every text begins with, where the vocabulary asks for one.
    var beginningOfText: Token? {
        let token = unsafe llama_vocab_bos(vocabulary)
        return unsafe llama_vocab_get_add_bos(vocabulary) && token >= 0 ? token : nil
    }

    /// Control tokens that are a part of the text all the same, since a model writes its calls between them. In most
    /// vocabularies that have them they are no control tokens anyway.
    private static let textual: Set<String> = ["<tool_call>", "</tool_call>"]

    private func isTextual(_ token: Token) -> Bool {
        guard unsafe llama_vocab_is_control(vocabulary, token),
            let text = unsafe llama_vocab_get_text(vocabulary, token)
        else { return false }
        return Self.textual.contains(unsafe String(cString: text))
    }

    /// Appends the bytes a token stands for. A control token stands for none, but for those that are textual.
    func appendBytes(of token: Token, to bytes: inout [UInt8]) {
        let isTextual = isTextual(token)
        var capacity = 64
        while capacity > 0 {
            capacity = unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: capacity) { buffer in
                let count = unsafe llama_token_to_piece(
                    vocabulary, token, buffer.baseAddress, Int32(buffer.count), 0, isTextual)
                for index in 0..<max(0, Int(count)) {
                    unsafe bytes.append(UInt8(bitPattern: buffer[index]))
                }
                // Negative where there is more than fits.
                return max(0, -Int(count))
            }
        }
    }

    /// The bytes a token stands for.
    func bytes(of token: Token) -> [UInt8] {
        var bytes: [UInt8] = []
        appendBytes(of: token, to: &bytes)
        return bytes
    }

    /// The tokens the model would write bytes as.
    ///
    /// - Returns: nil where they are no text, or where the tokens say something else (some vocabularies add a space
    ///   before every text).
    func tokens(ofBytes bytes: [UInt8]) -> [Token]? {
        guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
        let tokens = tokens(of: text, special: false)
        return tokens.flatMap(self.bytes(of:)) == bytes ? tokens : nil
    }
}
