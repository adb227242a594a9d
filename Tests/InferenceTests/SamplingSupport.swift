import Core
import Foundation

@testable import Grammar
@testable import Inference

/// A sampler over logits that a test makes up; the model lends its vocabulary.
enum SamplingBench {
    static let model = try? Model(path: TestModel.path)

    /// Logits whose probabilities fall by Zipf's law, the same each time.
    static func logits(_ count: Int = 1000) -> [Float] {
        (0..<count).map { index in
            let noise = sin(Double(index + 1) * 12.9898) * 43758.5453
            return Float(-log(max(1e-9, noise - noise.rounded(.down))) - 3)
        }
    }

    static func mask(_ tokens: some Sequence<Token>, of count: Int) -> TokenMask {
        var words = [UInt64](repeating: 0, count: (count + 63) / 64)
        for token in tokens { words[Int(token) / 64] |= 1 << UInt64(token % 64) }
        return TokenMask(words: words)
    }
}

extension Sampler {
    mutating func choose(_ logits: [Float], mask: TokenMask? = nil) -> Token? {
        unsafe logits.withUnsafeBufferPointer { unsafe choose($0, mask: mask) }
    }

    /// How often each token is drawn from the same logits.
    mutating func draws(_ count: Int, of logits: [Float], mask: TokenMask? = nil) -> [Token: Int] {
        var counts: [Token: Int] = [:]
        for _ in 0..<count {
            if let token = choose(logits, mask: mask) { counts[token, default: 0] += 1 }
        }
        return counts
    }
}

/// The distribution that `sampling` describes, by the definitions and without haste.
func definedDistribution(_ logits: [Float], _ sampling: Sampling) -> [Token: Double] {
    typealias Item = (token: Token, logit: Double)
    var items: [Item] = logits.enumerated().map { (Token($0), Double($1)) }.sorted { $0.logit > $1.logit }
    func probabilities(_ temperature: Double = 1) -> [Double] {
        let weights = items.map { exp(($0.logit - items[0].logit) / temperature) }
        let sum = weights.reduce(0, +)
        return weights.map { $0 / sum }
    }
    func entropy() -> Double { probabilities().reduce(0) { $0 - $1 * log($1) } }
    /// How many of the first reach a part.
    func reaching(_ part: Double, _ probabilities: [Double]) -> Int {
        var sum = 0.0
        return
            (probabilities.firstIndex {
                sum += $0; return sum >= part
            } ?? probabilities.count - 1) + 1
    }
    if let n = sampling.topNSigma {
        let mean = items.reduce(0) { $0 + $1.logit } / Double(items.count)
        let deviation = (items.reduce(0) { $0 + pow($1.logit - mean, 2) } / Double(items.count)).squareRoot()
        items = items.filter { [bar = items[0].logit - n * deviation] in $0.logit >= bar }
    }
    if let k = sampling.topK { items = Array(items.prefix(k)) }
    if let p = sampling.typicalP {
        let entropy = entropy()
        let near = zip(items, probabilities()).sorted { abs(-log($0.1) - entropy) < abs(-log($1.1) - entropy) }
        items = near.prefix(reaching(p, near.map(\.1))).map(\.0).sorted { $0.logit > $1.logit }
    }
    if let p = sampling.topP { items = Array(items.prefix(reaching(p, probabilities()))) }
    if let p = sampling.minP { items = items.filter { [bar = items[0].logit + log(p)] in $0.logit >= bar } }
    if sampling.xtcProbability == 1, let threshold = sampling.xtcThreshold {
        items.removeFirst(max(1, probabilities().count { $0 >= threshold }) - 1)
    }
    var temperature = sampling.temperature ?? 0
    if let range = sampling.temperatureRange {
        let flatness = entropy() / log(Double(items.count))
        temperature = temperature - range + 2 * range * pow(flatness, sampling.temperatureExponent ?? 1)
    }
    return Dictionary(uniqueKeysWithValues: zip(items.map(\.token), probabilities(temperature)))
}

/// How far counts are from a distribution, in standard deviations of the chi-square statistic; infinite where something
/// was drawn that has no probability.
func deviations(_ counts: [Token: Int], from distribution: [Token: Double]) -> Double {
    let total = Double(counts.values.reduce(0, +))
    if counts.keys.contains(where: { distribution[$0] == nil }) { return .infinity }
    var statistic = 0.0
    var cells = 0.0
    // Cells that expect few draws are put together.
    var rest = (expected: 0.0, drawn: 0.0)
    for (token, probability) in distribution {
        let (expected, drawn) = (total * probability, Double(counts[token] ?? 0))
        if expected < 5 {
            rest = (rest.expected + expected, rest.drawn + drawn)
        } else {
            statistic += pow(drawn - expected, 2) / expected
            cells += 1
        }
    }
    if rest.expected >= 5 {
        statistic += pow(rest.drawn - rest.expected, 2) / rest.expected
        cells += 1
    }
    let freedom = max(1, cells - 1)
    return (statistic - freedom) / (2 * freedom).squareRoot()
}
