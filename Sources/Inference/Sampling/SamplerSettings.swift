import Core

/// `Sampling` with its defaults in place: llama.cpp's (`common_params_sampling`), except that what truncates is off where
/// nothing is said, and the likeliest token is taken.
struct SamplerSettings {
    let temperature: Float
    let temperatureRange: Float
    let temperatureExponent: Double
    /// 0 keeps all.
    let topK: Int
    let topP: Double
    let minP: Double
    let typicalP: Double
    let topNSigma: Float
    let xtcProbability: Double
    let xtcThreshold: Double
    let repeatPenalty: Float
    let frequencyPenalty: Float
    let presencePenalty: Float
    let repeatLastN: Int
    let dryMultiplier: Double
    let dryBase: Double
    let dryAllowedLength: Int
    let dryPenaltyLastN: Int
    let drySequenceBreakers: [String]
    let mirostat: Int
    let mirostatTau: Double
    let mirostatEta: Double

    init(_ sampling: Sampling) {
        let temperature = Float(sampling.temperature ?? 0)
        self.temperature = temperature < Self.lowestTemperature ? 0 : temperature
        temperatureRange = Float(sampling.temperatureRange ?? 0)
        temperatureExponent = sampling.temperatureExponent ?? 1
        topK = sampling.topK ?? 0
        topP = sampling.topP ?? 1
        minP = sampling.minP ?? 0
        typicalP = sampling.typicalP ?? 1
        topNSigma = Float(sampling.topNSigma ?? 0)
        xtcProbability = sampling.xtcProbability ?? 0
        xtcThreshold = sampling.xtcThreshold ?? 0.1
        repeatPenalty = Float(sampling.repeatPenalty ?? 1)
        frequencyPenalty = Float(sampling.frequencyPenalty ?? 0)
        presencePenalty = Float(sampling.presencePenalty ?? 0)
        repeatLastN = Self.window(sampling.repeatLastN)
        dryMultiplier = sampling.dryMultiplier ?? 0
        dryBase = sampling.dryBase ?? 1.75
        dryAllowedLength = sampling.dryAllowedLength ?? 2
        dryPenaltyLastN = Self.window(sampling.dryPenaltyLastN)
        drySequenceBreakers = sampling.drySequenceBreakers ?? ["\n", ":", "\"", "*"]
        mirostat = sampling.mirostat ?? 0
        mirostatTau = sampling.mirostatTau ?? 5
        mirostatEta = sampling.mirostatEta ?? 0.1
    }

    private static func window(_ count: Int?) -> Int {
        let count = count ?? 64
        return count < 0 ? longestWindow : count
    }

    /// All of a text: more tokens than any context holds, and twice of it is still a number.
    private static let longestWindow = 1 << 40

    /// Below it, dividing by a temperature overflows; two tokens a thousandth of a logit apart are as good as decided.
    static let lowestTemperature: Float = 1e-4

    /// Whether the likeliest token is always taken.
    var isGreedy: Bool { temperature == 0 && (temperatureRange == 0 || mirostat != 0) }
    var excludesTopChoices: Bool { xtcProbability > 0 && xtcThreshold <= 0.5 }
}
