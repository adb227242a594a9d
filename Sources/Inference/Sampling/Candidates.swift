import Foundation

/// A token that may be chosen.
struct Candidate {
    var token: Token
    var logit: Float
    /// Its part of a distribution that does not add up to 1; 0 until it is weighed.
    var weight = 0.0
}

/// The tokens that are left to choose from. Kept from token to token, so that its memory is.
struct Candidates {
    private(set) var items: [Candidate] = []
    /// The same before they are weighed.
    private var ranks: [Rank] = []

    var count: Int { items.count }

    // MARK: Gathering

    /// Takes the k likeliest of a row that are over a bar, the likeliest first.
    mutating func takeLikeliest(_ k: Int, of row: LogitRow, over bar: Float) {
        ranks.removeAll(keepingCapacity: true)
        row.forEach(over: bar) { token, logit in
            ranks.insert(Rank(token, logit), keeping: k)
            return ranks.count < k ? bar : ranks[0].logit
        }
        sort()
    }

    /// Takes all of a row between two logits, the likeliest first.
    mutating func takeAll(of row: LogitRow, over bar: Float, upTo ceiling: Float = .infinity) {
        ranks.removeAll(keepingCapacity: true)
        row.forEach(over: bar, upTo: ceiling) { token, logit in
            ranks.append(Rank(token, logit))
            return bar
        }
        sort()
    }

    private mutating func sort() {
        ranks.sort(by: >)
        items.removeAll(keepingCapacity: true)
        for rank in ranks { items.append(Candidate(token: rank.token, logit: rank.logit)) }
    }

    // MARK: Weighing

    /// Weighs each with e^((logit - the highest) · scale).
    ///
    /// - Returns: the sum.
    @discardableResult
    mutating func weigh(scale: Float = 1) -> Double {
        guard let highest = items.first?.logit else { return 0 }
        var sum = 0.0
        for index in items.indices {
            items[index].weight = exp(Double((items[index].logit - highest) * scale))
            sum += items[index].weight
        }
        return sum
    }

    /// The entropy of what was weighed, in nats.
    func entropy(sum: Double) -> Double {
        items.reduce(0) { entropy, item in
            let probability = item.weight / sum
            return probability > 0 ? entropy - probability * log(probability) : entropy
        }
    }

    /// Draws one by what was weighed.
    ///
    /// - Parameter point: from 0 to under 1, where in the distribution.
    func draw(sum: Double, at point: Double) -> Candidate? {
        var rest = point * sum
        for item in items {
            rest -= item.weight
            if rest < 0 { return item }
        }
        // Rounding may leave a rest after the last one.
        return items.last { $0.weight > 0 }
    }

    // MARK: Leaving out

    mutating func keepFirst(_ count: Int) {
        if count < items.count { items.removeLast(items.count - count) }
    }

    /// Keeps the likeliest that together reach a part of `sum`, after weighing.
    mutating func keepTop(_ part: Double, sum: Double) {
        var reached = 0.0
        for index in items.indices {
            reached += items[index].weight
            if reached >= part * sum { return keepFirst(index + 1) }
        }
    }

    /// Keeps those that are at least a part as likely as the likeliest.
    mutating func keepMinimum(_ part: Double) {
        guard let highest = items.first?.logit else { return }
        let bar = highest + Float(log(part))
        keepFirst(items.firstIndex { $0.logit < bar } ?? items.count)
    }

    /// Keeps those whose surprise is nearest to the entropy, as many as together exceed a part of the distribution
    /// (Meister and others, "Locally typical sampling", arXiv 2202.00666).
    ///
    /// - Parameter normalizer: the logarithm of the sum of e^logit over the distribution.
    mutating func keepTypical(_ part: Double, normalizer: Double, entropy: Double) {
        func distance(_ item: Candidate) -> Double { abs(normalizer - Double(item.logit) - entropy) }
        items.sort { distance($0) < distance($1) }
        var reached = 0.0
        for index in items.indices {
            reached += exp(Double(items[index].logit) - normalizer)
            if reached > part {
                keepFirst(index + 1)
                break
            }
        }
        items.sort { Rank($0.token, $0.logit) > Rank($1.token, $1.logit) }
    }

    /// Leaves out those whose probability reaches a threshold, except the least likely of them.
    mutating func excludeTopChoices(_ threshold: Double) {
        let sum = weigh()
        let likely = items.firstIndex { $0.weight / sum < threshold } ?? items.count
        if likely > 1 { items.removeFirst(likely - 1) }
    }
}
