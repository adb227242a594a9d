import Core
import Foundation
import Grammar

extension Sampler {
    /// How likely a token was, and the likeliest ones, among those the mask allows; before penalties and temperature.
    static func logProbabilities(
        _ logits: UnsafeBufferPointer<Float>, mask: TokenMask?, of token: Token, alternatives: Int, model: Model
    ) -> TokenLogProbabilities {
        var scratch = LogitScratch()
        unsafe scratch.copy(logits)
        let row = mask.map { scratch.row($0) } ?? scratch.row()
        let highest = row?.highest ?? -.infinity
        let weight = row?.weight(over: -.infinity, reference: highest, scale: 1) ?? 0
        let normalizer = Double(highest) + log(weight)
        func alternative(_ token: Token, _ logit: Float) -> TokenLogProbabilities.Alternative {
            let probability = Double(logit) - normalizer
            let bytes = model.bytes(of: token)
            let whole = String(validating: bytes, as: UTF8.self)
            return TokenLogProbabilities.Alternative(
                token: Int(token), text: whole ?? String(decoding: bytes, as: UTF8.self),
                logProbability: probability > leastLogProbability ? min(0, probability) : leastLogProbability,
                bytes: whole == nil ? bytes : nil)
        }
        var candidates = Candidates()
        if let row, alternatives > 0 { candidates.takeLikeliest(alternatives, of: row, over: -.infinity) }
        let logit = unsafe logits.indices.contains(Int(token)) ? logits[Int(token)] : -.infinity
        return TokenLogProbabilities(
            chosen: alternative(token, logit),
            likeliest: candidates.items.map { alternative($0.token, $0.logit) })
    }

    /// Stands for all that is less likely, and for what is no number: JSON has no infinity.
    private static let leastLogProbability = -9999.0
}
