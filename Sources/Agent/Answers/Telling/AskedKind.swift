import Languages
import Understanding

/// Of which kind the value is that a question asks for.
enum AskedKind: Sendable, Hashable {
    case person, place, time, count, amount, number, reason

    /// A part of a question that asks for one thing: "who rents flat 3".
    struct Clause: Sendable, Hashable {
        /// Nil where the words do not say.
        var kind: AskedKind?
        /// In lower case.
        var words: [String]
    }

    /// The parts of a question, in their order; what stands before the first belongs to it.
    ///
    /// - Parameter words: the question's, in lower case.
    static func clauses(of words: [String], in language: QuestionLanguage) -> [Clause] {
        let asking = language.words.results.asking
        let lists: [(AskedKind?, [String])] = [
            (.count, asking.count), (.amount, asking.amount), (.number, asking.number), (.person, asking.person),
            (.place, asking.place), (.time, asking.time), (.reason, asking.reason), (nil, asking.other),
        ]
        let phrases = lists.flatMap { kind, phrases in
            phrases.map { (kind: kind, parts: $0.split(separator: " ").map(String.init)) }
        }.sorted { $0.parts.count > $1.parts.count }
        var clauses: [Clause] = []
        var opening: [String] = []
        var index = 0
        while index < words.count {
            if let found = phrases.first(where: { words[index...].starts(with: $0.parts) }) {
                clauses.append(Clause(kind: found.kind, words: clauses.isEmpty ? opening : []))
                index += found.parts.count
                continue
            }
            if clauses.isEmpty {
                opening.append(words[index])
            } else {
                clauses[clauses.count - 1].words.append(words[index])
            }
            index += 1
        }
        guard !clauses.isEmpty else { return [Clause(kind: nil, words: opening)] }
        for index in clauses.indices where clauses[index].kind == nil {
            // "What does it cost?"
            if !language.words.results.amounts.isDisjoint(with: clauses[index].words) {
                clauses[index].kind = .amount
            }
        }
        return clauses
    }

    /// The kinds of values that answer it, the best first: what is of the first that there is, is told.
    var fitting: [Set<ValueKind>] {
        switch self {
        case .person: [[.person], [.name], [.text, .nothing]]
        case .place: [[.place], [.text, .name, .nothing]]
        case .time: [[.time]]
        case .reason: [[.reason]]
        case .count: [[.count], [.number, .amount]]
        case .amount: [[.amount], [.number, .count]]
        case .number: [[.number, .count, .amount], [.text]]
        }
    }
}
