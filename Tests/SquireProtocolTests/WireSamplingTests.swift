import Core
import Foundation
import SquireProtocol
import Testing

struct WireSamplingTests {
    /// A value in every place.
    static let full = WireSampling(
        preset: "k50", temperature: 0.5, temperatureRange: 0.1, temperatureExponent: 2, topK: 30, topP: 0.18,
        minP: 0.02,
        typicalP: 0.9, topNSigma: 2, xtcProbability: 0.3, xtcThreshold: 0.2, repeatPenalty: 1.3, frequencyPenalty: 0.4,
        presencePenalty: 0.6, repeatLastN: 20, dryMultiplier: 0.8, dryBase: 1.5, dryAllowedLength: 3,
        dryPenaltyLastN: 50,
        drySequenceBreakers: ["."], mirostat: 2, mirostatTau: 4, mirostatEta: 0.2,
        logitBias: [WireLogitBias(token: 3, bias: 1.5), WireLogitBias(text: "no", bias: nil)], seed: 4, maxTokens: 9,
        stop: ["x"], ignoreEnd: true, keep: 512, choices: 2, logProbabilities: 5)

    @Test func `every value has a place on the socket, and comes back`() throws {
        let value = try JSONValue(encoding: Self.full)
        guard case .object(let members) = value else {
            Issue.record("not an object")
            return
        }
        #expect(Set(members.keys) == Set(Mirror(reflecting: Self.full).children.compactMap(\.label)))
        #expect(try JSONDecoder().decode(WireSampling.self, from: JSONEncoder().encode(value)) == Self.full)
    }

    @Test(arguments: [
        (#"{"token":5,"bias":-1.5}"#, WireLogitBias(token: 5, bias: -1.5)),
        (#"{"token":5,"bias":2}"#, WireLogitBias(token: 5, bias: 2)),
        (#"{"text":" no","bias":"never"}"#, WireLogitBias(text: " no", bias: nil)),
    ])
    func `a bias names a token or a text, and a number or never`(_ text: String, _ expected: WireLogitBias) throws {
        let bias = try JSONDecoder().decode(WireLogitBias.self, from: Data(text.utf8))
        #expect(bias == expected)
        #expect(try JSONDecoder().decode(WireLogitBias.self, from: JSONEncoder().encode(bias)) == expected)
    }

    @Test(arguments: [
        #"{"token":5}"#, #"{"bias":1}"#, #"{"token":5,"text":"x","bias":1}"#, #"{"token":5,"bias":"always"}"#,
        #"{"token":5,"bias":null}"#, #"{"token":"5","bias":1}"#,
    ])
    func `any other bias is refused`(_ text: String) {
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(WireLogitBias.self, from: Data(text.utf8)) }
    }
}
