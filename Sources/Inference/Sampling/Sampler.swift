import CLlama
import Core
import Foundation
import Grammar

/// Chooses tokens from logits, in llama.cpp's default order: biases, penalties, DRY, top-nσ, top-k, typical, top-p,
/// min-p, XTC, temperature.
///
/// Of its own, because libllama's chain takes every step over all of the vocabulary, a record of twelve bytes a token:
/// here the logits are looked at once, and what follows works on the few that are left.
struct Sampler: ~Copyable {
    private let settings: SamplerSettings
    private let model: Model
    private let biases: [Token: Float]
    private var recent: RecentTokens?
    private var runs: RepeatedRuns?
    private var mirostat: Mirostat?
    private var random: RandomSource
    private var scratch: LogitScratch
    private var candidates = Candidates()

    /// - Parameter history: the prompt's tokens; penalties count the last of them.
    /// - Throws: `samplingInvalid`.
    init(_ sampling: Sampling, model: Model, history: [Token]) throws(InferenceError) {
        let sampling = try sampling.checked()
        let biases = try Self.biases(sampling, model: model)
        settings = SamplerSettings(sampling)
        self.model = model
        self.biases = biases
        scratch = LogitScratch()
        recent = RecentTokens(settings)
        runs = RepeatedRuns(settings)
        mirostat = Mirostat(settings)
        random = RandomSource(seed: sampling.seed ?? .random(in: 0...UInt32.max))
        let lookback = max(recent == nil ? 0 : settings.repeatLastN, runs == nil ? 0 : settings.dryPenaltyLastN)
        for token in history.suffix(lookback) { accept(token) }
    }

    /// What is added to the logits of tokens; minus infinity where one is never chosen.
    private static func biases(_ sampling: Sampling, model: Model) throws(InferenceError) -> [Token: Float] {
        var biases: [Token: Float] = [:]
        for item in sampling.logitBias ?? [] {
            var tokens: [Token] = []
            if let token = item.token {
                guard token >= 0, token < model.vocabularySize else {
                    throw InferenceError(
                        .samplingInvalid,
                        "sampling.logitBias: there is no token \(token); the model's are 0 to \(model.vocabularySize - 1)"
                    )
                }
                tokens = [Token(token)]
            } else if let text = item.text {
                tokens = model.tokens(of: text, special: true)
            }
            for token in tokens { biases[token, default: 0] += item.bias.map(Float.init) ?? -.infinity }
        }
        // What the model's file says is never to be generated.
        var count: Int32 = 0
        if let suppressed = unsafe llama_vocab_get_suppress_tokens(model.vocabulary, &count) {
            for index in 0..<Int(count) { unsafe biases[suppressed[index]] = -.infinity }
        }
        if sampling.ignoreEnd == true {
            for token in model.endTokens { biases[token] = -.infinity }
        }
        return biases
    }

    // MARK: Choosing

    /// Takes note of a token that was appended, chosen or not.
    mutating func accept(_ token: Token) {
        recent?.append(token)
        if runs != nil { runs?.append(token, bytes: model.bytes(of: token)) }
    }

    /// Chooses the next token, and takes no note of it.
    ///
    /// - Parameter mask: the tokens that may be chosen; nil is all.
    /// - Returns: nil when none may be.
    mutating func choose(_ logits: UnsafeBufferPointer<Float>, mask: TokenMask?) -> Token? {
        if let only = mask?.only { return biases[only] == -.infinity ? nil : only }
        guard let row = unsafe row(logits, mask) else { return nil }
        let highest = row.highest
        guard highest > -.infinity else { return nil }
        // Beside an infinite logit all others are nothing.
        if settings.isGreedy || highest == .infinity { return row.firstToken(with: highest) }
        let point = random.unit()
        if mirostat != nil {
            return mirostat?.choose(
                row, highest: highest, temperature: settings.temperature, from: &candidates, at: point)
        }
        return draw(row, highest: highest, at: point)
    }

    /// The logits that count, changed as biases and penalties say.
    private mutating func row(_ logits: UnsafeBufferPointer<Float>, _ mask: TokenMask?) -> LogitRow? {
        guard let base = logits.baseAddress else { return nil }
        if !biases.isEmpty || recent != nil || runs != nil {
            unsafe scratch.copy(logits)
            let values = unsafe scratch.values
            for (token, bias) in biases where values.indices.contains(Int(token)) { unsafe values[Int(token)] += bias }
            unsafe recent?.penalize(values)
            unsafe runs?.penalize(values)
            return mask.map { scratch.row($0) } ?? scratch.row()
        }
        guard let mask else { return unsafe LogitRow(base, count: logits.count) }
        if mask.count <= logits.count / 8 { return unsafe scratch.row(mask, of: logits) }
        unsafe scratch.copy(logits)
        return scratch.row(mask)
    }

