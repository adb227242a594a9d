import Core
import Foundation
import Testing

struct SamplingTests {
    /// A value in every place.
    static let full = Sampling(
        preset: "k50", temperature: 0.5, temperatureRange: 0.1, temperatureExponent: 2, topK: 30, topP: 0.18,
        minP: 0.02,
        typicalP: 0.9, topNSigma: 2, xtcProbability: 0.3, xtcThreshold: 0.2, repeatPenalty: 1.3, frequencyPenalty: 0.4,
        presencePenalty: 0.6, repeatLastN: 20, dryMultiplier: 0.8, dryBase: 1.5, dryAllowedLength: 3,
        dryPenaltyLastN: 50,
        drySequenceBreakers: ["."], mirostat: 2, mirostatTau: 4, mirostatEta: 0.2,
        logitBias: [LogitBias(token: 3, bias: 1.5), LogitBias(text: "no", bias: nil)], seed: 4, maxTokens: 9,
        stop: ["x"], ignoreEnd: true, keep: 512, choices: 2, logProbabilities: 5)

    @Test func `what a request leaves out is filled from another, value by value, and what it says stays`() {
        #expect(Sampling().filled(from: Self.full) == Self.full)
        #expect(Self.full.filled(from: Sampling(temperature: 9, topK: 1, seed: 1, stop: [])) == Self.full)
        let mixed = Sampling(topK: 7).filled(from: Sampling(temperature: 0.3, topK: 1))
        #expect(mixed == Sampling(temperature: 0.3, topK: 7))
    }

    @Test(arguments: [
        ("k50", 0.75, 50, 0.95, 1.0, 1.2), ("k50-Creative", 0.85, 50, 0.95, 1, 1.2),
        ("k50-Precise", 0.1, 50, 0.95, 1, 1.2), ("k50-Original", 0.9, 50, 0.95, 1, 1.2),
        ("k50-Plugins", 0.35, 50, 1, 1, 1.1111), ("nucleus9", 0.8, 0, 0.9, 1, 1.2),
        ("typical2", 0.8, 0, 1, 0.2, 1.2), ("typical3", 0.8, 0, 1, 0.3, 1.2),
    ])
    func `OpenAssistant's presets have its values`(
        _ name: String, temperature: Double, topK: Int, topP: Double, typicalP: Double, repeatPenalty: Double
    ) throws {
        let preset = try #require(SamplingPreset.all[name])
        #expect(preset.temperature == temperature)
        #expect(preset.topK == topK && preset.topP == topP && preset.typicalP == typicalP && preset.minP == 0)
        #expect(abs((preset.repeatPenalty ?? 0) - repeatPenalty) < 0.001)
        #expect(SamplingPreset.names.contains(name) && SamplingPreset.names.count == 8)
    }

    @Test func `a preset comes before what is configured, and after what the request says itself`() {
        let configured = Sampling(temperature: 0.2, topK: 40, minP: 0.05, mirostat: 2, maxTokens: 512)
        let sampling = Sampling(preset: "nucleus9", temperature: 0.4).filled(from: configured)
        #expect(sampling.temperature == 0.4)
        #expect(sampling.topK == 0 && sampling.topP == 0.9 && sampling.minP == 0 && sampling.mirostat == 0)
        #expect(sampling.maxTokens == 512)
        // One that does not exist stays, so that whoever checks can say so.
        #expect(Sampling(preset: "k51").filled(from: configured).preset == "k51")
    }
}
