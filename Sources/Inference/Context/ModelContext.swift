import CLlama
import Core
import Foundation

/// A model's context: its KV cache and the decoding on it, without any policy of its own. Owned by one thread; `@safe`:
/// the handle is made in `init`, freed in `deinit`, and leaves neither.
@safe struct ModelContext: ~Copyable {
    /// Sequences the cache can hold. A bit mask of them is one word.
    static let sequences = 64
    /// Positions whose logits one decode gives at most; each costs the vocabulary in memory.
    static let outputs = 64

    let model: Model
    private let handle: OpaquePointer
    private var batch: llama_batch
    /// Threads that stay from one decode to the next; nil where one thread does it all.
    private let threads: ggml_threadpool_t?
    private let watch: GraphWatch
    /// Tokens the cache holds, all sequences together.
    let cells: Int
    /// The most tokens of one decode.
    let batchSize: Int
    /// Whether the end of a sequence can be dropped. A recurrent memory keeps one state a sequence, not one a token.
    let canDropParts: Bool
    /// Whether positions can be moved after they were computed.
    let canShift: Bool

    /// - Throws: `modelFailed`.
    init(model: Model, settings: ContextSettings, cells: Int) throws(InferenceError) {
        LargeBlocks.areReturned
        self.model = model
        self.cells = cells
        batchSize = max(1, min(settings.batchSize, cells))
        let threads = settings.threads ?? ProcessInfo.processInfo.activeProcessorCount
        var parameters = unsafe llama_context_default_params()
        unsafe parameters.n_ctx = UInt32(cells)
        unsafe parameters.n_batch = UInt32(batchSize)
        unsafe parameters.n_ubatch = UInt32(batchSize)
        unsafe parameters.n_seq_max = UInt32(Self.sequences)
        // libllama makes room for one a sequence, also in batches that hold fewer tokens, and ends the process where it may
        // not (llama-context.cpp, output_reserve).
        unsafe parameters.n_outputs_max = UInt32(max(Self.outputs, Self.sequences))
        unsafe parameters.type_k = settings.storedAs.ggmlType
        unsafe parameters.type_v = settings.storedAs.ggmlType
        if let flash = settings.flashAttention {
            unsafe parameters.flash_attn_type = flash ? LLAMA_FLASH_ATTN_TYPE_ENABLED : LLAMA_FLASH_ATTN_TYPE_DISABLED
        }
        unsafe parameters.kv_unified = true
        // A sliding window keeps all its tokens, so that a prompt can be taken up again anywhere.
        unsafe parameters.swa_full = true
        unsafe parameters.no_perf = true
        let watch = GraphWatch(generating: threads, reading: settings.promptThreads ?? threads)
        unsafe watch.attach(to: &parameters)
        let (made, lines) = unsafe LlamaLog.collecting { unsafe llama_init_from_model(model.handle, parameters) }
        guard let made = unsafe made else {
            throw InferenceError(
                .modelFailed,
                "no context of \(cells) tokens for \(model.path): \(lines.last ?? "libllama gave no reason"); try a smaller model.context"
            )
        }
        unsafe handle = made
        var pool = unsafe ggml_threadpool_params_default(max(parameters.n_threads, parameters.n_threads_batch))
        // Threads stay awake for the moment between two tokens, since waking one takes as long as choosing a token; not
        // longer, so that the cores are free for others when nothing is computed.
        pool.poll = 1
        unsafe self.threads = unsafe pool.n_threads > 1 ? ProcessorBackend.makeThreads(pool) : nil
        unsafe llama_attach_threadpool(made, self.threads, self.threads)
        unsafe batch = llama_batch_init(Int32(batchSize), 0, Int32(Self.sequences))
        self.watch = watch
        canDropParts = unsafe !llama_model_is_recurrent(model.handle) && !llama_model_is_hybrid(model.handle)
        canShift = unsafe llama_memory_can_shift(llama_get_memory(made))
    }

    deinit {
        unsafe llama_batch_free(batch)
        unsafe llama_free(handle)
        unsafe ProcessorBackend.end(threads)
    }

    // MARK: Decoding

    /// Tokens in the batch that is being put together.
    var batchCount: Int { Int(unsafe batch.n_tokens) }

    mutating func beginBatch() {
        unsafe batch.n_tokens = 0
    }

    /// Adds a token at a position of one or several sequences; the batch must have room.
    ///
    /// - Returns: the token's index in the batch, by which its logits are asked for.
    @discardableResult
    mutating func add(_ token: Token, at position: Int, to sequences: some Collection<Int>, wantsLogits: Bool) -> Int {
        let index = batchCount
        // Past the end is somebody else's memory.
        precondition(index < batchSize, "a batch holds \(batchSize) tokens")
        unsafe batch.token[index] = token
        unsafe batch.pos[index] = llama_pos(position)
        unsafe batch.n_seq_id[index] = Int32(sequences.count)
        for (offset, sequence) in sequences.enumerated() {
            // `llama_batch_init` allocated room for every sequence at every token.
            unsafe batch.seq_id[index]?[offset] = llama_seq_id(sequence)
        }
        unsafe batch.logits[index] = wantsLogits ? 1 : 0
        unsafe batch.n_tokens += 1
        return index
    }