    // MARK: Truncating and drawing

    private mutating func draw(_ row: LogitRow, highest: Float, at point: Double) -> Token? {
        var bar = -Float.infinity
        if settings.topNSigma > 0 {
            bar = (highest - settings.topNSigma * row.deviation(reference: highest)).nextDown
        }
        var isTopDone = settings.topP >= 1
        if settings.topK > 0, settings.topK < row.count {
            candidates.takeLikeliest(settings.topK, of: row, over: bar)
            if settings.typicalP < 1, let first = candidates.items.first {
                let sum = candidates.weigh()
                candidates.keepTypical(
                    settings.typicalP, normalizer: Double(first.logit) + log(sum), entropy: candidates.entropy(sum: sum)
                )
            }
        } else if settings.typicalP < 1 {
            takeTypical(row, over: bar, highest: highest)
        } else if settings.topP < 1 {
            takeTop(row, over: bar, highest: highest)
            isTopDone = true
        } else if settings.minP > 0 {
            candidates.takeAll(of: row, over: max(bar, (highest + Float(log(settings.minP))).nextDown))
        } else if settings.excludesTopChoices || settings.temperatureRange > 0 {
            candidates.takeAll(of: row, over: bar)
        } else {
            return row.draw(over: bar, reference: highest, scale: 1 / settings.temperature, at: point)
        }
        if !isTopDone { candidates.keepTop(settings.topP, sum: candidates.weigh()) }
        if settings.minP > 0 { candidates.keepMinimum(settings.minP) }
        if settings.excludesTopChoices, random.unit() < settings.xtcProbability {
            candidates.excludeTopChoices(settings.xtcThreshold)
        }
        let temperature = temperature()
        guard temperature >= SamplerSettings.lowestTemperature else { return candidates.items.first?.token }
        let sum = candidates.weigh(scale: 1 / temperature)
        return candidates.draw(sum: sum, at: point)?.token
    }

    /// The temperature for what is left, which moves with its entropy where a range is given (Zhu and others, arXiv
    /// 2309.02772, as llama.cpp has it).
    private mutating func temperature() -> Float {
        let range = settings.temperatureRange
        guard range > 0, candidates.count > 1 else { return settings.temperature }
        let sum = candidates.weigh()
        let flatness = candidates.entropy(sum: sum) / log(Double(candidates.count))
        let (lowest, highest) = (max(0, settings.temperature - range), settings.temperature + range)
        return lowest + (highest - lowest) * Float(pow(flatness, settings.temperatureExponent))
    }

    /// Takes the likeliest that together reach `topP`, without sorting a whole vocabulary: those within a distance of
    /// the highest, which grows until they are enough.
    private mutating func takeTop(_ row: LogitRow, over bar: Float, highest: Float) {
        let whole = row.weight(over: bar, reference: highest, scale: 1)
        var distance: Float = 1
        while distance < Self.farthest,
            row.weight(over: max(bar, highest - distance), reference: highest, scale: 1) < settings.topP * whole
        {
            distance *= 1.5
        }
        candidates.takeAll(of: row, over: max(bar, highest - distance))
        candidates.weigh()
        candidates.keepTop(settings.topP, sum: whole)
    }

    /// The same for those whose surprise is nearest to the entropy.
    private mutating func takeTypical(_ row: LogitRow, over bar: Float, highest: Float) {
        let (whole, weighted) = row.weightAndExponents(over: bar, reference: highest)
        let normalizer = Double(highest) + log(whole)
        let entropy = log(whole) - weighted / whole
        let center = Float(normalizer - entropy)
        var distance: Float = 0.5
        while true {
            candidates.takeAll(of: row, over: max(bar, center - distance), upTo: center + distance)
            let reached = candidates.items.reduce(0) { $0 + exp(Double($1.logit) - normalizer) }
            if distance > Self.farthest || reached > settings.typicalP { break }
            distance *= 2
        }
        candidates.keepTypical(settings.typicalP, normalizer: normalizer, entropy: entropy)
    }

    /// Past this distance e^-x is 0 in single precision.
    private static let farthest: Float = 128
}
