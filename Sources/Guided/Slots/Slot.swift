import Core
import Understanding

/// One value a call needs: a parameter, or a member of one that is an object.
struct Slot: Sendable {
    enum Kind: Sendable, Hashable {
        case number(isInteger: Bool)
        case text
        case flag
        case choice([JSONValue])
        /// A list of numbers.
        case numbers(isInteger: Bool)
        case texts
        /// A list of some of these.
        case choices([JSONValue])
        /// Anything else: written by the model where it must be given.
        case other
    }

    /// The one of a pair that is meant: from and to, initial and final, least and most.
    enum Side: Sendable, Hashable { case first, second }

    enum Theme: Sendable, Hashable {
        case place, person, organisation, date, time, year, language, currency, unit, formula, identifier, rate, money
        case count, title, message, credential, query
    }

    /// Names of members from the call's arguments down to this value; nil is the one item of a list.
    var path: [String?]
    var schema: JSONValue
    var kind: Kind
    /// Required all the way.
    var isRequired: Bool
    var notes: SlotNotes

    /// Whether it is a member of a list's items, of which there may be several.
    var isOfItems: Bool { path.contains(nil) }

    /// Whether its schema allows one value only, which nobody has to say.
    var allowsOne: Bool { schema["const"] != nil || schema["enum"]?.array?.count == 1 }

    var isOfTexts: Bool { kind == .text || kind == .texts }

    var name: String { path.last.flatMap(\.self) ?? path.compactMap(\.self).last ?? "" }
}

extension Slot {
    /// The slots of a tool in the order its document declares them, members of objects in alphabetical order.
    static func all(of tool: Tool, in language: QuestionLanguage) -> [Slot] {
        var slots: [Slot] = []
        let required = Set(tool.parameters["required"]?.array?.compactMap(\.string) ?? [])
        for name in names(of: tool) {
            guard let schema = tool.parameters["properties"]?[name] else { continue }
            add(schema, at: [name], isRequired: required.contains(name), in: language, to: &slots)
        }
        return slots
    }

    /// The names of a tool's parameters, also of those its order forgets.
    static func names(of tool: Tool) -> [String] {
        let known = tool.parameters["properties"]?.object ?? [:]
        let listed = tool.parameterOrder.filter { known[$0] != nil }
        // A tool can have thousands.
        let isListed = Set(listed)
        return listed + known.keys.filter { !isListed.contains($0) }.sorted()
    }

    private static func add(
        _ written: JSONValue, at path: [String?], isRequired: Bool, in language: QuestionLanguage,
        to slots: inout [Slot]
    ) {
        let schema = plain(written)
        if let members = schema["properties"]?.object, !members.isEmpty, path.count < 6 {
            let required = Set(schema["required"]?.array?.compactMap(\.string) ?? [])
            for (name, member) in members.sorted(by: { $0.key < $1.key }) {
                add(
                    member, at: path + [name], isRequired: isRequired && required.contains(name), in: language,
                    to: &slots)
            }
            return
        }
        if let items = schema["items"], items["properties"]?.object?.isEmpty == false, path.count < 6 {
            add(items, at: path + [nil], isRequired: isRequired, in: language, to: &slots)
            return
        }
        let name = path.compactMap(\.self).last ?? ""
        let kind = kind(of: schema)
        let notes = SlotNotes(name: name, schema: schema, kind: kind, in: language)
        slots.append(
            Slot(
                path: path, schema: schema, kind: kind,
                // Nobody says a key in a question.
                isRequired: isRequired && notes.theme != .credential, notes: notes))
    }

    /// A schema that allows one thing beside null, or stands alone in an `allOf`, is that thing.
    static func plain(_ schema: JSONValue) -> JSONValue {
        var plain = schema
        for _ in 0..<4 {
            guard let (keyword, only) = only(in: plain), let members = only.object, var outer = plain.object else {
                return plain
            }
            // What is said beside it holds as well: descriptions and defaults above all.
            outer[keyword] = nil
            plain = .object(members.merging(outer) { _, own in own })
        }
        return plain
    }

    private static func only(in schema: JSONValue) -> (keyword: String, schema: JSONValue)? {
        guard schema["type"] == nil, schema["enum"] == nil else { return nil }
        for keyword in ["anyOf", "oneOf", "allOf"] {
            guard let all = schema[keyword]?.array else { continue }
            let some = all.filter { $0["type"]?.string != "null" && $0["const"] != .some(.null) }
            if some.count == 1 { return (keyword, some[0]) }
        }
        return nil
    }

    /// Whether a schema allows several plain types, texts among them.
    private static func isOfScalars(_ schema: JSONValue) -> Bool {
        guard let all = schema["anyOf"]?.array ?? schema["oneOf"]?.array else { return false }
        let types = all.map { $0["type"]?.string ?? "" }
        return types.contains("string")
            && types.allSatisfy { ["string", "integer", "number", "boolean", "null"].contains($0) }
            && all.allSatisfy { $0["enum"] == nil && $0["const"] == nil }
    }

    static func kind(of schema: JSONValue) -> Kind {
        let schema = plain(schema)
        if let values = schema["enum"]?.array, !values.isEmpty { return .choice(values) }
        if let only = schema["const"] { return .choice([only]) }
        let type = schema["type"]?.string ?? schema["type"]?.array?.compactMap(\.string).first { $0 != "null" }
        switch type {
        case "integer": return .number(isInteger: true)
        case "number": return .number(isInteger: false)
        case "boolean": return .flag
        case "string": return .text
        case "array":
            guard let items = schema["items"] else { return .texts }
            switch self.kind(of: items) {
            case .choice(let values): return .choices(values)
            case .number(let isInteger): return .numbers(isInteger: isInteger)
            case .text: return .texts
            default: return .other
            }
        // "title: string or integer": what is said is a text.
        case nil where isOfScalars(schema): return .text
        // Anything at all is most likely a text.
        case nil
        where schema["anyOf"] == nil && schema["oneOf"] == nil && schema["allOf"] == nil && schema["$ref"] == nil:
            return schema["properties"] == nil ? .text : .other
        default: return .other
        }
    }

    /// Whether a value is one of the few that the slot names, so that it is told from the others by being named at all.
    func isChosen(_ value: JSONValue) -> Bool {
        if case .choice(let values) = kind { return values.contains(value) }
        return value.string.map(notes.options.contains) ?? false
    }
}