    enum DecodeResult: Sendable, Hashable {
        case done
        /// The cache has no room for the batch; nothing was computed.
        case full
        /// Everybody the batch was for has gone. What was computed is undefined: drop it.
        case aborted
    }

    /// Computes the batch.
    ///
    /// - Parameter wanted: asked between operations; computing stops when none of the flags is unset any more.
    /// - Throws: `decodeFailed`.
    mutating func decode(wanted: [CancelFlag]) throws(InferenceError) -> DecodeResult {
        let status = unsafe watch.compute(on: handle, wanted: wanted) {
            unsafe llama_decode(handle, batch)
        }
        switch status {
        case 0: return .done
        case 1: return .full
        case 2: return .aborted
        case let status:
            throw InferenceError(
                .decodeFailed,
                "libllama could not compute \(batchCount) tokens (status \(status)); see the daemon's log")
        }
    }

    /// Calls `body` with the logits after the batch's token at `index`, one a token of the vocabulary.
    ///
    /// - Throws: `decodeFailed` where none were asked for.
    func withLogits<R>(
        at index: Int, _ body: (UnsafeBufferPointer<Float>) throws(InferenceError) -> R
    ) throws(InferenceError) -> R {
        guard let row = unsafe llama_get_logits_ith(handle, Int32(index)) else {
            throw InferenceError(.decodeFailed, "libllama gave no logits for \(model.path)")
        }
        return try unsafe body(UnsafeBufferPointer(start: row, count: model.vocabularySize))
    }

    // MARK: Sequences

    /// Lets `target`, which is empty, hold the first `count` tokens of `source` too. The cells are shared.
    func copy(_ source: Int, to target: Int, count: Int) {
        let memory = unsafe llama_get_memory(handle)
        // A memory without parts copies a sequence whole.
        unsafe llama_memory_seq_cp(
            memory, llama_seq_id(source), llama_seq_id(target), canDropParts ? 0 : -1,
            canDropParts ? llama_pos(count) : -1)
    }

    /// Lets `target` hold the tokens of `source` at these positions too. For memories that can drop parts.
    func copy(_ source: Int, to target: Int, range: Range<Int>) {
        unsafe llama_memory_seq_cp(
            llama_get_memory(handle), llama_seq_id(source), llama_seq_id(target), llama_pos(range.lowerBound),
            llama_pos(range.upperBound))
    }

    /// Drops a sequence's tokens from position `start` on.
    func drop(_ sequence: Int, from start: Int) {
        let memory = unsafe llama_get_memory(handle)
        // Only a part can fail to be dropped, and only where `canDropParts` is false.
        unsafe llama_memory_seq_rm(memory, llama_seq_id(sequence), start == 0 ? -1 : llama_pos(start), -1)
    }

    /// Takes the tokens at `range` out of a sequence and moves those behind it forward. The cells behind must belong to
    /// this sequence alone.
    func cut(_ sequence: Int, _ range: Range<Int>) {
        let memory = unsafe llama_get_memory(handle)
        let id = llama_seq_id(sequence)
        unsafe llama_memory_seq_rm(memory, id, llama_pos(range.lowerBound), llama_pos(range.upperBound))
        unsafe llama_memory_seq_add(memory, id, llama_pos(range.upperBound), -1, llama_pos(-range.count))
    }

    // MARK: State

    /// The bytes of what `state(of:)` gives.
    func stateSize(of sequence: Int) -> Int { unsafe llama_state_seq_get_size(handle, llama_seq_id(sequence)) }

    /// A sequence's keys and values (or recurrent state) as libllama writes them.
    func state(of sequence: Int) -> [UInt8] {
        let size = stateSize(of: sequence)
        return unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            count = unsafe llama_state_seq_get_data(handle, buffer.baseAddress, size, llama_seq_id(sequence))
        }
    }

    /// Fills an empty sequence from what `state(of:)` gave.
    ///
    /// - Parameter tokens: how many the state must turn out to hold.
    /// - Returns: whether it did; the sequence is empty again where not.
    func restore(_ state: UnsafeRawBufferPointer, to sequence: Int, tokens: Int) -> Bool {
        let id = llama_seq_id(sequence)
        let memory = unsafe llama_get_memory(handle)
        let read = unsafe llama_state_seq_set_data(
            handle, state.baseAddress?.assumingMemoryBound(to: UInt8.self), state.count, id)
        // libllama has reported success and restored nothing before; its own positions say what is there.
        let isWhole = unsafe read > 0 && llama_memory_seq_pos_max(memory, id) == llama_pos(tokens - 1)
        if !isWhole { drop(sequence, from: 0) }
        return isWhole
    }
}
