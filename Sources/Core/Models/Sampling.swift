/// How tokens are chosen, and how many. Names, defaults and what each does are llama.cpp's
/// (`common/common.h`, `common_params_sampling`), except that all is off where nothing is said: docs/sampling.md.
public struct Sampling: Sendable, Hashable {
    /// A named set of values for what is left out here; see `SamplingPreset`.
    public var preset: String?
    /// Flattens (over 1) or sharpens (under 1) the distribution; 0, as where missing, always takes the likeliest token.
    public var temperature: Double?
    /// How far the temperature moves with the distribution's entropy (dynamic temperature: Nakanishi and others, arXiv
    /// 2309.02772); 0 is not at all.
    public var temperatureRange: Double?
    /// The exponent of that movement; 1 where missing.
    public var temperatureExponent: Double?
    /// Keeps the k likeliest tokens (arXiv 1904.09751); 0 keeps all.
    public var topK: Int?
    /// Keeps the likeliest tokens that together reach this probability (arXiv 1904.09751); 1 keeps all.
    public var topP: Double?
    /// Keeps tokens at least this fraction as likely as the likeliest; 0 keeps all.
    public var minP: Double?
    /// Keeps the tokens whose surprise is nearest to what is expected, up to this probability (locally typical sampling,
    /// arXiv 2202.00666); 1 keeps all.
    public var typicalP: Double?
    /// Keeps tokens whose logit is within n standard deviations of the highest (arXiv 2411.07641); 0 keeps all.
    public var topNSigma: Double?
    /// How often the likeliest of several likely tokens are left out (XTC); 0 is never.
    public var xtcProbability: Double?
    /// What counts as likely there; 0.1 where missing, over 0.5 nothing does.
    public var xtcThreshold: Double?
    /// Divides the logits of recent tokens, multiplies those under 0; 1 is none.
    public var repeatPenalty: Double?
    /// Lowers a recent token's logit by this for each time it occurs; 0 is none.
    public var frequencyPenalty: Double?
    /// Lowers a recent token's logit by this once; 0 is none.
    public var presencePenalty: Double?
    /// How many tokens are recent; 64 where missing, -1 is all of the context.
    public var repeatLastN: Int?
    /// How strongly the continuation of a repeated run is penalised (DRY); 0 is not at all.
    public var dryMultiplier: Double?
    /// The base by which that grows with the run's length; 1.75 where missing.
    public var dryBase: Double?
    /// Runs up to this length are not penalised; 2 where missing.
    public var dryAllowedLength: Int?
    /// How many of the last tokens are searched for repeated runs; 64 where missing, -1 is all.
    public var dryPenaltyLastN: Int?
    /// Texts that end a run; a line's end, a colon, a quote and an asterisk where missing.
    public var drySequenceBreakers: [String]?
    /// 1 or 2: keeps the text's surprise near a target (arXiv 2007.14966) in place of the truncations above; 0 is off.
    public var mirostat: Int?
    /// The target, in bits a token; 5 where missing.
    public var mirostatTau: Double?
    /// How fast it is approached; 0.1 where missing.
    public var mirostatEta: Double?
    /// Makes tokens likelier or less likely.
    public var logitBias: [LogitBias]?
    /// The same seed, prompt and options give the same text, up to how the machine rounds (see docs/sampling.md); nil draws
    /// one.
    public var seed: UInt32?
    /// The most tokens to generate.
    public var maxTokens: Int?
    /// Texts that end the answer and are not part of it.
    public var stop: [String]?
    /// Whether the model may not end the text before `maxTokens`; for measuring.
    public var ignoreEnd: Bool?
    /// How many tokens of the beginning stay when a conversation has outgrown the context; what stands before its first
    /// turn stays in any case.
    public var keep: Int?
    /// How many texts to generate from one prompt, 1 to 8; the prompt is read once.
    public var choices: Int?
    /// Reports each token's log-probability, and so many of the likeliest beside it, 0 to 20.
    public var logProbabilities: Int?

