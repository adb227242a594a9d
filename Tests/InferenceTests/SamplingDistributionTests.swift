import Core
import Foundation
import Testing

@testable import Grammar
@testable import Inference

@Suite(.timeLimit(.minutes(2)))
struct SamplingDistributionTests {
    let model: Model
    let logits = SamplingBench.logits()

    init() throws {
        model = try #require(SamplingBench.model)
    }

    private func sampler(_ sampling: Sampling, history: [Token] = []) throws -> Sampler {
        try Sampler(sampling, model: model, history: history)
    }

    // MARK: Distributions

    @Test(arguments: [
        Sampling(temperature: 1),
        Sampling(temperature: 0.6),
        Sampling(temperature: 1.4, topK: 40),
        Sampling(temperature: 1, topP: 0.8),
        Sampling(temperature: 1, topP: 0.999),
        Sampling(temperature: 0.9, minP: 0.02),
        Sampling(temperature: 0.8, typicalP: 0.3),
        Sampling(temperature: 0.8, topK: 100, typicalP: 0.5),
        Sampling(temperature: 1, topNSigma: 5),
        Sampling(temperature: 1, xtcProbability: 1, xtcThreshold: 0.03),
        Sampling(temperature: 0.8, temperatureRange: 0.5, topK: 60),
        Sampling(temperature: 0.8, temperatureRange: 0.5, temperatureExponent: 3),
        Sampling(temperature: 0.7, topK: 80, topP: 0.9, minP: 0.01, typicalP: 0.95, topNSigma: 5),
    ])
    func `draws follow the distribution that the options describe`(_ sampling: Sampling) throws {
        var seeded = sampling
        seeded.seed = 11
        var sampler = try sampler(seeded)
        let counts = sampler.draws(20_000, of: logits)
        let expected = definedDistribution(logits, sampling)
        #expect(counts.values.reduce(0, +) == 20_000)
        #expect(expected.count >= 5)
        #expect(deviations(counts, from: expected) < 4)
    }

    @Test(arguments: [7, 2])
    func `a mask leaves the distribution of what it allows, whether that is little or much`(_ step: Int) throws {
        let sampling = Sampling(temperature: 1, topP: 0.9, seed: 3)
        let allowed = stride(from: Token(0), to: Token(logits.count), by: step).filter { $0 % 3 != 0 || step == 2 }
        let mask = SamplingBench.mask(allowed, of: logits.count)
        var expected = logits
        for token in logits.indices where !allowed.contains(Token(token)) { expected[token] = -1000 }
        var sampler = try sampler(sampling)
        let counts = sampler.draws(20_000, of: logits, mask: mask)
        #expect(counts.keys.allSatisfy(mask.contains))
        #expect(deviations(counts, from: definedDistribution(expected, sampling)) < 4)
    }

    @Test func `XTC leaves out the likeliest as often as it is told to`() throws {
        let even: [Float] = [3, 2.9, 2.8, 0]
        var sampler = try sampler(Sampling(temperature: 1, xtcProbability: 0.25, xtcThreshold: 0.1, seed: 1))
        let counts = sampler.draws(20_000, of: even)
        // Of the three likely ones, the last stays.
        let whole = definedDistribution(even, Sampling(temperature: 1))
        let part = definedDistribution(even, Sampling(temperature: 1, xtcProbability: 1, xtcThreshold: 0.1))
        #expect(part[0] == nil && part[2] != nil)
        let mixed = whole.reduce(into: [:]) { $0[$1.key] = 0.75 * $1.value + 0.25 * (part[$1.key] ?? 0) }
        #expect(deviations(counts, from: mixed) < 4)
    }

