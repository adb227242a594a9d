import Core
import Foundation
import Languages
import Understanding

/// Which properties of a result a question asks for: by the kind of value that it asks for ("who", "when"), and by the words
/// that it shares with the properties' names and descriptions.
struct AskedProperties: Sendable {
    /// Those that are asked for, in the result's order; none where no word tells.
    let nodes: [ResultNode]
    /// Whether the question says them itself: by a kind of value that they are of, or by their names. Else they are
    /// guessed from words that only begin alike or stand in descriptions.
    let areNamed: Bool
    /// Those that cannot be asked for, since they are of another kind than the one that is.
    let excluded: Set<ResultNode>

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
    ///   - value: in which the properties stand.
    ///   - operation: that returned it.
    ///   - arguments: what the call was given: words of these say what is asked *of*, and not what is asked for.
    ///   - described: what the operation's document says of its results.
    init(
        of question: String, in nodes: [ResultNode], of value: JSONValue, operation: String, arguments: JSONValue,
        described properties: [Tool.ResultProperty], language: QuestionLanguage
    ) {
        let descriptions = Dictionary(
            properties.map { ($0.name, $0.description) }, uniquingKeysWith: { first, _ in first })
        let names = Self.words(of: nodes, descriptions, language)
        let kinds = nodes.map { node -> ValueKind? in
            // A list of values is of their kind; a list of objects is of none.
            let found = ResultNode.values(at: node.path, in: value)
            guard node.isLeaf || !found.isEmpty && found.allSatisfy({ $0.value.object == nil }) else { return nil }
            let told = found.first { $0.value != .null }
            return ValueKind(
                of: told?.value ?? .null, at: node.path, beside: told?.parent,
                description: descriptions[node.path.last ?? ""] ?? "", in: language)
        }
        let said = arguments.texts
        let given = Set(said.flatMap(language.stem.all))
        let saidValues = Set(said.map { $0.lowercased() })
        // "Another word for laconic": that it is "laconic" is no answer.
        let isGiven = nodes.map { node -> Bool in
            let found = ResultNode.values(at: node.path, in: value).map { $0.value.string?.lowercased() }
            return !found.isEmpty && found.allSatisfy { $0.map(saidValues.contains) == true }
        }
        // Words of the operation say what the thing is, of which a property is asked for.
        let things = Set(language.stem.nameWords(in: operation).map(language.stem.of))
        let words = Self.words(of: String(question.prefix(1000)))
        var chosen: Set<Int> = []
        var excluded: Set<Int>?
        var areNamed = false
        for clause in AskedKind.clauses(of: words, in: language) {
            let asked = Set(
                clause.words.filter { language.common.isContent($0) && $0.count > 1 }.map(language.stem.of)
            ).subtracting(given).sorted()
            let asksForIdentifier = !language.words.results.identifiers.isDisjoint(with: clause.words)
            let scores = Self.scores(asked, names, things: things).enumerated().map { index, score in
                isGiven[index] || kinds[index] == .identifier && !asksForIdentifier ? 0 : score
            }
            let fitting = clause.kind?.fitting.map { kinds in
                nodes.indices.filter { index in kindsFit(kinds, index) }
            }
            func kindsFit(_ fitting: Set<ValueKind>, _ index: Int) -> Bool {
                kinds[index].map(fitting.contains) ?? false
            }
            guard let tiers = fitting, let first = tiers.first(where: { !$0.isEmpty }) else {
                let best = scores.max() ?? 0
                excluded = []
                guard best >= Self.least else { continue }
                let near = nodes.indices.filter { scores[$0] >= Self.near * best }
                // What is called by all of its name is meant before what is only called by a part.
                let stems = Set(asked)
                let whole = near.filter { Confirmation.says(stems, nodes[$0].path.last ?? "", language) }
                chosen.formUnion(whole.isEmpty ? near : whole)
                if best >= Self.own || !whole.isEmpty { areNamed = true }
                continue
            }
            // A list or an object of that name may hold what is asked for.
            let held = nodes.indices.filter { !nodes[$0].isLeaf && scores[$0] >= Self.own * Self.begun }
            // What stands outermost is of the thing itself, and what stands in lists of its parts.
            let outer = first.map { nodes[$0].path.count }.min() ?? 0
            let nearest = first.filter { nodes[$0].path.count == outer }
            let all = Set(tiers.joined())
            let named = all.filter { scores[$0] >= Self.least }
            let best = (named.map { scores[$0] }).max() ?? 0
            chosen.formUnion(
                best >= Self.own * Self.begun ? named.filter { scores[$0] >= Self.near * best } : Set(nearest))
            if clause.kind == .count { chosen.formUnion(held) }
            let others = Set(nodes.indices.filter { nodes[$0].isLeaf && !all.contains($0) })
            excluded = excluded?.intersection(others) ?? others
            areNamed = true
        }
        let told = chosen.sorted().map { nodes[$0] }
        self.nodes = told.filter { node in !told.contains { node.isInside($0) } }
        self.areNamed = areNamed && !told.isEmpty
        self.excluded = Set((excluded ?? []).map { nodes[$0] })
    }

    /// The words of a question; one that is written with a hyphen is also one without: "e-mail" is "email".
    private static func words(of question: String) -> [String] {
        hyphenated.replacing(in: question) { "\($0.text(1))\($0.text(2)) \($0.text(1)) \($0.text(2))" }
            .split { !$0.isLetter && !$0.isNumber }.flatMap { Stem.words(in: String($0)) }
    }

    private static let hyphenated = TextPattern(#"(\p{L}+)-(\p{L}+)"#)

    private struct Names {
        var own: [String]
        var around: [String]
        var described: [String]
    }

    private static func words(
        of nodes: [ResultNode], _ descriptions: [String: String], _ language: QuestionLanguage
    ) -> [Names] {
        let stem = language.stem
        return nodes.map { node in
            Names(
                own: stem.nameWords(in: node.path.last ?? "").map(stem.of),
                around: node.path.dropLast().flatMap { stem.nameWords(in: $0).map(stem.of) },
                described: stem.all(in: String((descriptions[node.path.last ?? ""] ?? "").prefix(300))))
        }
    }

    /// How much of the words each property's names say.
    ///
    /// - Parameter things: words that say a property only where they are all of its name.
    private static func scores(_ asked: [String], _ names: [Names], things: Set<String>) -> [Double] {
        var scores = [Double](repeating: 0, count: names.count)
        for word in asked {
            let fits = names.map { words -> Double in
                if things.contains(word), !words.own.allSatisfy(asked.contains) { return 0 }
                return max(
                    own * fit(word, words.own), around * fit(word, words.around),
                    described * fit(word, words.described))
            }
            // A word that half of the names have tells none from the others.
            let count = fits.count { $0 >= own * begun }
            let weight = 1 / (1 + log(Double(max(1, count))))
            for (index, fit) in fits.enumerated() { scores[index] += weight * fit }
        }
        return scores
    }

    private static func fit(_ stem: String, _ words: [String]) -> Double {
        if words.contains(stem) { return 1 }
        let isBegun = words.contains { word in
            min(word.count, stem.count) >= fewestShared && (word.hasPrefix(stem) || stem.hasPrefix(word))
        }
        return isBegun ? begun : 0
    }
}
