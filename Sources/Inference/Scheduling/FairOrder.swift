/// Who is served next. Each conversation has a virtual time that grows with the tokens computed for it; the one that
/// lags most goes first, and one that comes anew starts where the least served stands, so that neither past thrift nor
/// past greed counts (start-time fair queueing: Goyal, Vin and Cheng, 1996).
struct FairOrder {
    private struct Account {
        var served: Double
        /// Requests of the conversation that wait or run.
        var requests: Int
    }

    private var accounts: [String: Account] = [:]

    mutating func join(_ conversation: String) {
        let start = accounts.values.map(\.served).min() ?? 0
        accounts[conversation, default: Account(served: start, requests: 0)].requests += 1
    }

    mutating func leave(_ conversation: String) {
        guard var account = accounts[conversation] else { return }
        account.requests -= 1
        accounts[conversation] = account.requests > 0 ? account : nil
    }

    mutating func charge(_ conversation: String, tokens: Int) {
        accounts[conversation]?.served += Double(tokens)
    }

    func served(_ conversation: String) -> Double { accounts[conversation]?.served ?? 0 }

    /// The order in which requests that came in this order are served: of each conversation its first, the least served
    /// conversation first.
    ///
    /// - Returns: indices; requests behind another of their conversation are left out.
    func order(_ conversations: [String]) -> [Int] {
        var seen: Set<String> = []
        let heads = conversations.indices.filter { seen.insert(conversations[$0]).inserted }
        return heads.sorted { (served(conversations[$0]), $0) < (served(conversations[$1]), $1) }
    }
}
