/// Finds out in which encoding from before Unicode a text is that does not say so.
///
/// A detector of letter sequences proposes one; whether it is right is seen by what it makes of the text: words, or signs
/// and controls among letters. Where the detector is wrong, as with a few characters among much ASCII, the common
/// encodings are tried likewise.
enum EncodingGuess {
    /// Bytes that are looked at.
    private static let sampleSize = 16384
    /// Of what a text's own encoding makes of it, nearly all looks like words.
    private static let leastPlausibility = 0.9
    /// Two encodings that differ by no more make words of a text alike.
    private static let margin = 0.02
    /// Of so few different bytes, letter sequences tell nothing.
    private static let leastEvidence = 3

    /// - Returns: nil where no encoding makes words of it.
    static func encoding(of bytes: [UInt8]) -> LegacyEncoding? {
        let sample = sample(of: bytes)
        let detected = EncodingDetector.name(of: sample).map(LegacyEncoding.init(detected:))
        var scores: [LegacyEncoding: Double] = [:]
        func score(_ encoding: LegacyEncoding) -> Double {
            if let known = scores[encoding] { return known }
            let score = plausibility(sample, as: encoding)
            scores[encoding] = score
            return score
        }
        let evidence = Set(sample.filter { $0 >= 0x80 }).count
        if evidence >= leastEvidence, let detected {
            let best = ([detected] + detected.siblings).max { score($0) + margin < score($1) } ?? detected
            if score(best) >= 1 - margin { return best }
        }
        let candidates = (detected.map { evidence >= leastEvidence ? [$0] : [] } ?? []) + LegacyEncoding.common
        guard let highest = candidates.map(score).max(), highest >= leastPlausibility else { return nil }
        return candidates.first { score($0) >= highest - margin }
    }

    /// The lines that are not ASCII, which alone tell something.
    private static func sample(of bytes: [UInt8]) -> [UInt8] {
        var sample: [UInt8] = []
        for line in bytes.split(separator: .newline) where line.contains(where: { $0 >= 0x80 }) {
            // A line may be the whole text.
            sample += line.prefix(sampleSize)
            sample.append(.newline)
            if sample.count >= sampleSize { break }
        }
        return sample
    }

    private static func plausibility(_ sample: [UInt8], as encoding: LegacyEncoding) -> Double {
        guard let text = CharacterConverter.convert(sample[...], from: encoding.name)?.text else { return 0 }
        if let commonness = encoding.commonness(of: sample) {
            // What has no meaning in the encoding is a fault of the file's, or not of this encoding.
            let faults = text.unicodeScalars.count { $0 == "\u{FFFD}" }
            return faults * 100 > text.unicodeScalars.count { !$0.isASCII } ? 0 : commonness
        }
        return WordPlausibility.score(text)
    }
}