    @Test(arguments: [(1, 2.0), (2, 2.0), (1, 4.0), (2, 4.0)])
    func `mirostat keeps the surprise near its target`(_ version: Int, _ target: Double) throws {
        // Zipf's law, on which the first version rests, and enough tokens for some to be a surprise.
        let zipf = (0..<20_000).map { -Float(log(Double($0 + 1))) * 1.1 }
        let sampling = Sampling(temperature: 1, mirostat: version, mirostatTau: target, seed: 5)
        var sampler = try sampler(sampling)
        var plain = try self.sampler(Sampling(temperature: 1, seed: 5))
        _ = sampler.draws(500, of: zipf)
        func surprise(_ counts: [Token: Int]) -> Double {
            let sum = zipf.reduce(0) { $0 + exp(Double($1)) }
            let total = counts.reduce(0) { $0 + Double($1.value) * log2(sum / exp(Double(zipf[Int($1.key)]))) }
            return total / Double(counts.values.reduce(0, +))
        }
        let held = surprise(sampler.draws(3000, of: zipf))
        // What is observed is the surprise among what is let through, which is under that of the whole distribution.
        #expect(held > target * 0.9 && held < target * 1.9)
        #expect(surprise(plain.draws(3000, of: zipf)) > 8)
    }

    @Test func `the same seed draws the same tokens, another seed others`() throws {
        func tokens(_ seed: UInt32?) throws -> [Token?] {
            var sampler = try sampler(Sampling(temperature: 1, topK: 50, seed: seed))
            return (0..<50).map { _ in sampler.choose(logits) }
        }
        #expect(try tokens(7) == tokens(7))
        #expect(try tokens(7) != tokens(8))
        #expect(try tokens(nil) != tokens(nil))
    }

    // MARK: The likeliest

    @Test(arguments: [0, 15, 16, 500, 992, 999])
    func `of equally likely tokens the lowest is taken, wherever they are`(_ first: Int) throws {
        var even = [Float](repeating: 0, count: 1000)
        for token in [first, first + 1, 999] where token < 1000 { even[token] = 5 }
        var greedy = try sampler(Sampling())
        #expect(greedy.choose(even) == Token(first))
        #expect(greedy.choose(even, mask: SamplingBench.mask(Token(first)..<1000, of: 1000)) == Token(first))
        var one = try sampler(Sampling(temperature: 1, topK: 1))
        #expect(one.choose(even) == Token(first))
    }

    @Test(arguments: [
        Sampling(), Sampling(temperature: 1), Sampling(temperature: 1, topK: 5),
        Sampling(temperature: 1, topP: 0.9),
        Sampling(temperature: 1, typicalP: 0.5), Sampling(temperature: 1, mirostat: 1),
        Sampling(temperature: 1, mirostat: 2), Sampling(temperature: 1, topNSigma: 1, repeatPenalty: 1.2),
        Sampling(temperature: 0.5, temperatureRange: 0.5, dryMultiplier: 1),
    ])
    func `what is no number is never chosen, and nothing is where there is nothing else`(_ sampling: Sampling) throws {
        var sampler = try sampler(sampling, history: [1, 2, 3, 1, 2, 3])
        var some = [Float](repeating: .nan, count: 100)
        some[17] = -4
        some[40] = -.infinity
        #expect(sampler.draws(50, of: some) == [17: 50])
        #expect(sampler.choose([Float](repeating: .nan, count: 100)) == nil)
        #expect(sampler.choose([Float](repeating: -.infinity, count: 100)) == nil)
        #expect(sampler.choose([]) == nil)
        some[3] = .infinity
        #expect(sampler.choose(some) == 3)
        #expect(sampler.choose(logits, mask: SamplingBench.mask([], of: logits.count)) == nil)
        #expect(sampler.choose(logits, mask: SamplingBench.mask([77], of: logits.count)) == 77)
    }

    @Test(arguments: [1e-300, 1e-40, 1e-5, 1e-3])
    func `the smallest temperatures take the likeliest`(_ temperature: Double) throws {
        var sampler = try sampler(Sampling(temperature: temperature, topP: 0.9))
        var greedy = try self.sampler(Sampling())
        #expect(sampler.draws(20, of: logits) == greedy.draws(20, of: logits))
    }
}
