import CLlama
import Core
import Foundation

/// A model's context: its KV cache and the decoding on it. Owned by one thread; `@safe`: the handle is made in
/// `init`, freed in `deinit`, and leaves neither.
@safe struct ModelContext: ~Copyable {
    let model: Model
    private let handle: OpaquePointer
    private var batch: llama_batch
    private var cache: PromptCache
    /// In tokens, for all sequences together.
    let size: Int

    /// Tokens of one `llama_decode` at most.
    private static let batchSize = 512
    /// Conversations whose beginnings are kept.
    private static let sequences = 4
    /// Positions whose logits one `llama_decode` gives at most. Each costs the vocabulary in memory.
    private static let outputs = 32

    /// - Parameters:
    ///   - size: tokens of the context; bounded by what the model was trained for.
    /// - Throws: `modelFailed`.
    init(model: Model, size: Int, threads: Int) throws(InferenceError) {
        self.model = model
        self.size = min(size, max(1, Int(unsafe llama_model_n_ctx_train(model.handle))))
        var parameters = unsafe llama_context_default_params()
        unsafe parameters.n_ctx = UInt32(self.size)
        unsafe parameters.n_batch = UInt32(Self.batchSize)
        unsafe parameters.n_ubatch = UInt32(Self.batchSize)
        unsafe parameters.n_seq_max = UInt32(Self.sequences)
        unsafe parameters.n_outputs_max = UInt32(Self.outputs)
        unsafe parameters.n_threads = Int32(threads)
        unsafe parameters.n_threads_batch = Int32(threads)
        unsafe parameters.kv_unified = true
        unsafe parameters.no_perf = true
        let (made, lines) = unsafe LlamaLog.collecting { unsafe llama_init_from_model(model.handle, parameters) }
        guard let made = unsafe made else {
            throw InferenceError(
                .modelFailed,
                "no context of \(self.size) tokens for \(model.path): \(lines.last ?? "libllama gave no reason"); try a smaller model.context"
            )
        }
        unsafe handle = made
        unsafe batch = llama_batch_init(Int32(Self.batchSize), 0, 1)
        cache = PromptCache(sequences: Self.sequences)
    }

    deinit {
        unsafe llama_batch_free(batch)
        unsafe llama_free(handle)
    }

    /// Generates text and hands it on as it is made.
    ///
    /// - Throws: `InferenceError`; `decodeFailed`, `promptTooLong`, `grammarInvalid`, `samplingInvalid`.
    mutating func generate(
        _ request: GenerationRequest, cancel: CancelFlag, emit: (GenerationEvent) -> Void
    ) throws(InferenceError) {
        let prompt = model.tokens(of: request.prompt)
        var sampler = try Sampler(request.sampling, grammar: request.grammar, model: model, history: prompt)
        let (sequence, reused) = try begin(prompt, cancel: cancel)
        var usage = Usage(promptTokens: prompt.count, cachedTokens: reused)
        var text = TextDecoder(stops: request.sampling.stop ?? [])
        var bytes: [UInt8] = []
        let limit = min(request.sampling.maxTokens ?? Self.defaultMaxTokens, size - prompt.count)
        var reason = FinishReason.length

        while usage.completionTokens < limit {
            if cancel.isSet {
                reason = .cancelled
                break
            }
            guard let logits = unsafe llama_get_logits_ith(handle, -1) else {
                throw InferenceError(.decodeFailed, "libllama gave no logits for \(model.path)")
            }
            let model = model
            let next = unsafe sampler.next(
                UnsafeBufferPointer(start: logits, count: model.vocabularySize), isEnd: model.isEndOfGeneration)
            // A grammar that allows nothing more is at its end.
            guard let token = next, !model.isEndOfGeneration(token) else {
                reason = .stop
                break
            }
            usage.completionTokens += 1
            bytes.removeAll(keepingCapacity: true)
            model.appendBytes(of: token, to: &bytes)
            let piece = text.append(bytes)
            if !piece.isEmpty { emit(.text(piece)) }
            if text.isStopped {
                reason = .stop
                break
            }
            if usage.completionTokens == limit { break }
            guard try decode([token], into: sequence, outputs: 1, cancel: cancel) else {
                reason = .cancelled
                break
            }
        }
        let rest = text.finish()
        if !rest.isEmpty { emit(.text(rest)) }
        emit(.finished(reason: reason, usage: usage))
    }

    private static let defaultMaxTokens = 1024

