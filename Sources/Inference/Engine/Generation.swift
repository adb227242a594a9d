import Core
import Grammar

/// One text that is being generated: what was chosen, what may come next, and how it is told. Owned by the engine's
/// thread; knows nothing of the cache.
final class Generation {
    enum Outcome {
        /// These tokens follow; the last of them was not computed yet.
        case more([Token])
        case finished(FinishReason)
        /// Nothing may come next, and the text is not whole.
        case failed(InferenceError)
    }

    private let sampling: Sampling
    private let model: Model
    private let emit: (GenerationEvent) -> Void
    private var sampler: Sampler
    private var matcher: Matcher?
    private var text: TextDecoder
    private var lookup = PromptLookup()
    /// The most tokens to generate.
    private let limit: Int
    var usage: Usage

    /// - Throws: `samplingInvalid`.
    init(
        _ request: GenerationRequest, model: Model, automaton: TokenAutomaton?, prompt: [Token],
        emit: @escaping (GenerationEvent) -> Void
    ) throws(InferenceError) {
        sampling = request.sampling
        self.model = model
        self.emit = emit
        sampler = try Sampler(request.sampling, model: model, history: prompt)
        matcher = automaton.map(Matcher.init)
        text = TextDecoder(stops: request.sampling.stop ?? [], keepsStop: request.keepsStop)
        limit = request.sampling.maxTokens ?? Self.defaultMaxTokens
        usage = Usage(promptTokens: prompt.count)
    }

    static let defaultMaxTokens = 1024

    /// The most tokens it may still grow by.
    var remaining: Int { limit - usage.completionTokens }

    /// Guesses at what follows the tokens so far, at most `limit`.
    func draft(after tokens: [Token], limit: Int, cost: DraftCost) -> [Token] {
        Array(lookup.draft(after: tokens, limit: min(limit, remaining - 1), cost: cost))
    }

    /// What the grammar begins every text with, to be read with the prompt.
    func opening() -> Outcome {
        var tokens: [Token] = []
        var bytes: [UInt8] = []
        let isComplete = force(after: &tokens, &bytes)
        return tell(tokens, bytes, isComplete: isComplete)
    }

    /// Chooses the next token and takes note of it.
    ///
    /// - Returns: nothing more than the chosen token, or it and what must follow it.
    func advance(_ logits: UnsafeBufferPointer<Float>) -> Outcome {
        let mask = matcher?.mask()
        guard let token = unsafe sampler.choose(logits, mask: mask) else {
            // A grammar that allows nothing more is at its end.
            if matcher?.mayEnd == true { return .finished(.stop) }
            return .failed(matcher?.isExhausted == true ? Self.grammarExhausted : Self.nothingLeft)
        }
        if model.isEndOfGeneration(token) { return .finished(.stop) }
        if let count = sampling.logProbabilities {
            emit(
                .logProbabilities(
                    unsafe Sampler.logProbabilities(logits, mask: mask, of: token, alternatives: count, model: model)))
        }
        return append(token)
    }

    private static var grammarExhausted: InferenceError {
        InferenceError(
            .grammarInvalid,
            "the text can be read in too many ways under its schema or grammar; make its alternatives begin differently"
        )
    }

    private static var nothingLeft: InferenceError {
        InferenceError(
            .samplingInvalid,
            "no token is left to choose; sampling.logitBias or ignoreEnd rule out all that may come next")
    }

    private func append(_ token: Token) -> Outcome {
        var tokens = [token]
        var bytes = model.bytes(of: token)
        var isComplete = false
        if matcher != nil {
            _ = matcher?.accept(token)
            isComplete = force(after: &tokens, &bytes)
        }
        return tell(tokens, bytes, isComplete: isComplete)
    }

    private func tell(_ tokens: [Token], _ bytes: [UInt8], isComplete: Bool) -> Outcome {
        for token in tokens { sampler.accept(token) }
        usage.completionTokens += tokens.count
        let piece = text.append(bytes)
        if !piece.isEmpty { emit(.text(piece)) }
        if text.isStopped || isComplete { return .finished(.stop) }
        return remaining > 0 ? .more(tokens) : .finished(.length)
    }

    /// Appends what the grammar leaves no choice about. The token before is taken apart again where the model would have
    /// written both as other tokens, and the last token is left to be chosen, since it may begin what comes freely.
    ///
    /// - Returns: whether nothing may follow.
    private func force(after tokens: inout [Token], _ bytes: inout [UInt8]) -> Bool {
        guard var end = matcher else { return false }
        if end.isComplete { return true }
        let forced = end.forcedBytes(limit: Self.mostForcedBytes)
        guard !forced.isEmpty, end.accept(bytes: forced) else { return false }
        let whole = bytes + forced
        let written = model.tokens(ofBytes: whole)
        if end.isComplete, written?.count ?? 0 <= remaining {
            // Nothing is left to choose, so nothing is left to compute.
            tokens = written ?? tokens
            bytes = whole
            matcher = end
            return true
        }
        guard let written else { return false }
        let kept = Array(written.dropLast()).prefix(remaining)
        let keptBytes = kept.flatMap(model.bytes(of:))
        // The tokens must say more than what was chosen.
        guard keptBytes.count > bytes.count, matcher?.accept(bytes: keptBytes[bytes.count...]) == true else {
            return false
        }
        tokens = Array(kept)
        bytes = keptBytes
        return false
    }

    private static let mostForcedBytes = 512

    func tell(_ event: GenerationEvent) { emit(event) }

    /// Ends the text.
    func finish(_ reason: FinishReason) {
        let rest = text.finish()
        if !rest.isEmpty { emit(.text(rest)) }
        emit(.finished(reason: reason, usage: usage))
    }
}
