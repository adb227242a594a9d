import CLlama
import Core
import Foundation

/// Hosts one embedding model on a thread of its own.
package final class EmbeddingEngine: Embedder {
    package let modelPath: String
    private let thread: OwnerThread<EmbeddingContext>
    private let loading = Loading<Double>()

    /// Begins to load the model and returns at once; requests wait for it.
    package init(modelPath: String, threads: Int? = nil) {
        self.modelPath = modelPath
        let threads = threads ?? ProcessInfo.processInfo.activeProcessorCount
        thread = OwnerThread(name: "embedding") { [loading] () throws(InferenceError) in
            do throws(InferenceError) {
                let start = ContinuousClock.now
                let context = try EmbeddingContext(model: Model(path: modelPath), threads: threads)
                loading.finish(.success((ContinuousClock.now - start) / .seconds(1)))
                return context
            } catch {
                loading.finish(.failure(error))
                throw error
            }
        }
    }

    package func stop() async {
        await thread.stop()
    }

    package var loadState: InferenceEngine.LoadState {
        switch loading.result {
        case nil: .loading
        case .success(let seconds): .ready(seconds: seconds)
        case .failure(let error): .failed(error.message)
        }
    }

    package func embed(_ texts: [String]) async throws -> [[Float]] {
        let answer = Loading<[[Float]]>()
        let cancel = CancelFlag()
        thread.submit(
            OwnerThread.Job(
                run: { context in
                    do throws(InferenceError) {
                        answer.finish(.success(try context.embed(texts, cancel: cancel)))
                    } catch {
                        answer.finish(.failure(error))
                    }
                }, fail: { answer.finish(.failure($0)) }))
        return try await withTaskCancellationHandler {
            try await answer.value()
        } onCancel: {
            cancel.set()
        }
    }
}

/// An embedding model's context. Owned by one thread; `@safe`: the handle is made in `init`, freed in `deinit`, and
/// leaves neither.
@safe private struct EmbeddingContext: ~Copyable {
    private let model: Model
    private let handle: OpaquePointer
    private var batch: llama_batch
    private let size: Int

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
        unsafe parameters.n_threads = Int32(threads)
        unsafe parameters.n_threads_batch = Int32(threads)
        unsafe parameters.embeddings = true
        unsafe parameters.kv_unified = true
        unsafe parameters.no_perf = true
        let (made, lines) = unsafe LlamaLog.collecting { unsafe llama_init_from_model(model.handle, parameters) }
        guard let made = unsafe made else {
            throw InferenceError(
                .modelFailed, "no context for \(model.path): \(lines.last ?? "libllama gave no reason")")
        }
        guard unsafe llama_pooling_type(made) != LLAMA_POOLING_TYPE_NONE else {
            unsafe llama_free(made)
            throw InferenceError(
                .modelUnsupported, "\(model.path) gives no vector for a whole text; use an embedding model")
        }
        unsafe handle = made
        unsafe batch = llama_batch_init(Int32(size), 0, 1)
    }

    deinit {
        unsafe llama_batch_free(batch)
        unsafe llama_free(handle)
    }

    /// One vector of length 1 a text; a text longer than the context counts by its beginning.
    mutating func embed(_ texts: [String], cancel: CancelFlag) throws(InferenceError) -> [[Float]] {
        var vectors: [[Float]] = []
        var group: [[Token]] = []
        for text in texts {
            let tokens = tokens(text)
            if group.count == Self.sequences || group.reduce(tokens.count, { $0 + $1.count }) > size {
                vectors += try compute(group)
                group = []
            }
            if cancel.isSet { return [] }
            group.append(tokens)
        }
        return vectors + (try compute(group))
    }

    /// A text as BERT reads it: between the tokens that begin and end one ([CLS], [SEP]).
    private func tokens(_ text: String) -> [Token] {
        let beginning = unsafe llama_vocab_bos(model.vocabulary)
        let separator = unsafe llama_vocab_sep(model.vocabulary)
        let body = model.tokens(of: text, special: false).prefix(size - 2)
        return [beginning].filter { $0 >= 0 } + body + [separator].filter { $0 >= 0 }
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
        unsafe llama_memory_clear(llama_get_memory(handle), true)
        let status = unsafe llama_encode(handle, batch)
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
