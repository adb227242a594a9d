import Core
import Testing

@testable import Inference

/// The sampling surface on given logits, with the real vocabulary.
@Suite(.timeLimit(.minutes(2)))
struct SamplingTests {
    static let model: Model? = try? Model(path: TestModel.path)

    private func model() throws -> Model { try #require(Self.model) }

    /// Logits of the first part of the vocabulary: those given, and next to nothing for all other tokens.
    private func logits(_ values: [Float]) throws -> [Float] {
        var logits = [Float](repeating: -50, count: 1000 + values.count)
        for (index, value) in values.enumerated() { logits[1000 + index] = value }
        return logits
    }

    /// How often each of the given tokens is drawn, as parts.
    private func draw(_ values: [Float], _ sampling: Sampling, count: Int = 3000, history: [Token] = []) throws
        -> [Double]
    {
        let logits = try logits(values)
        var drawn = [Int](repeating: 0, count: values.count)
        var sampler = try Sampler(sampling, model: model(), history: history)
        for _ in 0..<count {
            let token = unsafe logits.withUnsafeBufferPointer { unsafe sampler.choose($0, mask: nil) }
            if let token, drawn.indices.contains(Int(token) - 1000) { drawn[Int(token) - 1000] += 1 }
        }
        return drawn.map { Double($0) / Double(count) }
    }

    private let steps: [Float] = [3, 2, 1, 0]

    @Test func `draws follow the distribution, and temperature flattens it`() throws {
        // e³ : e² : e : 1.
        let plain = try draw(steps, Sampling(temperature: 1, seed: 1))
        for (part, expected) in zip(plain, [0.644, 0.237, 0.087, 0.032]) { #expect(abs(part - expected) < 0.04) }
        #expect(try draw(steps, Sampling(temperature: 3, seed: 1))[3] > 0.1)
        #expect(try draw(steps, Sampling(temperature: 0)) == [1, 0, 0, 0])
    }

    @Test func `each truncation leaves what it should and nothing else`() throws {
        func kept(_ sampling: Sampling) throws -> [Bool] {
            var sampling = sampling
            sampling.temperature = 5
            sampling.seed = 3
            return try draw(steps, sampling).map { $0 > 0 }
        }
        #expect(try kept(Sampling(topK: 2)) == [true, true, false, false])
        #expect(try kept(Sampling(topP: 0.7)) == [true, true, false, false])
        #expect(try kept(Sampling(minP: 0.3)) == [true, true, false, false])
        #expect(try kept(Sampling(topNSigma: 0.001)) == [true, false, false, false])
        // The surprise of the likeliest is nearest to the mean here.
        #expect(try kept(Sampling(typicalP: 0.1)).count { $0 } == 1)
        // XTC leaves out all likely tokens but the least likely of them.
        #expect(try kept(Sampling(xtcProbability: 1, xtcThreshold: 0.2))[0] == false)
    }

    @Test func `penalties and biases move a token's chance`() throws {
        let even: [Float] = [2, 2]
        let recent: [Token] = [1000, 1000, 1000]
        func part(_ sampling: Sampling, history: [Token] = []) throws -> Double {
            var sampling = sampling
            sampling.temperature = 1
            sampling.seed = 5
            return try draw(even, sampling, count: 800, history: history)[0]
        }
        #expect(try abs(part(Sampling()) - 0.5) < 0.08)
        #expect(try part(Sampling(repeatPenalty: 4), history: recent) < 0.35)
        #expect(try part(Sampling(frequencyPenalty: 1), history: recent) < 0.2)
        #expect(try part(Sampling(presencePenalty: 2), history: recent) < 0.3)
        #expect(try abs(part(Sampling(presencePenalty: 2, repeatLastN: 0), history: recent) - 0.5) < 0.08)
        #expect(try part(Sampling(logitBias: [LogitBias(token: 1000, bias: nil)])) == 0)
        #expect(try part(Sampling(logitBias: [LogitBias(token: 1000, bias: 5)])) > 0.9)
        // After "a b c … a b", DRY holds "c" back.
        let run: [Token] = [2000, 2001, 2002, 1000, 3000, 2000, 2001, 2002]
        #expect(try part(Sampling(dryMultiplier: 5, dryAllowedLength: 2), history: run) < 0.1)
    }

    @Test func `mirostat holds the surprise near its target`() throws {
        let tame = try draw(
            steps, Sampling(temperature: 1, mirostat: 2, mirostatTau: 0.1, mirostatEta: 0.5, seed: 2), count: 400)
        #expect(tame[0] > 0.9)
        let wild = try draw(steps, Sampling(temperature: 1, mirostat: 1, mirostatTau: 8, seed: 2), count: 400)
        #expect(wild[0] < 0.9)
    }

    @Test func `a dynamic temperature differs from a fixed one`() throws {
        let fixed = try draw(steps, Sampling(temperature: 1, seed: 4))
        let dynamic = try draw(steps, Sampling(temperature: 1, temperatureRange: 1, seed: 4))
        #expect(abs(fixed[0] - dynamic[0]) > 0.05)
    }

    @Test func `the same seed draws the same, and numbers that are none are never drawn`() throws {
        #expect(
            try draw(steps, Sampling(temperature: 1, seed: 9), count: 50)
                == draw(steps, Sampling(temperature: 1, seed: 9), count: 50))
        #expect(try draw([.nan, 1], Sampling(temperature: 1, seed: 1), count: 50) == [0, 1])
        #expect(try draw([.nan, 1], Sampling(temperature: 0), count: 5) == [0, 1])
    }

    @Test func `OpenAssistant's presets fill what a request leaves open`() throws {
        let filled = try Sampling(preset: "k50-Creative", topK: 7).checked()
        #expect(filled.temperature == 0.85 && filled.topK == 7 && filled.topP == 0.95 && filled.repeatPenalty == 1.2)
        #expect(SamplingPreset.names.count == 8)
        let error = #expect(throws: InferenceError.self) { try Sampling(preset: "k51").checked() }
        #expect(error?.message.contains("nucleus9") == true)
        let fallback = Sampling(preset: "typical2").filled(from: Sampling(temperature: 0, maxTokens: 5))
        #expect(fallback.temperature == 0.8 && fallback.maxTokens == 5)
    }

    @Test func `every value out of its range is refused by name`() {
        let wrong: [(Sampling, String)] = [
            (Sampling(temperature: -1), "temperature"), (Sampling(topP: 0), "topP"),
            (Sampling(typicalP: 2), "typicalP"),
            (Sampling(mirostat: 3), "mirostat"), (Sampling(choices: 9), "choices"),
            (Sampling(logProbabilities: 21), "logProbabilities"), (Sampling(temperature: .nan), "temperature"),
            (Sampling(stop: Array(repeating: "x", count: 17)), "stop"),
        ]
        for (sampling, name) in wrong {
            let error = #expect(throws: InferenceError.self) { try sampling.checked() }
            #expect(error?.message.contains("sampling.\(name)") == true)
        }
    }

    @Test func `log-probabilities add up, and name the likeliest`() throws {
        let logits = try logits(steps)
        let reported = unsafe try logits.withUnsafeBufferPointer {
            unsafe Sampler.logProbabilities($0, mask: nil, of: 1001, alternatives: 2, model: try model())
        }
        #expect(reported.likeliest.map(\.token) == [1000, 1001])
        #expect(abs(reported.chosen.logProbability - -1.44) < 0.01)
    }
}
