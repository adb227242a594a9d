import Core
import Foundation
import Languages
import Understanding

/// What speaks for a question's being meant for a tool: named figures, which `ChoiceWeights` weighs.
struct ToolEvidence: Sendable, Hashable {
    /// What is not set is 0.
    private var figures: [Name: Double] = [:]

    /// What is looked at. The order is that of the values.
    enum Name: String, CaseIterable, Sendable, Codable {
        /// Cosine of the question with the tool's name, description and parameters.
        case subject
        /// The same with the name alone, and with the description alone.
        case name
        case description
        /// The same with all that is said of it: its API, path, inputs and what it tells.
        case whole
        /// How much nearer that is than the same of the nearest other tool.
        case lead
        /// Cosines with names of arguments in the place of what fills them: "Which team won the ‹event› in ‹year›?"
        case framedSubject
        case framedDescription
        case framedWhole
        /// Nearness to the nearest sentence or phrase of its description; to the nearest of these and its example questions;
        /// and how much nearer that is than the same of the nearest other tool.
        case sentence
        case nearest
        case nearestLead
        /// Nearness to the nearest of its example questions, and whether it has any.
        case example
        case hasExamples
        /// How near the question is to what people say that no tool is for.
        case conversational
        /// How likely the message wants something that the model may answer by itself, that something is told, a fact, and
        /// something that is done; and the last two for a tool that changes something.
        case spoken
        case fact
        case order
        case factByChange
        case orderByChange
        /// The part of the name's words that the question has.
        case nameOverlap
        /// The part of the description's words that the question has.
        case descriptionOverlap
        /// The part of the question's words that the tool speaks of anywhere or that fill its arguments.
        case coverage
        /// The part of the question's words, each by how well it tells the offered tools apart, that the tool speaks of.
        case rareWords
        /// The part of the words that fill no argument that name something the tool tells, and that its descriptions have.
        case resultNames
        case results
        /// Nearness to the nearest of the things it tells.
        case property
        /// A number is asked for ("how many"), and a number of that name is told.
        case tellsCount
        /// What the tool is about stands beside what fills its arguments ("the move Thunderbolt"), or apart from it ("which
        /// abilities has Snorlax?"), or is said where nothing fills them.
        case nounBeside
        case nounApart
        case nounAlone
        /// Things the tool is about by its path that are not said.
        case nounsUnsaid
        /// The question gives which one of the things by the path is meant, or gives that for another tool that tells of one of
        /// those that this one lists.
        case oneNamed
        case oneOfListNamed
        /// What the path asks for of one thing is said, or not: "stock" of `/items/{item_id}/stock`.
        case tailSaid
        case tailUnsaid
        /// The logarithm of how many things it tells.
        case tells
        /// What the tool is about is said in the plural, and it gives a list; or one; and in the singular, and a list.
        case pluralOfList
        case pluralOfOne
        case singularOfList
        /// Whether the last word of the tool's name, or its first that is no verb, is said.
        case headSaid
        /// The part of the required arguments that the question gives.
        case grounded
        /// Required numbers and lists of numbers that it does not give.
        case missingNumbers
        /// Other required arguments that it does not give.
        case missingOthers
        /// How well what the question gives fits the arguments that it fills, on average.
        case fit
        /// The same of the one that fits worst.
        case worstFit
        /// Arguments that are filled though they need not be.
        case optionalFilled
        /// Figures of the question that fill no argument.
        case unusedFigures
        /// Names, codes, quotations, dates and times that fill no argument.
        case unusedNames
        /// The tool changes something and the question only asks.
        case changesUnasked
        /// Something is to be changed, and the tool only reads.
        case readsOrder
        /// Something is to be done, and the tool does it; and it does something else.
        case sameAction
        case otherAction
        /// How many tools there are: the natural logarithm of their number beyond eight.
        case many
    }

    subscript(name: Name) -> Double {
        get { figures[name, default: 0] }
        set { figures[name] = newValue }
    }

    /// All figures, in the order of their names.
    var values: [Double] { Name.allCases.map { self[$0] } }

    init(_ call: FilledCall, _ reading: QuestionReading) {
        let words = reading.text.words
        let language = reading.language
        let asked = Set(words.flatMap { language.stem.all(in: $0.text) })
        func overlap(_ text: [String]) -> Double {
            let stems = Set(text.filter { language.common.isTelling($0) && $0.count > 1 }.map(language.stem.of))
            guard !stems.isEmpty else { return 0 }
            return Double(stems.count { asked.contains($0) }) / Double(stems.count)
        }
        let name = Stem.words(in: call.tool.operation)
        self[.nameOverlap] = overlap(name)
        self[.descriptionOverlap] = overlap(Stem.words(in: call.tool.description))
        let nouns = name.filter { language.common.isTelling($0) && $0.count > 1 }
        self[.headSaid] =
            [nouns.first, nouns.last].contains { $0.map { asked.contains(language.stem.of($0)) } ?? false } ? 1 : 0
        let used = call.assignment.ranges
        let open = words.filter { word in !used.contains { $0.overlaps(word.range) } }
        addWords(call, reading, open: open)
        addArguments(call, reading, used: used)
        addAction(call, reading)
        addNouns(call, asked: asked, reading, used: used, open: open)
        addPath(call, asked: asked, language)
        self[.hasExamples] = call.tool.examples.isEmpty ? 0 : 1
    }

