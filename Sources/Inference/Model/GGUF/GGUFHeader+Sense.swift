extension GGUFHeader {
    /// Checks that what a header says of the model and its vocabulary can be: libllama divides by some of it, and allocates
    /// by some.
    ///
    /// - Throws: `invalid`, with the key.
    func checkSense() throws(GGUFProblem) {
        guard case .text(let architecture)? = values["general.architecture"] else {
            throw .invalid("general.architecture is missing, or no text")
        }
        guard (1...64).contains(architecture.utf8.count),
            architecture.utf8.allSatisfy({ $0 > 32 && $0 < 127 })
        else { throw .invalid("general.architecture is no name") }
        try checkHyperparameters(architecture + ".")
        try checkReals(architecture + ".")
        try checkVocabulary(embedding: tensors.first { $0.name == "token_embd.weight" })
    }

    // MARK: Hyperparameters

    private func checkHyperparameters(_ prefix: String) throws(GGUFProblem) {
        try check(prefix + "context_length", in: 1...1 << 27)
        try check(prefix + "vocab_size", in: 1...1 << 24)
        try check(prefix + "feed_forward_length", in: 0...1 << 24)
        try check(prefix + "expert_count", in: 0...4096)
        try check(prefix + "expert_used_count", in: 0...(integer(prefix + "expert_count") ?? 4096))
        let embedding = try check(prefix + "embedding_length", in: 1...1 << 20)
        let blocks = try check(prefix + "block_count", in: 1...4096)
        let isRecurrent = values.keys.contains { $0.hasPrefix(prefix + "ssm.") || $0.hasPrefix(prefix + "wkv.") }
        let heads = try check(prefix + "attention.head_count", in: (isRecurrent ? 0 : 1)...65_536)
        let keyHeads = try check(prefix + "attention.head_count_kv", in: (isRecurrent ? 0 : 1)...65_536)
        let keyLength = try check(prefix + "attention.key_length", in: 1...65_536)
        try check(prefix + "attention.value_length", in: 1...65_536)
        if let embedding, let heads, heads > 0 {
            guard keyLength != nil || embedding % heads == 0 else {
                throw .invalid(
                    "\(prefix)embedding_length (\(embedding)) is no multiple of attention.head_count (\(heads))")
            }
            if let keyHeads, keyHeads > 0, heads % keyHeads != 0 {
                throw .invalid("\(prefix)attention.head_count (\(heads)) is no multiple of head_count_kv (\(keyHeads))")
            }
            try check(prefix + "rope.dimension_count", in: 0...(keyLength ?? embedding / heads))
        }
        if let embedding, let table = tensors.first(where: { $0.name == "token_embd.weight" }),
            table.dimensions[0] != embedding
        {
            throw .invalid(
                "\(prefix)embedding_length is \(embedding), and token_embd.weight has rows of \(table.dimensions[0])")
        }
        // "blk.29.attn_q.weight" is of the thirtieth block.
        let last = tensors.lazy.filter { $0.name.hasPrefix("blk.") }
            .compactMap { $0.name.dropFirst(4).split(separator: ".").first.flatMap { Int($0) } }.max()
        // Of a model in several files each holds a part.
        if let blocks, let last, integer("split.count") ?? 1 <= 1 {
            // Those that only predict further tokens may be left out of a file.
            let optional = integer(prefix + "nextn_predict_layers") ?? 0
            guard last >= 0, last < blocks, blocks - last - 1 <= max(0, optional) else {
                throw .invalid("\(prefix)block_count is \(blocks), and the file has tensors of \(last + 1) blocks")
            }
        }
    }

    /// - Returns: the number; nil where there is none, or one for each layer.
    @discardableResult
    private func check(_ key: String, in range: ClosedRange<Int>) throws(GGUFProblem) -> Int? {
        switch values[key] {
        case nil: return nil
        case .array(let array):
            guard case .integers(let span) = array.elements, array.count <= 4096, span.lowerBound >= 0,
                span.upperBound <= range.upperBound
            else { throw .invalid("\(key) has numbers beyond \(range.upperBound), or none") }
            return nil
        default:
            guard let number = integer(key), range.contains(number) else {
                throw .invalid("\(key) must be from \(range.lowerBound) to \(range.upperBound)")
            }
            return number
        }
    }

    private func integer(_ key: String) -> Int? {
        switch values[key] {
        case .integer(let number): number
        case .unsigned(let number): Int(exactly: number)
        default: nil
        }
    }

    private func checkReals(_ prefix: String) throws(GGUFProblem) {
        for (key, value) in values where key.hasPrefix(prefix) {
            guard case .real(let number) = value else { continue }
            guard number.isFinite, abs(number) < 1e30 else { throw .invalid("\(key) is no finite number") }
            if key.hasSuffix("epsilon"), !(number > 0 && number < 1) {
                throw .invalid("\(key) must be between 0 and 1, and is \(number)")
            }
            if key.contains(".rope.freq_base"), number <= 0 {
                throw .invalid("\(key) must be above 0, and is \(number)")
            }
        }
    }

    // MARK: The vocabulary

    private func checkVocabulary(embedding: Tensor?) throws(GGUFProblem) {
        let group = "tokenizer.ggml."
        guard let tokens = values[group + "tokens"] else { return }
        guard case .array(let tokens) = tokens, case .texts = tokens.elements, tokens.count > 0 else {
            throw .invalid("\(group)tokens must be a list of texts")
        }
        if let embedding, embedding.dimensions.count < 2 || embedding.dimensions[1] != tokens.count {
            throw .invalid(
                "\(group)tokens has \(tokens.count) tokens, and token_embd.weight has rows for "
                    + "\(embedding.dimensions.dropFirst().first ?? 1)")
        }
        if let types = values[group + "token_type"] {
            guard case .array(let types) = types, case .integers(let span) = types.elements,
                types.count == tokens.count, span.lowerBound >= 0, span.upperBound <= 6
            else {
                throw .invalid(
                    "\(group)token_type must be a list of a type (0 to 6) for each of \(tokens.count) tokens")
            }
        }
        if let scores = values[group + "scores"] {
            guard case .array(let scores) = scores, case .reals(true) = scores.elements, scores.count == tokens.count
            else { throw .invalid("\(group)scores must be a list of a number for each of \(tokens.count) tokens") }
        }
        if let merges = values[group + "merges"] {
            guard case .array(let merges) = merges, case .texts = merges.elements else {
                throw .invalid("\(group)merges must be a list of texts")
            }
        }
        for key in values.keys.sorted() where key.hasPrefix(group) && key.hasSuffix("_token_id") {
            // Some files say so that there is none.
            guard let id = integer(key), id == -1 || id == 0xffff_ffff || (0..<tokens.count).contains(id) else {
                throw .invalid("\(key) is the number of no token; there are \(tokens.count)")
            }
        }
    }
}
