import CLlama
import Core
import Foundation

/// The context of a model that gives numbers for a whole text. Owned by one thread; `@safe`: the handle is made in `init`, freed in `deinit`, and
/// leaves neither.
@safe struct EmbeddingContext: ~Copyable {
    private let model: Model
    private let handle: OpaquePointer
    private var batch: llama_batch
    private let size: Int
    private let watch: GraphWatch
    /// A causal model keeps keys and values, and is decoded; one that reads both ways has no memory, and is encoded.
    private let hasMemory: Bool

    /// Numbers that a text gets.
    private let width: Int

    /// What the model's numbers for a text are.
    enum Purpose: Sendable {
        /// Where its meaning lies.
        case vectors
        /// How well it answers a query that is read with it.
        case scores
    }

    /// Texts that are computed together at most.
    private static let sequences = 32
    /// Tokens that one thread computes as soon as several, which wait for each other: a query, beside which a search
    /// goes through the words.
    private static let short = 48

    init(model: Model, threads: Int, purpose: Purpose = .vectors) throws(InferenceError) {
        self.model = model
        size = Self.size(for: model)
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
        let pooling = unsafe llama_pooling_type(made)
        let fits =
            switch purpose {
            case .vectors: ![LLAMA_POOLING_TYPE_NONE, LLAMA_POOLING_TYPE_RANK].contains(pooling)
            case .scores: pooling == LLAMA_POOLING_TYPE_RANK
            }
        guard fits else {
            unsafe llama_free(made)
            throw InferenceError(.modelUnsupported, "\(model.path) \(purpose.problem)")
        }
        width = Int(
            unsafe purpose == .vectors
                ? llama_model_n_embd_out(model.handle) : Int32(llama_model_n_cls_out(model.handle)))
        unsafe handle = made
        hasMemory = unsafe llama_get_memory(made) != nil
        unsafe batch = llama_batch_init(Int32(size), 0, 1)
    }

    deinit {
        unsafe llama_batch_free(batch)
        unsafe llama_free(handle)
    }

    /// The most tokens that are read together, and so of one text.
    static func size(for model: Model) -> Int {
        min(512, max(1, Int(unsafe llama_model_n_ctx_train(model.handle))))
    }

    /// One vector of length 1 a text; a text longer than the context counts by its beginning.
    mutating func embed(
        _ texts: [String], cancel: CancelFlag
    ) throws(InferenceError) -> (vectors: [[Float]], tokens: Int) {
        let (rows, total) = try rows(of: texts, cancel: cancel) { model, text, limit in
            model.wholeText(text, limit: limit)
        }
        let vectors = rows.map { row in
            let length = row.reduce(Float(0)) { $0 + $1 * $1 }.squareRoot()
            return length > 0 ? row.map { $0 / length } : row
        }
        return (vectors, total)
    }

    /// How well each text answers a query; a text that is too long for both counts by its beginning.
    mutating func scores(
        of texts: [String], for query: String, cancel: CancelFlag
    ) throws(InferenceError) -> [Float] {
        try rows(of: texts, cancel: cancel) { model, text, limit in
            model.pair(query: query, text: text, limit: limit)
        }.rows.map { $0.first ?? 0 }
    }

    /// The numbers of each text, many computed together. Fewer when cancelled.
    private mutating func rows(
        of texts: [String], cancel: CancelFlag, tokens: (Model, String, Int) -> [Token]
    ) throws(InferenceError) -> (rows: [[Float]], tokens: Int) {
        var rows: [[Float]] = []
        var group: [[Token]] = []
        var total = 0
        for text in texts {
            let tokens = tokens(model, text, size)
            if group.count == Self.sequences || group.reduce(tokens.count, { $0 + $1.count }) > size {
                rows += try compute(group)
                group = []
            }
            if cancel.isSet { return ([], total) }
            group.append(tokens)
            total += tokens.count
        }
        rows += try compute(group)
        return (rows, total)
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
        let limit = count <= Self.short ? 1 : Int.max
        let status = unsafe watch.compute(on: handle, wanted: [], limit: limit) {
            unsafe hasMemory ? llama_decode(handle, batch) : llama_encode(handle, batch)
        }
        guard status == 0 else {
            throw InferenceError(.decodeFailed, "libllama could not embed \(group.count) texts (status \(status))")
        }
        var rows: [[Float]] = []
        for sequence in group.indices {
            guard let row = unsafe llama_get_embeddings_seq(handle, llama_seq_id(sequence)) else {
                throw InferenceError(
                    .decodeFailed, "libllama gave no numbers for a text of \(group[sequence].count) tokens")
            }
            rows.append(unsafe Array(UnsafeBufferPointer(start: row, count: width)))
        }
        return rows
    }
}

extension EmbeddingContext.Purpose {
    /// What is wrong with a model that is not for this.
    fileprivate var problem: String {
        switch self {
        case .vectors: "gives no vector for a whole text; use an embedding model"
        case .scores:
            "does not say how well a text answers a query; use a re-ranker whose file says so (pooling type rank)"
        }
    }
}
