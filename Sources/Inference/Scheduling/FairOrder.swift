/// Who is served next. Each conversation has a virtual time that grows with the tokens computed for it; the one that
/// lags most goes first. One that comes anew starts where the least served of those that run stands, so that neither past
/// thrift nor past greed counts, and whoever has been served much is passed by newcomers for a while and not for ever
/// (start-time fair queueing: Goyal, Vin and Cheng, 1996).
struct FairOrder {
    private struct Account {
        var served: Double
        /// Requests of the conversation that wait or run.
        var requests: Int
    }

    private var accounts: [String: Account] = [:]
    /// Where newcomers start. Never goes back.
    private var now = 0.0

    mutating func join(_ conversation: String) {
        accounts[conversation, default: Account(served: now, requests: 0)].requests += 1
    }

    /// Lets time go on with those that run.
    mutating func advance(running: some Sequence<String>) {
        now = max(now, running.map { served($0) }.min() ?? now)
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