    /// - Parameter open: the words that fill no argument.
    private mutating func addWords(_ call: FilledCall, _ reading: QuestionReading, open: [Utterance.Word]) {
        let outline = call.reading.outline
        let language = reading.language
        let told = Set(
            language.stem.all(in: call.tool.operation) + language.stem.all(in: call.tool.description)
                + call.slots.flatMap { $0.notes.nameStems + $0.notes.descriptionStems }
        ).union(outline.resultNames)
        let content = reading.text.words.count { language.common.isTelling($0.lower) }
        let open = open.filter { language.common.isTelling($0.lower) }
        func part(of words: [Utterance.Word], in stems: Set<String>) -> Double {
            guard !words.isEmpty else { return 0 }
            let found = words.count { word in
                language.stem.all(in: word.text).contains { stem in
                    stems.contains(stem) || stems.contains { Stem.areAlike($0, stem) }
                }
            }
            return Double(found) / Double(words.count)
        }
        let covered = Double(content - open.count) + part(of: open, in: told) * Double(open.count)
        self[.coverage] = covered / Double(max(1, content))
        self[.resultNames] = part(of: open, in: outline.resultNames)
        self[.results] = part(of: open, in: outline.resultStems)
    }

    /// - Parameter used: the words that fill arguments.
    private mutating func addArguments(_ call: FilledCall, _ reading: QuestionReading, used: [Range<Int>]) {
        let filled = call.assignment.filled
        self[.grounded] = call.grounded
        let required = call.slots.indices.filter { call.slots[$0].isRequired }
        for index in required where filled[index] == nil {
            switch call.slots[index].kind {
            case .number, .numbers: self[.missingNumbers] += 1
            default: self[.missingOthers] += 1
            }
        }
        let scores = filled.compactMap { $0 }.filter { $0.range != nil }.map { min(2, max(-1, $0.score)) }
        self[.fit] = scores.isEmpty ? 0 : scores.reduce(0, +) / Double(scores.count)
        self[.worstFit] = scores.min() ?? 0
        self[.optionalFilled] = Double(
            min(3, call.slots.indices.count { !call.slots[$0].isRequired && filled[$0]?.range != nil }))
        self[.unusedFigures] = Double(
            reading.quantities.count { quantity in quantity.isFigure && !used.contains { $0.overlaps(quantity.range) } }
        )
        let names = reading.spans.filter { $0.isWhole && [.name, .code, .quoted, .date, .time].contains($0.kind) }
        self[.unusedNames] = Double(min(2, names.count { name in !used.contains { $0.overlaps(name.range) } }))
    }

    /// - Parameters:
    ///   - asked: the stems of the question's words.
    ///   - used, open: the words that fill arguments, and those that fill none.
    private mutating func addNouns(
        _ call: FilledCall, asked: Set<String>, _ reading: QuestionReading, used: [Range<Int>], open: [Utterance.Word]
    ) {
        let (words, language) = (reading.text.words, reading.language)
        let outline = call.reading.outline
        let nouns = Set(outline.nouns)
        let said = words.indices.filter { index in
            !used.contains { $0.overlaps(words[index].range) }
                && language.stem.all(in: words[index].text).contains { nouns.contains($0) }
        }
        if !nouns.isEmpty {
            self[.nounsUnsaid] = Double(min(3, nouns.count { !asked.contains($0) }))
        }
        if !said.isEmpty {
            if used.isEmpty {
                self[.nounAlone] = 1
            } else {
                // A word between them may bind: "the followers of torvalds".
                let beside = said.contains { index in
                    let near = words.indices.filter { abs($0 - index) <= 2 }
                    return near.contains { near in used.contains { $0.overlaps(words[near].range) } }
                }
                self[beside ? .nounBeside : .nounApart] = 1
            }
            let isPlural = said.contains { language.isPlural(words[$0].lower) }
            if isPlural { self[call.tool.returnsList ? .pluralOfList : .pluralOfOne] = 1 }
            if !isPlural, call.tool.returnsList { self[.singularOfList] = 1 }
        }
        let counts = zip(words, words.dropFirst()).contains {
            language.counts($0.lower, $1.lower)
        }
        if counts {
            self[.tellsCount] =
                open.contains { !outline.numbers.isDisjoint(with: language.stem.all(in: $0.text)) } ? 1 : 0
        }
    }

    private mutating func addPath(_ call: FilledCall, asked: Set<String>, _ language: QuestionLanguage) {
        self[.tells] = log(1 + Double(call.tool.results.count))
        guard let path = ResourcePath(of: call.tool) else { return }
        self[.oneNamed] = call.namesOne ? 1 : 0
        let tail = language.stem.all(in: path.tail).filter { !language.words.documents.pathWords.contains($0) }
        guard !tail.isEmpty else { return }
        self[tail.contains(where: asked.contains) ? .tailSaid : .tailUnsaid] = 1
    }

    private mutating func addAction(_ call: FilledCall, _ reading: QuestionReading) {
        let wanted = reading.text.action
        let done = call.reading.outline.action
        self[.changesUnasked] = wanted == .read && !call.tool.isReadOnly && call.tool.origin != nil ? 1 : 0
        self[.readsOrder] = wanted != .read && done == .read ? 1 : 0
        guard wanted != .read, let done, done != .read else { return }
        self[wanted == done ? .sameAction : .otherAction] = 1
    }
}
