import Core

extension ConfigurationLayers {
    /// The keys of `sampling`, which are those of `sampling` on the socket.
    static let samplingKeys: Set<String> = Set(
        [
            "preset", "temperature", "temperatureRange", "temperatureExponent", "topK", "topP", "minP", "typicalP",
            "topNSigma", "xtcProbability", "xtcThreshold", "repeatPenalty", "frequencyPenalty", "presencePenalty",
            "repeatLastN", "dryMultiplier", "dryBase", "dryAllowedLength", "dryPenaltyLastN", "drySequenceBreakers",
            "mirostat", "mirostatTau", "mirostatEta", "seed", "maxTokens", "stop", "keep",
        ].map { "sampling.\($0)" })

    /// How answers are chosen where a question does not say. The ranges are those of `sampling` on the socket.
    func sampling() throws(DaemonError) -> Sampling {
        var sampling = Sampling()
        if let preset = try string("sampling.preset") {
            guard SamplingPreset.all[preset] != nil else {
                throw DaemonError(
                    .configurationInvalid,
                    "sampling.preset must be one of \(SamplingPreset.names.joined(separator: ", ")), not \"\(preset)\"")
            }
            sampling.preset = preset
        }
        let tiny = Double.leastNonzeroMagnitude
        sampling.temperature = try number("sampling.temperature", in: 0...10)
        sampling.temperatureRange = try number("sampling.temperatureRange", in: 0...10)
        sampling.temperatureExponent = try number("sampling.temperatureExponent", in: 0...10)
        sampling.topK = try integer("sampling.topK", in: 0...1_000_000)
        sampling.topP = try number("sampling.topP", in: tiny...1)
        sampling.minP = try number("sampling.minP", in: 0...0.999)
        sampling.typicalP = try number("sampling.typicalP", in: tiny...1)
        sampling.topNSigma = try number("sampling.topNSigma", in: 0...100)
        sampling.xtcProbability = try number("sampling.xtcProbability", in: 0...1)
        sampling.xtcThreshold = try number("sampling.xtcThreshold", in: 0...1)
        sampling.repeatPenalty = try number("sampling.repeatPenalty", in: 0.001...10)
        sampling.frequencyPenalty = try number("sampling.frequencyPenalty", in: -10...10)
        sampling.presencePenalty = try number("sampling.presencePenalty", in: -10...10)
        sampling.repeatLastN = try integer("sampling.repeatLastN", in: -1...1_000_000)
        sampling.dryMultiplier = try number("sampling.dryMultiplier", in: 0...100)
        sampling.dryBase = try number("sampling.dryBase", in: 1...10)
        sampling.dryAllowedLength = try integer("sampling.dryAllowedLength", in: 0...10_000)
        sampling.dryPenaltyLastN = try integer("sampling.dryPenaltyLastN", in: -1...1_000_000)
        sampling.drySequenceBreakers = try strings("sampling.drySequenceBreakers")
        sampling.mirostat = try integer("sampling.mirostat", in: 0...2)
        sampling.mirostatTau = try number("sampling.mirostatTau", in: 0...100)
        sampling.mirostatEta = try number("sampling.mirostatEta", in: 0...1)
        sampling.seed = try integer("sampling.seed", in: 0...Int(UInt32.max)).map(UInt32.init)
        sampling.maxTokens = try integer("sampling.maxTokens", in: 1...1_048_576)
        sampling.stop = try strings("sampling.stop")
        sampling.keep = try integer("sampling.keep", in: 0...1_048_576)
        return sampling
    }
}
