import Core

/// Shares a context among the parts of a prompt and the answer's room. Arithmetic alone: tokens in, tokens out.
///
/// Instructions, tools in use and the question get all they need, always. Of what remains each other part may count on
/// a share; what one does not need goes to the others. Where that is not enough, parts are cut in the order of
/// `pruningOrder`, each down to its share.
struct ContextBudget: Sendable, Hashable {
    typealias Part = ContextLedger.Part

    /// Parts that are never cut.
    static let whole: [Part] = [.instructions, .tools, .question]
    /// The others: what is cut first comes first. Of the answer's room, only what is over half of the context: the
    /// longest answer that might be given is seldom the one that is.
    static let pruningOrder: [Part] = [.answer, .history, .passages, .results]

    /// Room for a sentence; with less there is no use in asking.
    static let leastAnswer = 16
    /// Tokens left free: two texts side by side may have a token more than each for itself.
    static let margin = 8

    /// The most tokens that prompt and answer may have together.
    var size: Int

    /// The part of what remains, in sixteenths, that a part may count on.
    static func sixteenths(_ part: Part) -> Int {
        switch part {
        case .answer: 8
        case .results: 4
        case .passages, .history: 2
        case .instructions, .tools, .question: 0
        }
    }

    /// What each part gets of what it needs.
    ///
    /// - Returns: nil where the parts that are never cut leave no room for an answer.
    func shares(of needs: [Part: Int]) -> [Part: Int]? {
        func need(_ part: Part) -> Int { max(0, needs[part] ?? 0) }
        let space = size - Self.margin - Self.whole.reduce(0) { $0 + need($1) }
        let room = min(need(.answer), Self.leastAnswer)
        guard space >= room else { return nil }
        var shares = Dictionary(uniqueKeysWithValues: Self.whole.map { ($0, need($0)) })
        for part in Self.pruningOrder {
            let share = space * Self.sixteenths(part) / 16
            shares[part] = min(need(part), part == .answer ? max(share, room) : share)
        }
        // In a context of a few tokens the answer's room takes from the others.
        var left = space - Self.pruningOrder.reduce(0) { $0 + (shares[$1] ?? 0) }
        for part in Self.pruningOrder.dropFirst() where left < 0 {
            let taken = min(-left, shares[part] ?? 0)
            shares[part, default: 0] -= taken
            left += taken
        }
        for part in Self.pruningOrder.reversed() where left > 0 {
            let more = min(left, need(part) - (shares[part] ?? 0))
            shares[part, default: 0] += more
            left -= more
        }
        return shares
    }
}

/// Which turns of a conversation are given where not all have room.
enum HistoryWindow {
    /// The first turn that is given, counted from the oldest; the number of turns where none has room.
    ///
    /// More goes than must, a quarter of the share at a time, so that the beginning of the prompt stays the same for
    /// some questions and is not read again for each.
    static func start(of costs: [Int], within share: Int) -> Int {
        let excess = costs.reduce(0, +) - share
        guard excess > 0 else { return 0 }
        let block = max(1, share / 4)
        let start = first(of: costs, taking: (excess + block - 1) / block * block)
        return start < costs.count ? start : first(of: costs, taking: excess)
    }

    private static func first(of costs: [Int], taking tokens: Int) -> Int {
        var taken = 0
        for (index, cost) in costs.enumerated() {
            if taken >= tokens { return index }
            taken += cost
        }
        return costs.count
    }
}
