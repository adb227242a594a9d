import Core

/// Values that are said together as a path writes them: `python/cpython` for `/repos/{owner}/{repo}`.
struct PathPairs {
    let reading: QuestionReading
    /// Names of arguments that stand beside each other in the path, with nothing but a slash between.
    private let pairs: [(first: String, second: String)]

    private static let score = 3.0
    private static let template = TextPattern(#"\{([^{}]{1,80})\}"#)

    init(tool: Tool, reading: QuestionReading) {
        self.reading = reading
        let segments = (tool.origin?.path ?? "").split(separator: "/").map(String.init)
        let names = segments.map { segment in
            Self.template.firstMatch(in: segment).flatMap { $0.text.count == segment.count ? String($0.text(1)) : nil }
        }
        pairs = zip(names, names.dropFirst()).compactMap { first, second in
            first.flatMap { first in second.map { (first, $0) } }
        }
    }

    /// What fills a slot as its part of a pair.
    func candidates(for slot: Slot) -> [Candidate] {
        guard let place = pairs.firstIndex(where: { $0.first == slot.name || $0.second == slot.name }) else {
            return []
        }
        let isFirst = pairs[place].first == slot.name
        return reading.text.words.compactMap { word in
            let parts = word.text.split(separator: "/", omittingEmptySubsequences: false)
            guard parts.count == 2, parts.allSatisfy({ $0.contains(where: \.isLetter) }) else { return nil }
            let middle = word.range.lowerBound + parts[0].count
            return Candidate(
                value: .string(String(parts[isFirst ? 0 : 1])),
                range: isFirst ? word.range.lowerBound..<middle : (middle + 1)..<word.range.upperBound,
                score: Self.score)
        }
    }
}
