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
    func supplied(from source: ArgumentSource, asked: Range<Int>, score: Double) -> FilledCall {
        var call = self
        for index in slots.indices where slots[index].path.count == 1 {
            guard let name = slots[index].path[0], source.properties[name] != nil,
                assignment.filled[index] == nil
            else { continue }
            call.assignment.fill(index, with: Candidate(value: .null, range: asked, score: score))
        }
        call.sources = [source]
        return call
    }

    /// The words that this call would be asked by as a source: what fills its arguments, or what it is about, all of which must
    /// be said; nil where it is not asked for.
    func words(in question: QuestionReading) -> (range: Range<Int>, score: Double)? {
        guard unsaid.isEmpty else { return nil }
        let named = assignment.filled.compactMap { candidate -> (Range<Int>, Double)? in
            guard let candidate, let range = candidate.range, case .string = candidate.value else { return nil }
            return (range, candidate.score)
        }
        if let best = named.max(by: { $0.1 < $1.1 }) { return best }
        guard assignment.isEmpty, !slots.contains(where: \.isRequired) else { return nil }
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
        return (first.range.lowerBound..<last.range.upperBound, 1)
    }
}
