import Core
import Grammar
import Languages
import Understanding

/// Writes a call's arguments: what was found in the question, and where something required was not, what the model
/// makes of it under the parameter's schema.
struct ArgumentWriter {
    let model: any TokenModel
    let question: String
    let language: QuestionLanguage

    /// - Parameter rounds: what fills each slot; the second and later ones fill more items of a list of objects.
    func arguments(of call: FilledCall, rounds: [[Candidate?]], usage: inout Usage) async throws -> JSONValue {
        let tool = call.tool
        var tree = JSONValue.object([:])
        for (round, filled) in rounds.enumerated() {
            for (slot, candidate) in zip(call.slots, filled) {
                guard let candidate, round == 0 || slot.isOfItems else { continue }
                var value = candidate.value
                if PlaceForm.asksForState(slot), let city = value.string {
                    value = .string(
                        try await PlaceForm(model: model, places: language.words.prompts.places).withState(
                            city, usage: &usage))
                }
                Self.put(value, at: slot.path[...], item: round, in: &tree)
            }
        }
        // What is required and missing, by the parameter it is a part of.
        let required = tool.parameters["required"]?.array?.compactMap(\.string) ?? []
        let names = Slot.names(of: tool)
        for (slot, candidate) in zip(call.slots, rounds.first ?? []) where candidate == nil && slot.isRequired {
            if let fallback = slot.notes.fallback, !slot.isOfItems {
                Self.put(fallback, at: slot.path[...], item: 0, in: &tree)
            }
        }
        for name in names {
            guard let schema = tool.parameters["properties"]?[name] else { continue }
            if let most = schema["maxItems"]?.integer, let items = tree[name]?.array, items.count > most {
                Self.put(.array(Array(items.prefix(max(0, most)))), at: [name], item: 0, in: &tree)
            }
            if let value = tree[name], isInstance(value, schema, of: tool) { continue }
            if let written = tree[name]?.string.flatMap({ reformed($0, schema, of: tool) }) {
                Self.put(.string(written), at: [name], item: 0, in: &tree)
                continue
            }
            // What was found does not do, or nothing was found.
            let hadValue = tree[name] != nil
            let isRequired = required.contains(name)
            Self.remove(name, from: &tree)
            guard isRequired || hadValue else { continue }
            var value = try await written(name, schema, tool, known: tree, names: names, usage: &usage)
            if value == nil, isRequired { value = MinimalValue.of(schema, in: tool.parameters) }
            if let value { Self.put(value, at: [name], item: 0, in: &tree) }
        }
        return tree
    }

    /// What the question gives for a call, without anything that is still to be said.
    func said(_ call: FilledCall) -> JSONValue {
        var tree = JSONValue.object([:])
        for (slot, candidate) in zip(call.slots, call.assignment.filled) {
            if let candidate { Self.put(candidate.value, at: slot.path[...], item: 0, in: &tree) }
        }
        return tree
    }

