import Core
import Foundation
import Testing

@testable import Grammar
@testable import Inference

/// What changes logits before a token is chosen.
@Suite(.timeLimit(.minutes(2)))
struct SamplingPenaltyTests {
    let model: Model

    init() throws {
        model = try #require(SamplingBench.model)
    }

    /// The likeliest of 100 tokens, of which the first is a little likelier than the second, and so on.
    private func likeliest(_ sampling: Sampling, history: [Token] = [], mask: TokenMask? = nil) throws -> Token? {
        var sampler = try Sampler(sampling, model: model, history: history)
        return sampler.choose((0..<100).map { 2 - Float($0) / 10 }, mask: mask)
    }

    // MARK: Bias

    @Test func `a bias makes a token likelier, and never is stronger than any`() throws {
        #expect(try likeliest(Sampling(logitBias: [LogitBias(token: 40, bias: 50)])) == 40)
        #expect(try likeliest(Sampling(logitBias: [LogitBias(token: 0, bias: -1)])) == 1)
        let never = Sampling(logitBias: [LogitBias(token: 40, bias: nil), LogitBias(token: 40, bias: 100)])
        #expect(try likeliest(never) == 0)
        #expect(try likeliest(never, mask: SamplingBench.mask([40], of: 100)) == nil)
        #expect(try likeliest(never, mask: SamplingBench.mask([40, 41], of: 100)) == 41)
        var drawing = never
        drawing.temperature = 5
        var sampler = try Sampler(drawing, model: model, history: [])
        let even = [Float](repeating: 0, count: 100)
        #expect(sampler.draws(5000, of: even)[40] == nil)
    }

    @Test func `a bias of a text is one of each of its tokens`() throws {
        let tokens = model.tokens(of: " Paris", special: false)
        let token = try #require(tokens.first)
        var logits = [Float](repeating: 0, count: model.vocabularySize)
        logits[5] = 3
        var sampler = try Sampler(
            Sampling(logitBias: [LogitBias(text: " Paris", bias: 4)]), model: model, history: [])
        #expect(tokens.count == 1)
        #expect(sampler.choose(logits) == token)
    }

