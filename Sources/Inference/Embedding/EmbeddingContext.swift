import CLlama
import Core
import Foundation

/// An embedding model's context. Owned by one thread; `@safe`: the handle is made in `init`, freed in `deinit`, and
/// leaves neither.
@safe struct EmbeddingContext: ~Copyable {
    private let model: Model
    private let handle: OpaquePointer
    private var batch: llama_batch
    private let size: Int
    private let watch: GraphWatch
    /// A causal model keeps keys and values, and is decoded; one that reads both ways has no memory, and is encoded.
    private let hasMemory: Bool

    /// Texts that are computed together at most.
    private static let sequences = 32

    init(model: Model, threads: Int) throws(InferenceError) {
        self.model = model
        size = min(512, max(1, Int(unsafe llama_model_n_ctx_train(model.handle))))
        var parameters = unsafe llama_context_default_params()
        unsafe parameters.n_ctx = UInt32(size)
        unsafe parameters.n_batch = UInt32(size)
        unsafe parameters.n_ubatch = UInt32(size)
        unsafe parameters.n_seq_max = UInt32(Self.sequences)
        let watch = GraphWatch(generating: threads, reading: threads)
        unsafe watch.attach(to: &parameters)
        self.watch = watch
        unsafe parameters.embeddings = true
        unsafe parameters.kv_unified = true
        unsafe parameters.no_perf = true
        let (made, lines) = unsafe LlamaLog.collecting { unsafe llama_init_from_model(model.handle, parameters) }
        guard let made = unsafe made else {
            throw InferenceError(
                .modelFailed, "no context for \(model.path): \(lines.last ?? "libllama gave no reason")")
        }
        // A reranker's score is no vector either.
        guard unsafe ![LLAMA_POOLING_TYPE_NONE, LLAMA_POOLING_TYPE_RANK].contains(llama_pooling_type(made)) else {
            unsafe llama_free(made)
            throw InferenceError(
                .modelUnsupported, "\(model.path) gives no vector for a whole text; use an embedding model")
        }
        unsafe handle = made
        hasMemory = unsafe llama_get_memory(made) != nil
        unsafe batch = llama_batch_init(Int32(size), 0, 1)
    }

    deinit {
        unsafe llama_batch_free(batch)
        unsafe llama_free(handle)
    }

    /// One vector of length 1 a text; a text longer than the context counts by its beginning.
    mutating func embed(
        _ texts: [String], cancel: CancelFlag
    ) throws(InferenceError) -> (vectors: [[Float]], tokens: Int) {
        var vectors: [[Float]] = []
        var group: [[Token]] = []
        var total = 0
        for text in texts {
            let tokens = model.wholeText(text, limit: size)
            if group.count == Self.sequences || group.reduce(tokens.count, { $0 + $1.count }) > size {
                vectors += try compute(group)
                group = []
            }
            if cancel.isSet { return ([], total) }
            group.append(tokens)
            total += tokens.count
        }
        vectors += try compute(group)
        return (vectors, total)
    }

    private mutating func compute(_ group: [[Token]]) throws(InferenceError) -> [[Float]] {
        guard !group.isEmpty else { return [] }
        var count = 0
        for (sequence, tokens) in group.enumerated() {
            for (position, token) in tokens.enumerated() {
                unsafe batch.token[count] = token
                unsafe batch.pos[count] = llama_pos(position)
                unsafe batch.n_seq_id[count] = 1
                unsafe batch.seq_id[count]?[0] = llama_seq_id(sequence)
                unsafe batch.logits[count] = 1
                count += 1
            }
        }
        unsafe batch.n_tokens = Int32(count)
        if hasMemory { unsafe llama_memory_clear(llama_get_memory(handle), false) }
        let status = unsafe watch.compute(on: handle, wanted: []) {
            unsafe hasMemory ? llama_decode(handle, batch) : llama_encode(handle, batch)
        }
        guard status == 0 else {
            throw InferenceError(.decodeFailed, "libllama could not embed \(group.count) texts (status \(status))")
        }
        let width = Int(unsafe llama_model_n_embd_out(model.handle))
        var vectors: [[Float]] = []
        for sequence in group.indices {
            guard let row = unsafe llama_get_embeddings_seq(handle, llama_seq_id(sequence)) else {
                throw InferenceError(
                    .decodeFailed, "libllama gave no vector for a text of \(group[sequence].count) tokens")
            }
            let vector = unsafe Array(UnsafeBufferPointer(start: row, count: width))
            let length = vector.reduce(Float(0)) { $0 + $1 * $1 }.squareRoot()
            vectors.append(length > 0 ? vector.map { $0 / length } : vector)
        }
        return vectors
    }
}