    /// A text in another spelling that the schema allows: `204553` of "20-45-53", `golden-gate` of "Golden Gate".
    private func reformed(_ text: String, _ schema: JSONValue, of tool: Tool) -> String? {
        let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }
        let bare = text.filter { $0.isLetter || $0.isNumber }
        let forms = [
            text.lowercased(), text.uppercased(), bare, bare.uppercased(), words.joined(separator: "-"),
            words.joined(separator: "_"),
        ]
        return forms.first { !$0.isEmpty && isInstance(.string($0), schema, of: tool) }
    }

    /// The required parameters for which something was said that their schemas do not allow in any spelling.
    func unfit(_ call: FilledCall) -> [String] {
        let said = said(call)
        let required = Set(call.tool.parameters["required"]?.array?.compactMap(\.string) ?? []).subtracting(call.unsaid)
        return Slot.names(of: call.tool).filter { name in
            guard required.contains(name), let value = said[name],
                let schema = call.tool.parameters["properties"]?[name]
            else { return false }
            return !isInstance(value, schema, of: call.tool)
                && value.string.flatMap { reformed($0, schema, of: call.tool) } == nil
        }
    }

    private func isInstance(_ value: JSONValue, _ schema: JSONValue, of tool: Tool) -> Bool {
        SchemaValidator.verdict(on: value, of: schema, document: tool.parameters).isInstance
    }

    /// - Returns: nil where nothing that the schema allows was written.
    private func written(
        _ name: String, _ schema: JSONValue, _ tool: Tool, known: JSONValue, names: [String], usage: inout Usage
    ) async throws -> JSONValue? {
        let given = names.compactMap { other in known[other].map { "\(other): \($0.text)" } }
        let opening = (given + ["\(name): "]).joined(separator: ", ")
        let lines =
            [
                "\(tool.operation): \(tool.description.prefix(while: { $0 != "\n" }))", "",
            ] + language.words.prompts.calls.valueExamples + [
                "\"\(question.replacing("\n", with: " "))\" → \(tool.operation)(\(opening)"
            ]
        if case .numbers(let isInteger) = Slot.kind(of: schema) {
            // Rather all numbers there are than made up ones.
            let said = QuestionReading(question, today: "2000-01-01", in: language).quantities.map {
                $0.json(as: $0.value)
            }
            let list = JSONValue.array(said.filter { !isInteger || $0.isWhole })
            if isInstance(list, schema, of: tool) { return list }
        }
        if case .number(let isInteger) = Slot.kind(of: schema), schema["minimum"] == nil, schema["maximum"] == nil {
            let number = try await likeliestNumber(
                after: lines.joined(separator: "\n"), isInteger: isInteger, usage: &usage)
            if let number, isInstance(number, schema, of: tool) { return number }
        }
        let isText = schema["type"]?.string == "string"
        let request = GenerationRequest(
            prompt: Prompt([.text(lines.joined(separator: "\n"))]),
            sampling: Sampling(temperature: 0, maxTokens: isText ? 24 : 80),
            constraint: .schema(isText ? bounded(schema, name: name) : schema, document: tool.parameters))
        guard let text = try await constrained(request, usage: &usage) else { return nil }
        if let value = try? JSONValue(parsing: text) {
            return isInstance(value, schema, of: tool) ? .some(value) : .none
        }
        // Cut: the words before the comma that began a repetition.
        let words = JSONValue.string(String(text.dropFirst().prefix { $0 != "," }))
        return words != "" && isInstance(words, schema, of: tool) ? .some(words) : .none
    }

    /// Words and figures, and few: a small model that is free to goes on with the notation instead.
    private func bounded(_ schema: JSONValue, name: String) -> JSONValue {
        guard var members = schema.object, schema["enum"] == nil else { return schema }
        members["minLength"] = members["minLength"] ?? 1
        if (members["minLength"]?.number ?? 0) <= 40 { members["maxLength"] = members["maxLength"] ?? 40 }
        // Beside a pattern, no other and no length can be held to.
        let shaping = ["pattern", "format", "minLength", "allOf", "anyOf", "oneOf", "$ref"]
        if !shaping.contains(where: { schema[$0] != nil }) { members["pattern"] = "^[A-Za-z][A-Za-z .'-]*$" }
        let notes = SlotNotes(name: name, schema: schema, kind: .text, in: language)
        if notes.isClosed { members["enum"] = .array(notes.options.map(JSONValue.string)) }
        return .object(members)
    }

    /// What the model writes under a schema; nil where the schema allows nothing, or is none that a text can be held to.
    func constrained(_ request: GenerationRequest, usage: inout Usage) async throws -> String? {
        do {
            let (text, more) = try await model.text(request)
            usage += more
            return text
        } catch let error as any SquireError where [.schemaUnsatisfiable, .schemaInvalid].contains(error.kind) {
            return nil
        }
    }

    private static func remove(_ name: String, from tree: inout JSONValue) {
        guard var members = tree.object else { return }
        members[name] = nil
        tree = .object(members)
    }

    /// A number that nobody said: one of those that are common, or one of the question's once more.
    private func likeliestNumber(after prompt: String, isInteger: Bool, usage: inout Usage) async throws -> JSONValue? {
        let said = QuestionReading(question, today: "2000-01-01", in: language).quantities.map(\.value)
        var numbers: [Double] = []
        for number in said + [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 20, 24, 30, 50, 52, 60, 100, 365, 1000]
        where !numbers.contains(number) && (!isInteger || number == number.rounded()) {
            numbers.append(number)
        }
        let values = numbers.map(NumberFilling.json)
        let (scores, more) = try await model.logProbabilities(
            of: values.map { "\($0.text)," }, after: Prompt([.text(prompt)]))
        usage += more
        return scores.indices.max { scores[$0].logProbability < scores[$1].logProbability }.map { values[$0] }
    }

    /// - Parameter item: which item of the list of objects that the path leads through.
    private static func put(_ value: JSONValue, at path: ArraySlice<String?>, item: Int, in tree: inout JSONValue) {
        guard let key = path.first else {
            tree = value
            return
        }
        if let key {
            var members = tree.object ?? [:]
            var member = members[key] ?? .null
            put(value, at: path.dropFirst(), item: item, in: &member)
            members[key] = member
            tree = .object(members)
        } else {
            var items = tree.array ?? []
            items += Array(repeating: .null, count: max(0, item + 1 - items.count))
            put(value, at: path.dropFirst(), item: 0, in: &items[item])
            tree = .array(items)
        }
    }
}
