import Foundation

/// The logarithm of the sum of the exponentials, which turns a logit into a log-probability.
enum LogSumExp {
    static func of(_ logits: UnsafeBufferPointer<Float>) -> Double {
        guard let values = logits.baseAddress else { return -.infinity }
        let row = unsafe LogitRow(values, count: logits.count)
        let highest = row.highest
        return Double(highest) + log(row.weight(over: -.infinity, reference: highest, scale: 1))
    }
}
