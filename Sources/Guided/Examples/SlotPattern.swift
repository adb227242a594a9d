/// How arguments stand among the words of a question, each in place of what says it: "how many ‹to› are ‹value› ‹from›".
/// What the examples have beside an argument tells which words are meant, where a small model alone would guess.
struct SlotPattern: Sendable {
    /// Neighbouring words of which at least one is an argument.
    let neighbours: Set<String>

    /// - Parameter places: where arguments are said, in characters, by the slots' indices.
    init(_ text: Utterance, _ places: [Int: Range<Int>]) {
        var tokens = ["^"]
        for word in text.words {
            let token =
                // "3 miles" is a quantity, and "miles" in it a unit.
                places.filter { $0.value.overlaps(word.range) }.min {
                    ($0.value.count, $0.key) < ($1.value.count, $1.key)
                }
                .map { "‹\($0.key)›" } ?? word.lower
            if token != tokens.last || !token.hasPrefix("‹") { tokens.append(token) }
        }
        tokens.append("$")
        neighbours = Set(
            zip(tokens, tokens.dropFirst()).filter { $0.0.hasPrefix("‹") || $0.1.hasPrefix("‹") }.map {
                "\($0.0) \($0.1)"
            })
    }

    /// The neighbours in which an argument stands behind something.
    func before(_ index: Int) -> Set<String> { neighbours.filter { $0.hasSuffix(" ‹\(index)›") } }

    /// How many of the neighbours examples have too, each by the part of the examples that has it.
    func support(by examples: [SlotPattern]) -> Double {
        guard !examples.isEmpty else { return 0 }
        return neighbours.reduce(0) { sum, pair in
            sum + Double(examples.count { $0.neighbours.contains(pair) }) / Double(examples.count)
        }
    }
}
