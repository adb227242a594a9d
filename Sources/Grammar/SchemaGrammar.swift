package import Core

/// Turns a JSON Schema (2020-12, and OpenAPI's subset of it) into a grammar of its instances, written as JSON on one
/// line with a space after each colon and comma.
package struct SchemaGrammar: Sendable {
    package private(set) var grammar: GBNF
    /// Keywords that the grammar does not enforce, each with its place (`/properties/city/pattern`).
    package private(set) var unenforced: [String] = []
    private let document: JSONValue
    /// `$ref` targets whose rules stand or are being made, by pointer: what makes recursion end.
    private var references: [String: String] = [:]

    /// - Parameter grammar: a grammar to add rules to.
    package init(document: JSONValue, into grammar: GBNF = GBNF()) {
        self.document = document
        self.grammar = grammar
    }

    /// The text of a grammar whose sentences are the instances of `schema`, and the keywords it does not enforce.
    ///
    /// - Throws: `schemaInvalid`, `schemaUnsatisfiable`.
    package static func compile(_ schema: JSONValue) throws(GrammarError) -> (text: String, unenforced: [String]) {
        var compiler = SchemaGrammar(document: schema)
        let root = try compiler.rule(for: schema, at: "", name: "value")
        return (compiler.grammar.text(root: root), compiler.unenforced)
    }

    /// Adds the rules of one schema and gives what stands for it in a rule's body.
    ///
    /// - Parameters:
    ///   - place: a JSON pointer, for messages.
    ///   - name: a hint for the rules' names.
    package mutating func rule(for schema: JSONValue, at place: String, name: String) throws(GrammarError) -> String {
        switch schema {
        case .bool(true): return anyValue()
        case .bool(false): throw GrammarError(.unsatisfiable, "\(place.isEmpty ? "/" : place): false allows no value")
        case .object(let keywords): return try rule(for: keywords, at: place, name: name)
        default:
            throw GrammarError(.invalid, "\(place.isEmpty ? "/" : place): a schema is an object or a truth value")
        }
    }

    private mutating func rule(
        for schema: [String: JSONValue], at place: String, name: String
    ) throws(GrammarError) -> String {
        note(schema, at: place)
        if let pointer = schema["$ref"]?.string { return try reference(pointer, at: place, name: name) }
        if let value = schema["const"] { return grammar.add("\(name)-const", GBNF.literal(Self.json(value))) }
        if case .array(let values)? = schema["enum"] {
            guard !values.isEmpty else {
                throw GrammarError(.unsatisfiable, "\(place)/enum: an empty list allows no value")
            }
            return grammar.add("\(name)-enum", values.map { GBNF.literal(Self.json($0)) }.joined(separator: " | "))
        }
        for keyword in ["anyOf", "oneOf"] {
            guard case .array(let choices)? = schema[keyword] else { continue }
            var rules: [String] = []
            for (index, choice) in choices.enumerated() {
                rules.append(try rule(for: choice, at: "\(place)/\(keyword)/\(index)", name: "\(name)-\(index)"))
            }
            guard !rules.isEmpty else {
                throw GrammarError(.unsatisfiable, "\(place)/\(keyword): an empty list allows no value")
            }
            return grammar.add("\(name)-choice", rules.joined(separator: " | "))
        }
        if case .array(let parts)? = schema["allOf"] {
            return try rule(for: merge(parts, into: schema), at: place, name: name)
        }
        switch schema["type"] {
        case .string(let type)?: return try rule(type, schema, at: place, name: name)
        case .array(let types)?:
            var rules: [String] = []
            for type in types.compactMap(\.string) { rules.append(try rule(type, schema, at: place, name: name)) }
            return grammar.add("\(name)-types", rules.joined(separator: " | "))
        case nil where schema["properties"] != nil: return try rule("object", schema, at: place, name: name)
        case nil where schema["items"] != nil: return try rule("array", schema, at: place, name: name)
        case nil: return anyValue()
        default: throw GrammarError(.invalid, "\(place)/type: a type is a word or a list of words")
        }
    }

    private mutating func rule(
        _ type: String, _ schema: [String: JSONValue], at place: String, name: String
    ) throws(GrammarError) -> String {
        switch type {
        case "object": return try object(schema, at: place, name: name)
        case "array": return try array(schema, at: place, name: name)
        case "string": return string(schema)
        case "integer": return integer(schema)
        case "number": return number(schema)
        case "boolean": return grammar.add("boolean", #""true" | "false""#)
        case "null": return grammar.add("null", #""null""#)
        default:
            throw GrammarError(.invalid, "\(place)/type: \"\(type)\" is no JSON type")
        }
    }

    /// Adds a rule of the caller's own and gives its name.
    package mutating func add(_ hint: String, _ body: String) -> String {
        grammar.add(hint, body)
    }

    // MARK: Objects and arrays

    private mutating func object(
        _ schema: [String: JSONValue], at place: String, name: String
    ) throws(GrammarError) -> String {
        let properties = schema["properties"]?.object ?? [:]
        guard !properties.isEmpty else { return anyObject() }
        let required = schema["required"]?.array?.compactMap(\.string) ?? []
        // Required ones first, as listed; JSON keeps no order of the others.
        let order = required + properties.keys.filter { !required.contains($0) }.sorted()
        // From the last to the first: what may follow property i, with and without one written before.
        var afterFirst = #""""#
        var afterSome = #""""#
        for key in order.reversed() {
            let value = try rule(
                for: properties[key] ?? .bool(true), at: "\(place)/properties/\(key)", name: "\(name)-\(key)")
            let member = "\(GBNF.literal("\(Self.json(.string(key))): ")) \(value)"
            let first = "\(member) \(afterSome)"
            let some = "\", \" \(member) \(afterSome)"
            if required.contains(key) {
                (afterFirst, afterSome) = (
                    grammar.add("\(name)-from-\(key)", first), grammar.add("\(name)-then-\(key)", some)
                )
            } else {
                (afterFirst, afterSome) = (
                    grammar.add("\(name)-from-\(key)", "\(first) | \(afterFirst)"),
                    grammar.add("\(name)-then-\(key)", "\(some) | \(afterSome)")
                )
            }
        }
        return grammar.add("\(name)-object", "\"{\" \(afterFirst) \"}\"")
    }

    private mutating func array(
        _ schema: [String: JSONValue], at place: String, name: String
    ) throws(GrammarError) -> String {
        let item = try rule(for: schema["items"] ?? .bool(true), at: "\(place)/items", name: "\(name)-item")
        let least = max(0, schema["minItems"]?.integer ?? 0)
        let most = schema["maxItems"]?.integer
        if let most, most < least {
            throw GrammarError(.unsatisfiable, "\(place): minItems \(least) is over maxItems \(most)")
        }
        if most == 0 { return grammar.add("\(name)-array", #""[]""#) }
        let bounds = "{\(max(0, least - 1)),\(most.map { String($0 - 1) } ?? "")}"
        let some = "\(item) (\", \" \(item))\(bounds)"
        return grammar.add("\(name)-array", least == 0 ? "\"[\" (\(some))? \"]\"" : "\"[\" \(some) \"]\"")
    }

    // MARK: Scalars

    private mutating func string(_ schema: [String: JSONValue]) -> String {
        let day = #"[0-9] [0-9] [0-9] [0-9] "-" ("0" [1-9] | "1" [0-2]) "-" ("0" [1-9] | [12] [0-9] | "3" [01])"#
        let time = #"([01] [0-9] | "2" [0-3]) ":" [0-5] [0-9] ":" [0-5] [0-9] ("Z" | [+-] [01] [0-9] ":" [0-5] [0-9])"#
        switch schema["format"]?.string {
        case "date": return grammar.add("date", #""\"" \#(day) "\"""#)
        case "time": return grammar.add("time", #""\"" \#(time) "\"""#)
        case "date-time": return grammar.add("date-time", #""\"" \#(day) "T" \#(time) "\"""#)
        default: break
        }
        let character = grammar.add(
            "character",
            #"[^"\\\x7F\x00-\x1F] | "\\" (["\\/bfnrt] | "u" [0-9a-fA-F] [0-9a-fA-F] [0-9a-fA-F] [0-9a-fA-F])"#)
        let least = schema["minLength"]?.integer ?? 0
        let most = schema["maxLength"]?.integer
        let bounds = least == 0 && most == nil ? "*" : "{\(least),\(most.map(String.init) ?? "")}"
        return grammar.add("string", "\"\\\"\" \(character)\(bounds) \"\\\"\"")
    }

    private mutating func integer(_ schema: [String: JSONValue]) -> String {
        let sign = (schema["minimum"]?.number ?? -1) >= 0 ? "" : "\"-\"? "
        return grammar.add("integer", sign + #"("0" | [1-9] [0-9]{0,15})"#)
    }

    private mutating func number(_ schema: [String: JSONValue]) -> String {
        let sign = (schema["minimum"]?.number ?? -1) >= 0 ? "" : "\"-\"? "
        return grammar.add("number", sign + #"("0" | [1-9] [0-9]{0,15}) ("." [0-9]{1,15})?"#)
    }

    // MARK: Anything

    private mutating func anyValue() -> String {
        if let name = references[""] { return name }
        let name = grammar.reserve("any")
        references[""] = name
        let text = string([:])
        let number = number([:])
        grammar.define(
            name,
            """
            \(text) | \(number) | "true" | "false" | "null" | "[" (\(name) (", " \(name))*)? "]" | \
            "{" (\(text) ": " \(name) (", " \(text) ": " \(name))*)? "}"
            """)
        return name
    }

    private mutating func anyObject() -> String {
        let value = anyValue()
        let key = string([:])
        return grammar.add("any-object", #""{" (\#(key) ": " \#(value) (", " \#(key) ": " \#(value))*)? "}""#)
    }

    // MARK: References and combinations

    private mutating func reference(_ pointer: String, at place: String, name: String) throws(GrammarError) -> String {
        if let known = references[pointer] { return known }
        guard pointer.hasPrefix("#") else {
            throw GrammarError(.invalid, "\(place)/$ref: \"\(pointer)\" is not in this document")
        }
        var target = document
        for step in pointer.dropFirst().split(separator: "/") {
            let key = String(step).replacing("~1", with: "/").replacing("~0", with: "~")
            guard
                let next = target[key]
                    ?? Int(key).flatMap({ index in target.array.flatMap { $0.indices.contains(index) ? $0[index] : nil }
                    })
            else { throw GrammarError(.invalid, "\(place)/$ref: \"\(pointer)\" leads nowhere") }
            target = next
        }
        let reserved = grammar.reserve("ref-\(references.count)")
        references[pointer] = reserved
        grammar.define(reserved, try rule(for: target, at: pointer, name: name))
        return reserved
    }

    /// One schema that holds what all parts hold: members together, `required` joined.
    private func merge(_ parts: [JSONValue], into base: [String: JSONValue]) -> JSONValue {
        var merged = base
        merged["allOf"] = nil
        for part in parts {
            for (keyword, value) in resolved(part).object ?? [:] {
                switch (keyword, merged[keyword], value) {
                case ("properties", .object(let old)?, .object(let new)):
                    merged[keyword] = .object(old.merging(new) { _, last in last })
                case ("required", .array(let old)?, .array(let new)):
                    merged[keyword] = .array(old + new.filter { !old.contains($0) })
                default: merged[keyword] = value
                }
            }
        }
        return .object(merged)
    }

    private func resolved(_ schema: JSONValue) -> JSONValue {
        guard let pointer = schema["$ref"]?.string, pointer.hasPrefix("#/") else { return schema }
        return pointer.dropFirst(2).split(separator: "/").reduce(Optional(document)) { $0?[String($1)] } ?? schema
    }

    // MARK: What is not enforced

    private static let ignorable: Set<String> = [
        "pattern", "multipleOf", "exclusiveMinimum", "exclusiveMaximum", "maximum", "uniqueItems", "contains", "not",
        "if",
        "dependentRequired", "dependentSchemas", "patternProperties", "propertyNames", "minProperties", "maxProperties",
        "prefixItems", "unevaluatedProperties", "unevaluatedItems",
    ]

    private mutating func note(_ schema: [String: JSONValue], at place: String) {
        for keyword in Self.ignorable.intersection(schema.keys).sorted() { unenforced.append("\(place)/\(keyword)") }
        if let least = schema["minimum"]?.number, least != 0 { unenforced.append("\(place)/minimum") }
        if let format = schema["format"]?.string, !["date", "time", "date-time"].contains(format) {
            unenforced.append("\(place)/format")
        }
    }

    /// A value as the grammar writes it: a space after each colon and comma.
    package static func json(_ value: JSONValue) -> String {
        switch value {
        case .array(let items): "[" + items.map(json).joined(separator: ", ") + "]"
        case .object(let members):
            "{"
                + members.sorted { $0.key < $1.key }.map { "\(JSONValue.string($0.key).text): \(json($0.value))" }
                .joined(separator: ", ") + "}"
        default: value.text
        }
    }
}
