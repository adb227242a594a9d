import Core
import Understanding

/// Clauses of a question, one after another, that ask the same tool for something.
struct ClauseGroup: Sendable, Hashable {
    /// In the question's order.
    var clauses: Range<Int>
    var text: String
    var operation: String

    /// How much more must speak for another tool than the whole question's, in log-odds, for what a clause asks for.
    private static let lead = 0.5
    /// How much less likely may be meant what is asked beside something else that a tool does.
    private static let company = 1.0

    /// - Parameters:
    ///   - choices: for each clause, as if it were all of the question.
    ///   - whole: what all of the question asks for.
    static func all(
        of clauses: [QuestionParts.Clause], _ choices: [RequestChoice], whole: RequestChoice
    ) -> [ClauseGroup] {
        let isAccompanied = choices.contains { $0.chosen != nil }
        let usual = whole.chosen?.operation
        var groups: [(clause: QuestionParts.Clause, range: Range<Int>, operation: String?)] = []
        for (index, clause) in clauses.enumerated() {
            let choice = choices[index]
            var operation = choice.chosen?.operation
            if operation == nil, clause.begins, isAccompanied { operation = choice.best(from: -company) }
            if let own = operation, let usual, own != usual, let other = choice.leads[usual],
                choice.leads[own, default: 0] - other < lead
            {
                operation = usual
            }
            if let last = groups.last {
                let isOwn = clause.begins || !clause.refersBack && operation.map { choice.isNamed($0) } ?? false
                if operation != nil && operation == last.operation || !isOwn {
                    groups[groups.count - 1].clause.join(clause)
                    groups[groups.count - 1].range = last.range.lowerBound..<(index + 1)
                    continue
                }
            }
            groups.append((clause, index..<(index + 1), operation))
        }
        return groups.compactMap { group in
            group.operation.map { ClauseGroup(clauses: group.range, text: group.clause.text, operation: $0) }
        }
    }
}

extension RequestChoice {
    /// The likeliest operation whose required arguments are all said.
    fileprivate func best(from least: Double) -> String? {
        leads.filter { $0.value >= least && isNamed($0.key) }
            .max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    }

    /// Whether an operation's required arguments are all said, and its name in part.
    fileprivate func isNamed(_ operation: String) -> Bool { complete.contains(operation) && named.contains(operation) }
}
