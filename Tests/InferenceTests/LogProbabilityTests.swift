import Core
import Foundation
import Testing

@testable import Grammar
@testable import Inference

@Suite(.timeLimit(.minutes(1)))
struct LogProbabilityTests {
    private func report(
        _ logits: [Float], of token: Token, alternatives: Int, mask: TokenMask? = nil
    ) throws -> TokenLogProbabilities {
        let model = try #require(SamplingBench.model)
        return unsafe logits.withUnsafeBufferPointer {
            unsafe Sampler.logProbabilities($0, mask: mask, of: token, alternatives: alternatives, model: model)
        }
    }

    @Test func `log-probabilities are those of the whole distribution, the likeliest first`() throws {
        let logits = SamplingBench.logits(2000)
        let expected = definedDistribution(logits, Sampling(temperature: 1))
        let report = try report(logits, of: 1234, alternatives: 20)
        #expect(abs(report.chosen.logProbability - log(expected[1234] ?? 0)) < 1e-5)
        #expect(report.likeliest.map(\.token) == expected.sorted { $0.value > $1.value }.prefix(20).map { Int($0.key) })
        for item in report.likeliest {
            #expect(abs(item.logProbability - log(expected[Token(item.token)] ?? 0)) < 1e-5)
        }
        let model = try #require(SamplingBench.model)
        #expect(report.chosen.text == String(decoding: model.bytes(of: 1234), as: UTF8.self))
    }

    @Test(arguments: [3, 300])
    func `what a mask forbids has no part in them`(_ count: Token) throws {
        let mask = SamplingBench.mask(0..<count, of: 400)
        let report = try report([Float](repeating: 1, count: 400), of: 2, alternatives: 5, mask: mask)
        #expect(abs(report.chosen.logProbability + log(Double(count))) < 1e-6)
        #expect(report.likeliest.map(\.token) == Array(0..<min(5, Int(count))))
    }

    @Test func `each is a number that JSON can hold`() throws {
        let report = try report([.nan, -.infinity, 3, 2], of: 0, alternatives: 4)
        #expect(report.chosen.logProbability == -9999)
        #expect(report.likeliest.map(\.token) == [2, 3])
        let empty = try self.report([.nan, .nan], of: 1, alternatives: 2)
        #expect(empty.chosen.logProbability == -9999 && empty.likeliest.isEmpty)
    }
}