    /// How likely each alternative is after the prompt. Empty when cancelled.
    mutating func score(
        _ alternatives: [String], after prompt: Prompt, cancel: CancelFlag
    ) throws(InferenceError) -> (scores: [AlternativeScore], usage: Usage) {
        let prompt = model.tokens(of: prompt)
        let (sequence, reused) = try begin(prompt, cancel: cancel)
        guard let logits = unsafe llama_get_logits_ith(handle, -1), !cancel.isSet else { return ([], Usage()) }
        let vocabulary = model.vocabularySize
        let first = unsafe Array(UnsafeBufferPointer(start: logits, count: vocabulary))
        let firstNormalizer = unsafe first.withUnsafeBufferPointer { unsafe logSumExp($0) }
        var usage = Usage(promptTokens: prompt.count, cachedTokens: reused)
        var scores: [AlternativeScore] = []
        for alternative in alternatives {
            let tokens = Array(model.tokens(of: alternative, special: false).prefix(Self.outputs))
            guard let head = tokens.first else {
                scores.append(AlternativeScore(logProbability: 0, tokenCount: 0))
                continue
            }
            var sum = Double(first[Int(head)]) - firstNormalizer
            if tokens.count > 1 {
                usage.completionTokens += tokens.count - 1
                guard try decode(Array(tokens.dropLast()), into: sequence, outputs: tokens.count - 1, cancel: cancel)
                else { return ([], usage) }
                for (index, token) in tokens.dropFirst().enumerated() {
                    guard let row = unsafe llama_get_logits_ith(handle, Int32(index)) else { continue }
                    let logits = unsafe UnsafeBufferPointer(start: row, count: vocabulary)
                    sum += unsafe Double(logits[Int(token)]) - logSumExp(logits)
                }
                if rewind(sequence, to: prompt.count) < prompt.count {
                    _ = try begin(prompt, cancel: cancel)
                }
            }
            scores.append(AlternativeScore(logProbability: sum, tokenCount: tokens.count))
        }
        return (scores, usage)
    }

    /// Brings a prompt into a sequence, from the longest beginning the cache holds, and leaves the logits after it.
    private mutating func begin(
        _ prompt: [Token], cancel: CancelFlag
    ) throws(InferenceError) -> (sequence: Int, reused: Int) {
        guard !prompt.isEmpty else { throw InferenceError(.promptEmpty, "the prompt has no tokens; give it some text") }
        guard prompt.count < size else {
            throw InferenceError(
                .promptTooLong,
                "the prompt has \(prompt.count) tokens and the context holds \(size); shorten it, or raise model.context"
            )
        }
        unsafe llama_set_abort_callback(
            handle,
            { unsafe $0.map { unsafe Unmanaged<CancelFlag>.fromOpaque($0).takeUnretainedValue().isSet } ?? false },
            Unmanaged.passUnretained(cancel).toOpaque())
        var (sequence, reused) = cache.choose(for: prompt)
        reused = rewind(sequence, to: reused)
        var position = reused
        while position < prompt.count {
            let chunk = Array(prompt[position..<min(position + Self.batchSize, prompt.count)])
            position += chunk.count
            guard try decode(chunk, into: sequence, outputs: position == prompt.count ? 1 : 0, cancel: cancel) else {
                break
            }
        }
        return (sequence, reused)
    }

    /// Drops a sequence's tokens from `count` on. A memory that cannot drop a part (recurrent, sliding window) is
    /// emptied.
    ///
    /// - Returns: how many tokens the sequence holds now.
    private mutating func rewind(_ sequence: Int, to count: Int) -> Int {
        let memory = unsafe llama_get_memory(handle)
        let id = llama_seq_id(sequence)
        if unsafe llama_memory_seq_rm(memory, id, llama_pos(count), -1) {
            cache.truncate(sequence, to: count)
        } else {
            unsafe llama_memory_seq_rm(memory, id, -1, -1)
            cache.truncate(sequence, to: 0)
        }
        return cache.count(of: sequence)
    }

    /// Computes tokens at a sequence's end.
    ///
    /// - Parameter outputs: for how many of the last tokens logits are wanted.
    /// - Returns: false when it was cancelled; the sequence is then as before.
    private mutating func decode(
        _ tokens: [Token], into sequence: Int, outputs: Int, cancel: CancelFlag
    ) throws(InferenceError) -> Bool {
        while cache.total + tokens.count > size, let oldest = cache.oldest(besides: sequence) {
            _ = rewind(oldest, to: 0)
        }
        let start = cache.count(of: sequence)
        unsafe batch.n_tokens = Int32(tokens.count)
        for (index, token) in tokens.enumerated() {
            unsafe batch.token[index] = token
            unsafe batch.pos[index] = llama_pos(start + index)
            unsafe batch.n_seq_id[index] = 1
            // `llama_batch_init` allocated one sequence id for every token.
            unsafe batch.seq_id[index]?[0] = llama_seq_id(sequence)
            unsafe batch.logits[index] = index >= tokens.count - outputs ? 1 : 0
        }
        let status = unsafe llama_decode(handle, batch)
        if status == 0 {
            cache.append(tokens, to: sequence)
            return true
        }
        _ = rewind(sequence, to: start)
        // 2 is libllama's word for "aborted by the callback" (llama.h, llama_decode).
        if status == 2 || cancel.isSet { return false }
        throw InferenceError(
            .decodeFailed,
            status == 1
                ? "the context of \(size) tokens is full; shorten the conversation, or raise model.context"
                : "libllama could not compute \(tokens.count) tokens (status \(status)); see the daemon's log")
    }
}

/// The logarithm of the sum of the exponentials, which turns a logit into a log-probability.
private func logSumExp(_ logits: UnsafeBufferPointer<Float>) -> Double {
    var largest = -Float.infinity
    for index in 0..<logits.count { largest = unsafe max(largest, logits[index]) }
    var sum: Float = 0
    for index in 0..<logits.count { sum += unsafe exp(logits[index] - largest) }
    return Double(largest) + Double(log(sum))
}
