import Core
import SquireProtocol

extension Sampling {
    init(_ sampling: WireSampling) {
        self.init(
            preset: sampling.preset, temperature: sampling.temperature, temperatureRange: sampling.temperatureRange,
            temperatureExponent: sampling.temperatureExponent, topK: sampling.topK, topP: sampling.topP,
            minP: sampling.minP, typicalP: sampling.typicalP, topNSigma: sampling.topNSigma,
            xtcProbability: sampling.xtcProbability, xtcThreshold: sampling.xtcThreshold,
            repeatPenalty: sampling.repeatPenalty, frequencyPenalty: sampling.frequencyPenalty,
            presencePenalty: sampling.presencePenalty, repeatLastN: sampling.repeatLastN,
            dryMultiplier: sampling.dryMultiplier, dryBase: sampling.dryBase,
            dryAllowedLength: sampling.dryAllowedLength, dryPenaltyLastN: sampling.dryPenaltyLastN,
            drySequenceBreakers: sampling.drySequenceBreakers, mirostat: sampling.mirostat,
            mirostatTau: sampling.mirostatTau, mirostatEta: sampling.mirostatEta,
            logitBias: sampling.logitBias?.map(LogitBias.init), seed: sampling.seed, maxTokens: sampling.maxTokens,
            stop: sampling.stop, ignoreEnd: sampling.ignoreEnd, keep: sampling.keep, choices: sampling.choices,
            logProbabilities: sampling.logProbabilities)
    }
}

extension LogitBias {
    fileprivate init(_ bias: WireLogitBias) {
        if let token = bias.token {
            self.init(token: token, bias: bias.bias)
        } else {
            self.init(text: bias.text ?? "", bias: bias.bias)
        }
    }
}
