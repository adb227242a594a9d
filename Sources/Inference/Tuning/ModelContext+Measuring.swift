import Foundation

extension ModelContext {
    /// How surprised the model is by a text it has not been asked to write: e to the mean negative log-probability of
    /// each token after those before it.
    mutating func perplexity(of tokens: [Int32]) throws(InferenceError) -> Double {
        var sum = 0.0
        var position = 0
        while position < tokens.count - 1 {
            let count = min(Self.outputs, batchSize, tokens.count - 1 - position)
            beginBatch()
            for offset in 0..<count {
                add(tokens[position + offset], at: position + offset, to: CollectionOfOne(0), wantsLogits: true)
            }
            guard case .done = try decode(wanted: []) else {
                throw InferenceError(.decodeFailed, "there is no room to measure on \(model.path)")
            }
            for offset in 0..<count {
                let next = Int(tokens[position + offset + 1])
                sum += try unsafe withLogits(at: offset) { logits in unsafe LogSumExp.of(logits) - Double(logits[next])
                }
            }
            position += count
        }
        drop(0, from: 0)
        return exp(sum / Double(max(1, tokens.count - 1)))
    }

    /// Reads a prompt, goes on with one answer and then with eight side by side.
    ///
    /// - Parameters:
    ///   - prompt: tokens that are read, at least 64.
    ///   - answer: tokens of the one answer.
    ///   - together: tokens of each of the eight.
    /// - Throws: `decodeFailed`.
    mutating func speeds(prompt: Int = 512, answer: Int = 32, together: Int = 10) throws(InferenceError) -> Speeds {
        let start = ContinuousClock.now
        var position = 0
        while position < prompt {
            beginBatch()
            let count = min(batchSize, prompt - position)
            for offset in 0..<count {
                add(
                    Int32(100 + (position + offset) % 900), at: position + offset, to: CollectionOfOne(0),
                    wantsLogits: position + offset == prompt - 1)
            }
            _ = try decode(wanted: [])
            position += count
        }
        let read = ContinuousClock.now
        for step in 0..<answer {
            beginBatch()
            add(Int32(200 + step), at: prompt + step, to: CollectionOfOne(0), wantsLogits: true)
            _ = try decode(wanted: [])
        }
        let written = ContinuousClock.now
        for sequence in 1...8 { copy(0, to: sequence, count: 64) }
        for step in 0..<together {
            beginBatch()
            for sequence in 1...8 {
                add(Int32(300 + step), at: 64 + step, to: CollectionOfOne(sequence), wantsLogits: true)
            }
            _ = try decode(wanted: [])
        }
        let end = ContinuousClock.now
        for sequence in 0...8 { drop(sequence, from: 0) }
        return Speeds(
            prompt: Double(prompt) / ((read - start) / .seconds(1)),
            generation: Double(answer) / ((written - read) / .seconds(1)),
            eight: Double(8 * together) / ((end - written) / .seconds(1)))
    }
}
