import Core
import Languages
import Understanding

/// Where arguments that nobody says come from: what another operation of the same API tells of the thing that was named.
/// "What has Nordlicht GmbH ordered?" names no `customer_id`; the list of customers tells it.
struct ArgumentSource: Sendable {
    /// The operation that is asked first.
    var call: FilledCall
    /// For each parameter the property of a result that it is taken from; an empty name is the result itself.
    var properties: [String: String]

    func supplies(_ slot: Slot) -> Bool { properties.contains { slot.path == [$0.key] } }
}

/// Finds which operation tells what another requires, by the names of its results and of the things that both are about.
struct ArgumentSources {
    let readings: ToolReadings
    let language: QuestionLanguage

    /// The property of another operation's result for each of the parameters that nobody says; nil where it does not tell all.
    func properties(_ call: FilledCall, from producer: Tool) -> [String: String]? {
        guard producer.plugin == call.tool.plugin, producer.operation != call.tool.operation, producer.isReadOnly,
            producer.origin != nil, producer.examples.isEmpty,
            // A list of things tells as much of one as the operation for one.
            let path = ResourcePath(of: call.tool), ResourcePath(of: producer)?.lists(path) == false
        else { return nil }
        var properties: [String: String] = [:]
        for name in call.unsaid {
            guard let slot = call.slots.first(where: { $0.path == [name] }),
                let property = property(for: slot, of: call.tool, in: producer)
            else { return nil }
            properties[name] = property
        }
        return properties.isEmpty ? nil : properties
    }

    private func property(for slot: Slot, of tool: Tool, in producer: Tool) -> String? {
        let names = producer.results.map(\.name)
        func named(_ words: Set<String>) -> String? { names.first { words.contains($0.lowercased()) } }
        switch slot.notes.part {
        case .latitude: return named(language.words.slots.latitudes)
        case .longitude: return named(language.words.slots.longitudes)
        default: break
        }
        let words = Stem.words(in: slot.name)
        let identifiers = language.words.results.identifiers
        guard let kind = words.last, identifiers.contains(kind) else { return nil }
        let thing = words.count > 1 ? language.stem.of(words[words.count - 2]) : thing(before: slot.name, in: tool)
        // A list of identifiers and nothing else.
        if names.isEmpty, producer.returnsList { return words.count == 1 ? "" : nil }
        if words.count > 1, let same = names.first(where: { Stem.words(in: $0) == words }) { return same }
        let about = readings.outlines.value(of: producer).nouns.suffix(2)
        guard let thing, about.contains(where: { Stem.areAlike($0, thing) }) else { return nil }
        return names.first { $0.lowercased() == kind } ?? names.first { Stem.words(in: $0) == [thing, kind] }
    }

    /// What stands in the path before a parameter: `orders` of `/orders/{id}`, as a stem.
    private func thing(before parameter: String, in tool: Tool) -> String? {
        let segments = tool.origin?.path.split(separator: "/") ?? []
        guard let place = segments.firstIndex(where: { $0.contains("{\(parameter)}") }), place > 0 else { return nil }
        return Stem.words(in: String(segments[place - 1])).last.map(language.stem.of)
    }
}

extension FilledCall {
    /// Whether a question says what the call tells of one thing: "orders" of `/customers/{id}/orders`.
    func isTailSaid(in question: QuestionReading) -> Bool {
        guard let tail = ResourcePath(of: tool)?.tail, !tail.isEmpty else { return true }
        let language = question.language
        let own = Stem.words(in: tail).flatMap(language.stem.all)
        return question.text.words.contains { word in
            !language.common.binding.contains(word.lower)
                && language.stem.all(in: word.text).contains { stem in own.contains { Stem.areAlike($0, stem) } }
        }
    }

    /// This call with what another operation tells in the place of what nobody says, taken from the words that it is asked by.
    func supplied(from source: ArgumentSource, asked: Range<Int>) -> FilledCall {
        var call = self
        for index in slots.indices where source.supplies(slots[index]) {
            call.assignment.fill(index, with: Candidate(value: .null, range: asked, score: 1))
        }
        call.sources = [source]
        return call
    }

    /// A call as it would be asked for another one: by what names a thing, or by what it is about, all of which must be said,
    /// and nothing of it be what the other is about.
    ///
    /// - Returns: with the words that it is asked by and how well they fit; nil where it is not asked for.
    func asSource(
        in question: QuestionReading, for other: FilledCall
    ) -> (call: FilledCall, range: Range<Int>, score: Double)? {
        guard unsaid.isEmpty else { return nil }
        let given = assignment.filled.compactMap { candidate -> (call: FilledCall, range: Range<Int>, score: Double)? in
            guard let candidate, let range = candidate.range, candidate.value.string != nil else { return nil }
            return (self, range, candidate.score)
        }
        if let best = (given + [named(in: question)].compactMap(\.self)).max(by: { $0.score < $1.score }) {
            return (best.call, best.range, best.score + Self.byName)
        }
        guard assignment.isEmpty, !slots.contains(where: \.isRequired),
            Set(reading.outline.nouns).isDisjoint(with: other.reading.outline.nouns)
        else { return nil }
        let language = question.language
        let own = Stem.words(in: tool.operation)
            .filter { language.common.isTelling($0) && language.action(of: $0) == nil }.map(language.stem.of)
        let said = question.text.words.filter { word in
            language.stem.all(in: word.text).contains { stem in own.contains { Stem.areAlike($0, stem) } }
        }
        guard !own.isEmpty, let first = said.first, let last = said.last,
            own.allSatisfy({ own in
                said.contains { language.stem.all(in: $0.text).contains { Stem.areAlike($0, own) } }
            })
        else { return nil }
        return (self, first.range.lowerBound..<last.range.upperBound, 1)
    }

    /// A list that is searched for a name, though nobody has to search it: `/customers?name=`.
    private func named(in question: QuestionReading) -> (call: FilledCall, range: Range<Int>, score: Double)? {
        let naming = question.language.words.documents.identifying
        var best: (call: FilledCall, range: Range<Int>, score: Double)?
        for (index, slot) in slots.enumerated() where slot.kind == .text {
            guard naming.contains(slot.name) || slot.notes.theme == .query else { continue }
            for candidate in candidates[index] where question.isNamed(candidate.place) {
                guard let range = candidate.range else { continue }
                // "Nordlicht GmbH" rather than "Nordlicht GmbH ordered".
                let isCapital = question.text.words[question.text.words(in: range)].last?.isCapitalised ?? false
                let score = candidate.score + (isCapital ? Self.capital : 0)
                guard score > best?.score ?? -.infinity else { continue }
                var call = self
                call.assignment.fill(index, with: candidate)
                best = (call, range, score)
            }
        }
        return best
    }

    /// What names a thing says more than what names a list.
    private static let byName = 10.0
    private static let capital = 0.5
}
