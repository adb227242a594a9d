/// Named sets of sampling values: OpenAssistant's, as its inference server offered them
/// (LAION-AI/Open-Assistant, `inference/server/oasst_inference_server/routes/configs.py`, 2023).
public enum SamplingPreset {
    /// By name.
    public static let all: [String: Sampling] = [
        "k50": Sampling(temperature: 0.75, topK: 50, topP: 0.95, repeatPenalty: 1.2),
        "k50-Creative": Sampling(temperature: 0.85, topK: 50, topP: 0.95, repeatPenalty: 1.2),
        "k50-Precise": Sampling(temperature: 0.1, topK: 50, topP: 0.95, repeatPenalty: 1.2),
        "k50-Original": Sampling(temperature: 0.9, topK: 50, topP: 0.95, repeatPenalty: 1.2),
        "k50-Plugins": Sampling(temperature: 0.35, topK: 50, repeatPenalty: 1 / 0.9, maxTokens: 1024),
        "nucleus9": Sampling(temperature: 0.8, topP: 0.9, repeatPenalty: 1.2),
        "typical2": Sampling(temperature: 0.8, typicalP: 0.2, repeatPenalty: 1.2),
        "typical3": Sampling(temperature: 0.8, typicalP: 0.3, repeatPenalty: 1.2),
    ].mapValues { $0.filled(from: off) }

    /// What a preset does not name it has off: a configuration's topK beside it would make it another one.
    private static let off = Sampling(
        temperatureRange: 0, topK: 0, topP: 1, minP: 0, typicalP: 1, topNSigma: 0, xtcProbability: 0,
        frequencyPenalty: 0, presencePenalty: 0, dryMultiplier: 0, mirostat: 0)

    /// The names, in order.
    public static let names = all.keys.sorted()
}
