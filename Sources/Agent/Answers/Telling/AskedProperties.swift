import Core
import Foundation
import Understanding

/// Which properties of a result a question asks for, by the words that it shares with their names and descriptions.
struct AskedProperties: Sendable {
    /// Those that are asked for, the best first; none where no word tells.
    let nodes: [ResultNode]

    /// What a word counts for where it stands in a property's own name, in the name of what it stands in, and in its
    /// description.
    private static let (own, around, described) = (1.0, 0.5, 0.4)
    /// A word that only begins as another does: "weigh" and "weight".
    private static let begun = 0.8
    /// Letters that two words share at least where one begins as the other.
    private static let fewestShared = 4
    /// A property with this part of the best's score is asked for as well.
    private static let near = 0.8
    /// The least score of a property that is asked for.
    private static let least = 0.3

    /// - Parameters:
    ///   - arguments: what the call was given: words of these say what is asked *of*, and not what is asked for.
    ///   - described: what the operation's document says of its results.
    init(
        of question: String, in nodes: [ResultNode], arguments: JSONValue, described properties: [Tool.ResultProperty],
        language: QuestionLanguage
    ) {
        let stem = language.stem
        let given = Set(Self.strings(in: arguments).flatMap(stem.all))
        let asked = Set(
            Stem.words(in: String(question.prefix(1000))).filter { language.common.isContent($0) && $0.count > 1 }
                .map(stem.of)
        ).subtracting(given).sorted()
        let descriptions = Dictionary(
            properties.map { ($0.name, $0.description) }, uniquingKeysWith: { first, _ in first })
        let words = nodes.map { node in
            (
                own: stem.nameWords(in: node.path.last ?? "").map(stem.of),
                around: node.path.dropLast().flatMap { stem.nameWords(in: $0).map(stem.of) },
                described: stem.all(in: String((descriptions[node.path.last ?? ""] ?? "").prefix(300)))
            )
        }
        var scores = [Double](repeating: 0, count: nodes.count)
        for word in asked {
            let fits = words.map { words in
                max(
                    Self.own * Self.fit(word, words.own), Self.around * Self.fit(word, words.around),
                    Self.described * Self.fit(word, words.described))
            }
            // A word that half of the names have tells none from the others.
            let count = fits.count { $0 >= Self.own * Self.begun }
            let weight = 1 / (1 + log(Double(max(1, count))))
            for (index, fit) in fits.enumerated() { scores[index] += weight * fit }
        }
        let best = scores.max() ?? 0
        guard best >= Self.least else {
            self.nodes = []
            return
        }
        let chosen = nodes.indices.filter { scores[$0] >= Self.near * best }.sorted {
            (-scores[$0], $0) < (-scores[$1], $1)
        }.map { nodes[$0] }
        self.nodes = chosen.filter { node in !chosen.contains { node.isInside($0) } }
    }

    private static func fit(_ stem: String, _ words: [String]) -> Double {
        if words.contains(stem) { return 1 }
        let isBegun = words.contains { word in
            min(word.count, stem.count) >= fewestShared && (word.hasPrefix(stem) || stem.hasPrefix(word))
        }
        return isBegun ? begun : 0
    }

    private static func strings(in value: JSONValue) -> [String] {
        switch value {
        case .string(let text): [text]
        case .array(let items): items.flatMap(strings)
        case .object(let members): members.values.flatMap(strings)
        default: []
        }
    }
}
