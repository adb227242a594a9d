import Core

extension Sampling {
    /// The values with those of the preset where they say nothing, all within their ranges.
    ///
    /// - Throws: `samplingInvalid`, naming the value.
    func checked() throws(InferenceError) -> Sampling {
        var values = self
        if let preset {
            guard let named = SamplingPreset.all[preset] else {
                let names = SamplingPreset.names.joined(separator: ", ")
                throw Self.invalid("preset: there is no \"\(preset)\"; there are \(names)")
            }
            values = filled(from: named)
        }
        try values.checkChoice()
        try values.checkPenalties()
        try values.checkLength()
        return values
    }

    private func checkChoice() throws(InferenceError) {
        try Self.require("temperature", temperature, .from(0, to: 10))
        try Self.require("temperatureRange", temperatureRange, .from(0, to: 10))
        try Self.require("temperatureExponent", temperatureExponent, .from(0, to: 10))
        try Self.require("topK", topK, .from(0, to: 1_000_000))
        try Self.require("topP", topP, .over(0, to: 1))
        try Self.require("minP", minP, .from(0, toUnder: 1))
        try Self.require("typicalP", typicalP, .over(0, to: 1))
        try Self.require("topNSigma", topNSigma, .from(0, to: 100))
        try Self.require("xtcProbability", xtcProbability, .from(0, to: 1))
        try Self.require("xtcThreshold", xtcThreshold, .from(0, to: 1))
        try Self.require("mirostat", mirostat, .from(0, to: 2))
        try Self.require("mirostatTau", mirostatTau, .from(0, to: 100))
        try Self.require("mirostatEta", mirostatEta, .from(0, to: 1))
    }

    private func checkPenalties() throws(InferenceError) {
        try Self.require("repeatPenalty", repeatPenalty, .over(0, to: 10))
        try Self.require("frequencyPenalty", frequencyPenalty, .from(-10, to: 10))
        try Self.require("presencePenalty", presencePenalty, .from(-10, to: 10))
        try Self.require("repeatLastN", repeatLastN, .from(-1, to: 1_000_000))
        try Self.require("dryMultiplier", dryMultiplier, .from(0, to: 100))
        try Self.require("dryBase", dryBase, .from(1, to: 10))
        try Self.require("dryAllowedLength", dryAllowedLength, .from(0, to: 10_000))
        try Self.require("dryPenaltyLastN", dryPenaltyLastN, .from(-1, to: 1_000_000))
        try Self.require("drySequenceBreakers", texts: drySequenceBreakers, atMost: 64, bytes: 128)
        for item in logitBias ?? [] {
            guard (item.token == nil) != (item.text == nil) else {
                throw Self.invalid("logitBias: each has either a token or a text")
            }
            try Self.require("logitBias", item.bias, .from(-1000, to: 1000))
        }
    }

    private func checkLength() throws(InferenceError) {
        try Self.require("maxTokens", maxTokens, .from(1, to: 1_000_000_000))
        try Self.require("stop", texts: stop, atMost: 16, bytes: 1024)
        try Self.require("keep", keep, .from(0, to: 1_000_000_000))
        try Self.require("choices", choices, .from(1, to: 8))
        try Self.require("logProbabilities", logProbabilities, .from(0, to: 20))
    }

    // MARK: Ranges

    private struct Range<Value: Comparable & Sendable> {
        var contains: (Value) -> Bool
        var description: String

        static func from(_ least: Value, to most: Value) -> Range {
            Range(contains: { $0 >= least && $0 <= most }, description: "from \(text(least)) to \(text(most))")
        }

        static func over(_ bound: Value, to most: Value) -> Range {
            Range(contains: { $0 > bound && $0 <= most }, description: "over \(text(bound)) and at most \(text(most))")
        }

        static func from(_ least: Value, toUnder bound: Value) -> Range {
            Range(contains: { $0 >= least && $0 < bound }, description: "from \(text(least)) to under \(text(bound))")
        }

        /// A number as it would have been written: 3 and not 3.0.
        static func text(_ value: Value) -> String {
            let text = "\(value)"
            return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
        }
    }

    private static func require<Value>(_ name: String, _ value: Value?, _ range: Range<Value>) throws(InferenceError) {
        guard let value, !range.contains(value) else { return }
        throw invalid("\(name) must be \(range.description), not \(Range.text(value))")
    }

    /// - Parameter bytes: of each text at most; they are looked for after every token.
    private static func require(
        _ name: String, texts: [String]?, atMost count: Int, bytes: Int
    ) throws(InferenceError) {
        guard let texts else { return }
        if texts.count > count { throw invalid("\(name) may hold \(count) texts, not \(texts.count)") }
        if let long = texts.first(where: { $0.utf8.count > bytes }) {
            throw invalid("\(name) may hold texts of \(bytes) bytes, not of \(long.utf8.count)")
        }
    }

    private static func invalid(_ what: String) -> InferenceError {
        InferenceError(.samplingInvalid, "sampling.\(what)")
    }
}
