import CLlama
import Core

/// Chooses the next token from logits: libllama's sampler chain, and its GBNF grammar where one is given. `@safe`:
/// both samplers are made in `init`, freed in `deinit`, and leave neither.
@safe struct Sampler: ~Copyable {
    private let chain: UnsafeMutablePointer<llama_sampler>
    private let grammar: UnsafeMutablePointer<llama_sampler>?
    private var candidates: [llama_token_data]

    /// - Parameters:
    ///   - history: the prompt's tokens; the repeat penalty counts the last of them.
    /// - Throws: `samplingInvalid`, `grammarInvalid`.
    init(_ sampling: Sampling, grammar text: String?, model: Model, history: [Token]) throws(InferenceError) {
        try Self.check(sampling)
        var compiled: UnsafeMutablePointer<llama_sampler>?
        if let text {
            let (made, lines) = unsafe LlamaLog.collecting {
                unsafe llama_sampler_init_grammar(model.vocabulary, text, "root")
            }
            guard let made = unsafe made else {
                throw InferenceError(
                    .grammarInvalid,
                    "the grammar is not valid GBNF: \(lines.first ?? "it has no rule named root, or recurses on its left")"
                )
            }
            unsafe compiled = made
        }
        unsafe grammar = compiled
        unsafe chain = llama_sampler_chain_init(llama_sampler_chain_default_params())
        candidates = []
        candidates.reserveCapacity(model.vocabularySize)

        let penalty = sampling.repeatPenalty ?? 1
        if penalty != 1 {
            unsafe llama_sampler_chain_add(
                chain,
                llama_sampler_init_penalties(
                    Int32(model.vocabularySize), Self.penaltyWindow, Float(penalty), 0, 0))
        }
        let temperature = sampling.temperature ?? 0
        if temperature <= 0 {
            unsafe llama_sampler_chain_add(chain, llama_sampler_init_greedy())
        } else {
            if let k = sampling.topK, k > 0 {
                unsafe llama_sampler_chain_add(chain, llama_sampler_init_top_k(Int32(k)))
            }
            if let p = sampling.topP, p < 1 {
                unsafe llama_sampler_chain_add(chain, llama_sampler_init_top_p(Float(p), 1))
            }
            if let p = sampling.minP, p > 0 {
                unsafe llama_sampler_chain_add(chain, llama_sampler_init_min_p(Float(p), 1))
            }
            unsafe llama_sampler_chain_add(chain, llama_sampler_init_temp(Float(temperature)))
            let seed = sampling.seed ?? UInt32.random(in: 0..<UInt32.max)
            unsafe llama_sampler_chain_add(chain, llama_sampler_init_dist(seed))
        }
        for token in history.suffix(Int(Self.penaltyWindow)) {
            unsafe llama_sampler_accept(chain, token)
        }
    }

    deinit {
        unsafe llama_sampler_free(chain)
        if let grammar = unsafe grammar { unsafe llama_sampler_free(grammar) }
    }

    /// How many recent tokens the repeat penalty looks at, as llama.cpp's default.
    private static let penaltyWindow: Int32 = 64

    private static func check(_ sampling: Sampling) throws(InferenceError) {
        func require(_ holds: Bool, _ what: String) throws(InferenceError) {
            if !holds { throw InferenceError(.samplingInvalid, "sampling.\(what)") }
        }
        if let t = sampling.temperature {
            try require(t.isFinite && t >= 0 && t <= 10, "temperature must be from 0 to 10, not \(t)")
        }
        if let k = sampling.topK { try require(k >= 0 && k <= 1_000_000, "topK must be from 0 to 1000000, not \(k)") }
        if let p = sampling.topP { try require(p > 0 && p <= 1, "topP must be over 0 and at most 1, not \(p)") }
        if let p = sampling.minP { try require(p >= 0 && p < 1, "minP must be from 0 to under 1, not \(p)") }
        if let r = sampling.repeatPenalty {
            try require(r > 0 && r <= 10, "repeatPenalty must be over 0 and at most 10, not \(r)")
        }
        if let n = sampling.maxTokens { try require(n > 0, "maxTokens must be over 0, not \(n)") }
        if let stops = sampling.stop { try require(stops.count <= 16, "stop may hold 16 texts, not \(stops.count)") }
    }

    /// Chooses a token, and takes note of it. A grammar's own sampler ends the process when it is given a token it does
    /// not allow, so the token is asked for first, and the whole vocabulary is filtered only when it is refused (a
    /// full filter costs milliseconds).
    ///
    /// - Returns: nil when the grammar allows no token at all.
    mutating func next(_ logits: UnsafeBufferPointer<Float>, isEnd: (Token) -> Bool) -> Token? {
        var token = unsafe choose(logits, filtered: false)
        if unsafe grammar != nil, let first = token, !allows(first) {
            token = unsafe choose(logits, filtered: true)
        }
        guard let token else { return nil }
        unsafe llama_sampler_accept(chain, token)
        // An end that the grammar allows needs no accepting: nothing follows it.
        if let grammar = unsafe grammar, !isEnd(token) { unsafe llama_sampler_accept(grammar, token) }
        return token
    }

    private func allows(_ token: Token) -> Bool {
        guard let grammar = unsafe grammar else { return true }
        var one = llama_token_data(id: token, logit: 1, p: 0)
        return unsafe withUnsafeMutablePointer(to: &one) { pointer in
            var array = unsafe llama_token_data_array(data: pointer, size: 1, selected: -1, sorted: false)
            unsafe llama_sampler_apply(grammar, &array)
            return unsafe pointer.pointee.logit != -Float.infinity
        }
    }

    private mutating func choose(_ logits: UnsafeBufferPointer<Float>, filtered: Bool) -> Token? {
        candidates.removeAll(keepingCapacity: true)
        for id in 0..<logits.count {
            unsafe candidates.append(llama_token_data(id: Token(id), logit: logits[id], p: 0))
        }
        let chain = unsafe chain
        let grammar = unsafe filtered ? grammar : nil
        return unsafe candidates.withUnsafeMutableBufferPointer { buffer in
            var array = unsafe llama_token_data_array(
                data: buffer.baseAddress, size: buffer.count, selected: -1, sorted: false)
            if let grammar = unsafe grammar {
                unsafe llama_sampler_apply(grammar, &array)
                // What is refused must be gone before a sampler turns logits into probabilities: all of them refused
                // would otherwise still give a token.
                var kept = 0
                for index in 0..<(unsafe array.size) where unsafe array.data[index].logit != -Float.infinity {
                    unsafe array.data[kept] = array.data[index]
                    kept += 1
                }
                guard kept > 0 else { return nil }
                unsafe array.size = kept
            }
            unsafe llama_sampler_apply(chain, &array)
            guard unsafe array.selected >= 0 else { return nil }
            return unsafe array.data[Int(array.selected)].id
        }
    }
}
