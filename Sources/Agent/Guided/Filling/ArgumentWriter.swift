import Core

/// Writes a call's arguments: what was found in the question, and where something required was not, what the model
/// makes of it under the parameter's schema.
struct ArgumentWriter {
    let model: any LanguageModel
    let question: String

    func arguments(of call: FilledCall, filled: [Candidate?], usage: inout Usage) async throws -> JSONValue {
        var tree = JSONValue.object([:])
        for (slot, candidate) in zip(call.slots, filled) {
            guard let candidate else { continue }
            var value = candidate.value
            if PlaceForm.asksForState(slot), let city = value.string {
                value = .string(try await PlaceForm(model: model).withState(city, usage: &usage))
            }
            Self.put(value, at: slot.path[...], in: &tree)
        }
        // What is required and missing, by the parameter it is a part of.
        let required = call.tool.parameters["required"]?.array?.compactMap(\.string) ?? []
        let names = Slot.names(of: call.tool)
        for (slot, candidate) in zip(call.slots, filled) where candidate == nil && slot.isRequired {
            if let fallback = slot.notes.fallback, slot.path.allSatisfy({ $0 != nil }) {
                Self.put(fallback, at: slot.path[...], in: &tree)
            }
        }
        for name in names {
            guard let schema = call.tool.parameters["properties"]?[name] else { continue }
            let isRequired = required.contains(name)
            if let value = tree[name], ValueCheck.verdict(on: value, schema) == .valid { continue }
            // What was found does not do, or nothing was found.
            let hadValue = tree[name] != nil
            Self.remove(name, from: &tree)
            guard isRequired || hadValue else { continue }
            let value = try await written(name, schema, call.tool, known: tree, names: names, usage: &usage)
            Self.put(value ?? MinimalValue.of(schema), at: [name], in: &tree)
        }
        if ValueCheck.verdict(on: tree, call.tool.parameters) == .valid { return tree }
        return try await written(whole: call.tool, usage: &usage) ?? tree
    }

    private func written(
        _ name: String, _ schema: JSONValue, _ tool: Tool, known: JSONValue, names: [String], usage: inout Usage
    ) async throws -> JSONValue? {
        let given = names.compactMap { other in known[other].map { "\(other): \($0.text)" } }
        let opening = (given + ["\(name): "]).joined(separator: ", ")
        let lines = [
            "\(tool.operation): \(tool.description.prefix(while: { $0 != "\n" }))", "",
            #""How warm is it in Madrid in Celsius?" → temperature(place: "Madrid", unit: "celsius")"#,
            #""Find books about whales, at most 5" → searchBooks(query: "whales", limit: 5)"#,
            "\"\(question.replacing("\n", with: " "))\" → \(tool.operation)(\(opening)",
        ]
        if case .numbers(let isInteger) = Slot.kind(of: schema) {
            // Rather all numbers there are than made up ones.
            let said = QuestionReading(question, today: "2000-01-01").quantities.map(\.value)
            let list = JSONValue.array(said.filter { !isInteger || $0 == $0.rounded() }.map(NumberFilling.json))
            if ValueCheck.verdict(on: list, schema) == .valid { return list }
        }
        if case .number(let isInteger) = Slot.kind(of: schema), schema["minimum"] == nil, schema["maximum"] == nil {
            return try await likeliestNumber(after: lines.joined(separator: "\n"), isInteger: isInteger, usage: &usage)
        }
        var bounded = schema
        if case .object(var members) = schema, schema["type"]?.string == "string", schema["enum"] == nil {
            members["maxLength"] = members["maxLength"] ?? 40
            members["minLength"] = members["minLength"] ?? 1
            // Words and figures: a small model that is free to goes on with the notation instead.
            if schema["pattern"] == nil, schema["format"] == nil {
                members["pattern"] = "^[A-Za-z][A-Za-z .'-]*$"
            }
            let notes = SlotNotes(name: name, schema: schema, kind: .text)
            if notes.isClosed { members["enum"] = .array(notes.options.map(JSONValue.string)) }
            bounded = .object(members)
        }
        let request = GenerationRequest(
            prompt: Prompt([.text(lines.joined(separator: "\n"))]),
            sampling: Sampling(temperature: 0, maxTokens: schema["type"]?.string == "string" ? 24 : 80),
            constraint: .schema(bounded, document: tool.parameters))
        let (text, more) = try await model.text(request)
        usage += more
        if let value = try? JSONValue(parsing: text) { return value }
        // Cut: the words before the comma that began a repetition.
        let words = String(text.dropFirst().prefix { $0 != "," })
        return ValueCheck.verdict(on: .string(words), schema) == .valid && !words.isEmpty ? .string(words) : nil
    }

    /// All arguments at once, for a schema whose parts do not stand alone.
    private func written(whole tool: Tool, usage: inout Usage) async throws -> JSONValue? {
        let prompt = "\(tool.operation): \(tool.description)\nRequest: \(question)\nArguments as JSON: "
        let (text, more) = try await model.text(
            GenerationRequest(
                prompt: Prompt([.text(prompt)]), sampling: Sampling(temperature: 0, maxTokens: 400),
                constraint: .schema(tool.parameters, document: tool.parameters)))
        usage += more
        return try? JSONValue(parsing: text)
    }

    private static func remove(_ name: String, from tree: inout JSONValue) {
        guard var members = tree.object else { return }
        members[name] = nil
        tree = .object(members)
    }

    /// A number that nobody said: one of those that are common, or one of the question's once more.
    private func likeliestNumber(after prompt: String, isInteger: Bool, usage: inout Usage) async throws -> JSONValue? {
        let said = QuestionReading(question, today: "2000-01-01").quantities.map(\.value)
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

    private static func put(_ value: JSONValue, at path: ArraySlice<String?>, in tree: inout JSONValue) {
        guard let key = path.first else {
            tree = value
            return
        }
        if let key {
            var members = tree.object ?? [:]
            var member = members[key] ?? .null
            put(value, at: path.dropFirst(), in: &member)
            members[key] = member
            tree = .object(members)
        } else {
            var item = tree.array?.first ?? .null
            put(value, at: path.dropFirst(), in: &item)
            tree = .array([item])
        }
    }
}