    @Test(arguments: [-1, 49_152, Int.max])
    func `a bias of a token that does not exist is refused, naming it`(_ token: Int) {
        let error = #expect(throws: InferenceError.self) {
            _ = try Sampler(Sampling(logitBias: [LogitBias(token: token, bias: 1)]), model: model, history: [])
        }
        #expect(error?.message == "sampling.logitBias: there is no token \(token); the model's are 0 to 49151")
    }

    @Test func `tokens that end a text are never chosen where the end is to be ignored`() throws {
        let end = try #require(model.endTokens.first)
        var logits = [Float](repeating: 0, count: model.vocabularySize)
        for token in model.endTokens { logits[Int(token)] = 30 }
        var plain = try Sampler(Sampling(), model: model, history: [])
        var ignoring = try Sampler(Sampling(ignoreEnd: true), model: model, history: [])
        #expect(plain.choose(logits) == end)
        let chosen = ignoring.choose(logits)
        #expect(chosen != nil && !model.endTokens.contains { $0 == chosen })
        #expect(ignoring.choose(logits, mask: SamplingBench.mask([end], of: logits.count)) == nil)
    }

    // MARK: Recent tokens

    @Test(
        arguments: [
            (Sampling(repeatPenalty: 1.2), 3), (Sampling(presencePenalty: 0.35), 3),
            (Sampling(frequencyPenalty: 0.06), 1), (Sampling(frequencyPenalty: 0.25), 3),
            (Sampling(repeatPenalty: 1.2, repeatLastN: 1), 0), (Sampling(repeatPenalty: 1.2, repeatLastN: 0), 0),
            (Sampling(repeatPenalty: 1.2, repeatLastN: 2), 0), (Sampling(repeatPenalty: 1.2, repeatLastN: -1), 3),
            (Sampling(repeatPenalty: 0.9), 0),
        ] as [(Sampling, Token)])
    func `recent tokens are penalised as often as they occurred, by llama.cpp's rule`(
        _ sampling: Sampling, _ expected: Token
    ) throws {
        #expect(try likeliest(sampling, history: [0, 0, 0, 1, 2]) == expected)
    }

    @Test func `a negative logit is not made likelier by the repeat penalty`() throws {
        var sampler = try Sampler(Sampling(repeatPenalty: 1.5), model: model, history: [0])
        #expect(sampler.choose([-1, -1.2]) == 1)
    }

    @Test func `a token is recent until enough others were accepted`() throws {
        var sampler = try Sampler(Sampling(repeatPenalty: 2, repeatLastN: 3), model: model, history: [])
        let logits: [Float] = [2, 1.5, 0, 0, 0]
        sampler.accept(0)
        #expect(sampler.choose(logits) == 1)
        sampler.accept(2)
        sampler.accept(3)
        #expect(sampler.choose(logits) == 1)
        sampler.accept(4)
        #expect(sampler.choose(logits) == 0)
    }

    // MARK: DRY

    /// Tokens of letters, which break nothing.
    private func letters(_ text: String) -> [Token] {
        text.flatMap { model.tokens(of: String($0), special: false) }
    }

    /// What a token's logit loses after a history.
    private func loss(_ token: Token, _ sampling: Sampling, after history: [Token]) throws -> Float {
        var sampler = try Sampler(sampling, model: model, history: history)
        var logits = [Float](repeating: 0, count: 1 + Int(token))
        // By how much must it be raised to be the likeliest again?
        for quarters in 1..<100 {
            logits[Int(token)] = Float(quarters) / 4
            if sampler.choose(logits) == token { return Float(quarters - 1) / 4 }
        }
        return .infinity
    }

    @Test func `DRY lowers what would lengthen a repetition, by the power of its length`() throws {
        let sampling = Sampling(dryMultiplier: 1, dryBase: 2)
        let next = try #require(letters("d").first)
        func lost(_ history: String, _ sampling: Sampling = sampling) throws -> Float {
            try loss(next, sampling, after: letters(history))
        }
        #expect(try lost("abcdxbc") == 1)
        #expect(try lost("abcdxabc") == 2)
        #expect(try lost("zabcdxzabc") == 4)
        // The longest of several counts.
        #expect(try lost("abcdxbcdyabc") == 2)
        #expect(try lost("abcdxc") == 0)
        #expect(try lost("abcexabc") == 0)
        #expect(try lost("abcdxabc", Sampling(dryMultiplier: 0.5, dryBase: 2)) == 1)
        #expect(try lost("abcdxabc", Sampling(dryMultiplier: 1, dryBase: 2, dryAllowedLength: 3)) == 1)
        #expect(try lost("abcdxabc", Sampling(dryMultiplier: 1, dryBase: 2, dryAllowedLength: 4)) == 0)
        #expect(try lost("abcdxabc", Sampling(dryMultiplier: 1, dryBase: 2, dryPenaltyLastN: 6)) == 0)
        #expect(try lost("abcdxabc", Sampling(dryMultiplier: 1, dryBase: 2, dryPenaltyLastN: -1)) == 2)
    }

    @Test func `no repetition reaches over a sequence that breaks it`() throws {
        let next = try #require(letters("d").first)
        let sampling = Sampling(dryMultiplier: 1, dryBase: 2)
        #expect(try loss(next, sampling, after: letters("abcdxab:c")) == 0)
        #expect(try loss(next, sampling, after: letters("a:bcdxa:bc")) == 1)
        var own = sampling
        own.drySequenceBreakers = ["xab"]
        // The sequence is made of three tokens, and ends with the third.
        #expect(try loss(next, own, after: letters("abcdxabc")) == 0)
        #expect(try loss(next, own, after: letters("ab:cdxb:c")) == 2)
        own.drySequenceBreakers = []
        #expect(try loss(next, own, after: letters("b:cdxb:c")) == 2)
    }

    // MARK: Ranges

    @Test(arguments: [
        (Sampling(topP: 3), "topP must be over 0 and at most 1, not 3"),
        (Sampling(minP: 1), "minP must be from 0 to under 1, not 1"),
        (Sampling(temperature: .nan), "temperature must be from 0 to 10, not nan"),
        (Sampling(repeatPenalty: 0), "repeatPenalty must be over 0 and at most 10, not 0"),
        (Sampling(dryBase: 0.5), "dryBase must be from 1 to 10, not 0.5"),
        (Sampling(repeatLastN: -2), "repeatLastN must be from -1 to 1000000, not -2"),
        (Sampling(mirostat: 3), "mirostat must be from 0 to 2, not 3"),
        (
            Sampling(logitBias: [LogitBias(token: 1, bias: .infinity)]),
            "logitBias must be from -1000 to 1000, not inf"
        ),
        (Sampling(choices: 0), "choices must be from 1 to 8, not 0"),
        (Sampling(stop: Array(repeating: "x", count: 17)), "stop may hold 16 texts, not 17"),
        (
            Sampling(preset: "k5"),
            "preset: there is no \"k5\"; there are k50, k50-Creative, k50-Original, k50-Plugins, k50-Precise, "
                + "nucleus9, typical2, typical3"
        ),
    ])
    func `a value out of its range is refused, saying what it may be`(_ sampling: Sampling, _ message: String) {
        let error = #expect(throws: InferenceError.self) { _ = try Sampler(sampling, model: model, history: []) }
        #expect(error?.code == .samplingInvalid)
        #expect(error?.message == "sampling." + message)
    }
}