    public init(
        preset: String? = nil, temperature: Double? = nil, temperatureRange: Double? = nil,
        temperatureExponent: Double? = nil, topK: Int? = nil, topP: Double? = nil, minP: Double? = nil,
        typicalP: Double? = nil, topNSigma: Double? = nil, xtcProbability: Double? = nil,
        xtcThreshold: Double? = nil, repeatPenalty: Double? = nil, frequencyPenalty: Double? = nil,
        presencePenalty: Double? = nil, repeatLastN: Int? = nil, dryMultiplier: Double? = nil,
        dryBase: Double? = nil, dryAllowedLength: Int? = nil, dryPenaltyLastN: Int? = nil,
        drySequenceBreakers: [String]? = nil, mirostat: Int? = nil, mirostatTau: Double? = nil,
        mirostatEta: Double? = nil, logitBias: [LogitBias]? = nil, seed: UInt32? = nil, maxTokens: Int? = nil,
        stop: [String]? = nil, ignoreEnd: Bool? = nil, keep: Int? = nil, choices: Int? = nil,
        logProbabilities: Int? = nil
    ) {
        self.preset = preset
        self.temperature = temperature
        self.temperatureRange = temperatureRange
        self.temperatureExponent = temperatureExponent
        self.topK = topK
        self.topP = topP
        self.minP = minP
        self.typicalP = typicalP
        self.topNSigma = topNSigma
        self.xtcProbability = xtcProbability
        self.xtcThreshold = xtcThreshold
        self.repeatPenalty = repeatPenalty
        self.frequencyPenalty = frequencyPenalty
        self.presencePenalty = presencePenalty
        self.repeatLastN = repeatLastN
        self.dryMultiplier = dryMultiplier
        self.dryBase = dryBase
        self.dryAllowedLength = dryAllowedLength
        self.dryPenaltyLastN = dryPenaltyLastN
        self.drySequenceBreakers = drySequenceBreakers
        self.mirostat = mirostat
        self.mirostatTau = mirostatTau
        self.mirostatEta = mirostatEta
        self.logitBias = logitBias
        self.seed = seed
        self.maxTokens = maxTokens
        self.stop = stop
        self.ignoreEnd = ignoreEnd
        self.keep = keep
        self.choices = choices
        self.logProbabilities = logProbabilities
    }

    /// These values, their preset's where they say nothing, and another's where neither does.
    public func filled(from other: Sampling) -> Sampling {
        var filled = self
        if let preset, let named = SamplingPreset.all[preset] {
            filled.preset = nil
            filled = filled.filled(from: named)
            filled.preset = preset
        }
        filled.preset = filled.preset ?? other.preset
        filled.temperature = filled.temperature ?? other.temperature
        filled.temperatureRange = filled.temperatureRange ?? other.temperatureRange
        filled.temperatureExponent = filled.temperatureExponent ?? other.temperatureExponent
        filled.topK = filled.topK ?? other.topK
        filled.topP = filled.topP ?? other.topP
        filled.minP = filled.minP ?? other.minP
        filled.typicalP = filled.typicalP ?? other.typicalP
        filled.topNSigma = filled.topNSigma ?? other.topNSigma
        filled.xtcProbability = filled.xtcProbability ?? other.xtcProbability
        filled.xtcThreshold = filled.xtcThreshold ?? other.xtcThreshold
        filled.repeatPenalty = filled.repeatPenalty ?? other.repeatPenalty
        filled.frequencyPenalty = filled.frequencyPenalty ?? other.frequencyPenalty
        filled.presencePenalty = filled.presencePenalty ?? other.presencePenalty
        filled.repeatLastN = filled.repeatLastN ?? other.repeatLastN
        filled.dryMultiplier = filled.dryMultiplier ?? other.dryMultiplier
        filled.dryBase = filled.dryBase ?? other.dryBase
        filled.dryAllowedLength = filled.dryAllowedLength ?? other.dryAllowedLength
        filled.dryPenaltyLastN = filled.dryPenaltyLastN ?? other.dryPenaltyLastN
        filled.drySequenceBreakers = filled.drySequenceBreakers ?? other.drySequenceBreakers
        filled.mirostat = filled.mirostat ?? other.mirostat
        filled.mirostatTau = filled.mirostatTau ?? other.mirostatTau
        filled.mirostatEta = filled.mirostatEta ?? other.mirostatEta
        filled.logitBias = filled.logitBias ?? other.logitBias
        filled.seed = filled.seed ?? other.seed
        filled.maxTokens = filled.maxTokens ?? other.maxTokens
        filled.stop = filled.stop ?? other.stop
        filled.ignoreEnd = filled.ignoreEnd ?? other.ignoreEnd
        filled.keep = filled.keep ?? other.keep
        filled.choices = filled.choices ?? other.choices
        filled.logProbabilities = filled.logProbabilities ?? other.logProbabilities
        return filled
    }
}
