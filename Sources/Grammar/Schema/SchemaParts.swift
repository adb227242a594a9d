import Core

/// A schema without references and combinations: the keywords that one value must meet all of.
typealias FlatSchema = [String: JSONValue]

/// Takes schemas apart: references are followed, `allOf` merged, `anyOf` and `oneOf` spread out.
struct SchemaParts {
    let document: JSONValue
    /// Keywords that are not enforced, each with its place.
    private(set) var unenforced: Set<String> = []
    /// Places where nothing is left to be allowed.
    private(set) var contradictions: [String] = []

    private static let mostAlternatives = 256
    private static let mostDepth = 64

    /// Keywords that say something about values and are not enforced.
    private static let unknown: Set<String> = [
        "not", "if", "then", "else", "patternProperties", "propertyNames", "uniqueItems", "contains", "minContains",
        "maxContains", "minProperties", "maxProperties", "dependentRequired", "dependentSchemas", "dependencies",
        "unevaluatedProperties", "unevaluatedItems", "$dynamicRef", "$recursiveRef", "discriminator",
    ]

    init(document: JSONValue) {
        self.document = document
    }

    mutating func note(_ keyword: String, at place: String) { unenforced.insert("\(place)/\(keyword)") }

    mutating func contradiction(_ what: String, at place: String) {
        contradictions.append("\(place.isEmpty ? "/" : place): \(what)")
    }

    /// The place of a member's schema.
    static func place(of name: String, at place: String) -> String {
        "\(place)/properties/\(name.replacing("~", with: "~0").replacing("/", with: "~1"))"
    }

    static func invalid(_ place: String, _ what: String) -> GrammarError {
        GrammarError(.schemaInvalid, "\(place.isEmpty ? "/" : place): \(what)")
    }

    /// The flat schemas of which a value must meet at least one.
    ///
    /// - Throws: `schemaInvalid`.
    mutating func flatten(
        _ schema: JSONValue, at place: String, depth: Int = 0
    ) throws(GrammarError) -> [FlatSchema] {
        guard depth < Self.mostDepth else {
            throw Self.invalid(place, "schemas are combined or refer to each other more than \(Self.mostDepth) deep")
        }
        switch schema {
        case .bool(true): return [[:]]
        case .bool(false):
            contradiction("false allows no value", at: place)
            return []
        case .object(let keywords):
            var result = [try own(keywords, at: place)]
            if let reference = keywords["$ref"] {
                guard let pointer = reference.string else {
                    throw Self.invalid("\(place)/$ref", "a reference is a text")
                }
                let target = try target(of: pointer, at: place)
                result = try product(result, flatten(target, at: pointer, depth: depth + 1), at: place)
            }
            for part in try list("allOf", keywords, at: place) ?? [] {
                result = try product(result, flatten(part.schema, at: part.place, depth: depth + 1), at: place)
            }
            for keyword in ["anyOf", "oneOf"] {
                guard let choices = try list(keyword, keywords, at: place) else { continue }
                if choices.isEmpty { contradiction("an empty list allows no value", at: "\(place)/\(keyword)") }
                var spread: [[FlatSchema]] = []
                for choice in choices {
                    spread.append(try flatten(choice.schema, at: choice.place, depth: depth + 1))
                }
                if keyword == "oneOf", !Self.areDisjoint(spread) { note(keyword, at: place) }
                result = try product(result, spread.flatMap { $0 }, at: place)
            }
            return result
        default: throw Self.invalid(place, "a schema is an object or a truth value")
        }
    }

    private func list(
        _ keyword: String, _ keywords: FlatSchema, at place: String
    ) throws(GrammarError) -> [(schema: JSONValue, place: String)]? {
        guard let value = keywords[keyword] else { return nil }
        guard let array = value.array else { throw Self.invalid("\(place)/\(keyword)", "expected a list of schemas") }
        return array.enumerated().map { ($0.element, "\(place)/\(keyword)/\($0.offset)") }
    }

    /// What a reference leads to (RFC 6901).
    func target(of pointer: String, at place: String) throws(GrammarError) -> JSONValue {
        guard pointer.hasPrefix("#") else {
            throw Self.invalid("\(place)/$ref", "\"\(pointer)\" is not in this document")
        }
        var target = document
        for step in pointer.dropFirst().split(separator: "/") {
            let key = String(step).removingPercentEscapes.replacing("~1", with: "/").replacing("~0", with: "~")
            let item = Int(key).flatMap { index in target.array.flatMap { $0.indices.contains(index) ? $0[index] : nil }
            }
            guard let next = target[key] ?? item else {
                throw Self.invalid("\(place)/$ref", "\"\(pointer)\" leads nowhere")
            }
            target = next
        }
        return target
    }

    /// A schema's own keywords, in one form: `const` as `enum`, types as a list, OpenAPI 3.0's words as JSON Schema's.
    private mutating func own(_ keywords: FlatSchema, at place: String) throws(GrammarError) -> FlatSchema {
        for keyword in Self.unknown {
            if let value = keywords[keyword], !Self.saysNothing(keyword, value) { note(keyword, at: place) }
        }
        var flat = keywords.filter { !["$ref", "allOf", "anyOf", "oneOf", "$defs", "definitions"].contains($0.key) }
        if let type = flat["type"] {
            var types: [JSONValue] = type.array ?? [type]
            for type in types
            where !["object", "array", "string", "integer", "number", "boolean", "null"].contains(type) {
                throw Self.invalid("\(place)/type", "\(JSONText.text(type)) is no JSON type")
            }
            if keywords["nullable"] == true, !types.contains("null") { types.append("null") }
            flat["type"] = .array(types)
        }
        if let values = flat["enum"] {
            guard let list = values.array else { throw Self.invalid("\(place)/enum", "expected a list of values") }
            if list.isEmpty { contradiction("an empty list allows no value", at: "\(place)/enum") }
        }
        // Before 2020-12, a list of schemas stood in `items`, and what follows them in `additionalItems`.
        let additional = flat.removeValue(forKey: "additionalItems")
        if flat["prefixItems"] == nil, flat["items"]?.array != nil {
            flat["prefixItems"] = flat.removeValue(forKey: "items")
            flat["items"] = additional
        }
        if let constant = flat.removeValue(forKey: "const") {
            flat["enum"] = flat["enum"]?.array.map { $0.contains(constant) ? [constant] : [] } ?? [constant]
        }
        for (exclusive, inclusive) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
            guard case .bool(let isExclusive)? = flat[exclusive] else { continue }
            flat[exclusive] = isExclusive ? flat.removeValue(forKey: inclusive) : nil
        }
        for keyword in Self.numbers {
            if let value = flat[keyword], value.number == nil {
                throw Self.invalid("\(place)/\(keyword)", "expected a number, not \(JSONText.text(value))")
            }
        }
        return flat
    }

    /// Whether a keyword with this value allows everything.
    private static func saysNothing(_ keyword: String, _ value: JSONValue) -> Bool {
        switch keyword {
        case "uniqueItems": value == false
        case "minProperties", "minContains": value == 0
        case "patternProperties", "dependentRequired", "dependentSchemas", "dependencies": value == [:]
        case "propertyNames", "unevaluatedProperties", "unevaluatedItems", "then", "else": value == true || value == [:]
        default: false
        }
    }

    private static let numbers = [
        "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength",
        "minItems",
        "maxItems",
    ]

    // MARK: Both at once

    private mutating func product(
        _ left: [FlatSchema], _ right: [FlatSchema], at place: String
    ) throws(GrammarError) -> [FlatSchema] {
        guard left.count * right.count <= Self.mostAlternatives else {
            throw Self.invalid(place, "its combinations allow more than \(Self.mostAlternatives) alternatives")
        }
        return left.flatMap { first in right.compactMap { merge(first, $0, at: place) } }
    }

    /// The schema of what meets both; nil where their types exclude each other.
    private mutating func merge(_ left: FlatSchema, _ right: FlatSchema, at place: String) -> FlatSchema? {
        var merged = left
        for (keyword, value) in right where !Self.nested.contains(keyword) {
            guard let old = merged[keyword], old != value else {
                merged[keyword] = value
                continue
            }
            switch keyword {
            case "type":
                let types = Self.common(old.array ?? [], value.array ?? [])
                if types.isEmpty {
                    contradiction("its parts ask for types that exclude each other", at: place)
                    return nil
                }
                merged[keyword] = .array(types)
            case "enum": merged[keyword] = .array((old.array ?? []).filter { (value.array ?? []).contains($0) })
            case "required":
                let known = old.array ?? []
                merged[keyword] = .array(known + (value.array ?? []).filter { !known.contains($0) })
            case "minimum", "exclusiveMinimum", "minLength", "minItems":
                merged[keyword] = (old.number ?? 0) > (value.number ?? 0) ? old : value
            case "maximum", "exclusiveMaximum", "maxLength", "maxItems":
                merged[keyword] = (old.number ?? 0) < (value.number ?? 0) ? old : value
            case "pattern", "format", "multipleOf": note(keyword, at: place)
            default: merged[keyword] = value
            }
        }
        mergeMembers(left, right, into: &merged)
        mergeItems(left, right, into: &merged)
        return merged
    }

    /// Keywords whose schemas are about a value's parts.
    private static let nested: Set<String> = ["properties", "additionalProperties", "prefixItems", "items"]

    /// The schema of what meets all of these. Each part stands in it once, so that a recursion through it ends.
    private static func all(_ schemas: [JSONValue?]) -> JSONValue? {
        var parts: [JSONValue] = []
        for schema in schemas {
            guard let schema, schema != true else { continue }
            let inner = schema.object?.count == 1 ? schema["allOf"]?.array : nil
            for part in inner ?? [schema] where !parts.contains(part) { parts.append(part) }
        }
        if parts.isEmpty { return schemas.compactMap { $0 }.first }
        return parts.count == 1 ? parts[0] : ["allOf": .array(parts)]
    }

    /// An item that one side has a place for must meet what the other asks of the rest.
    private func mergeItems(_ left: FlatSchema, _ right: FlatSchema, into merged: inout FlatSchema) {
        merged["items"] = Self.all([left["items"], right["items"]])
        let (first, second) = (left["prefixItems"]?.array ?? [], right["prefixItems"]?.array ?? [])
        if first.isEmpty && second.isEmpty { return }
        merged["prefixItems"] = .array(
            (0..<max(first.count, second.count)).map { index in
                Self.all([
                    index < first.count ? first[index] : left["items"],
                    index < second.count ? second[index] : right["items"],
                ]) ?? true
            })
    }

    /// A member that one side declares must meet what the other asks of additional ones.
    private func mergeMembers(_ left: FlatSchema, _ right: FlatSchema, into merged: inout FlatSchema) {
        let (first, second) = (left["properties"]?.object ?? [:], right["properties"]?.object ?? [:])
        if !first.isEmpty || !second.isEmpty {
            var members: FlatSchema = [:]
            for key in Set(first.keys).union(second.keys) {
                members[key] =
                    Self.all([first[key] ?? left["additionalProperties"], second[key] ?? right["additionalProperties"]])
                    ?? true
            }
            merged["properties"] = .object(members)
        }
        merged["additionalProperties"] = Self.all([left["additionalProperties"], right["additionalProperties"]])
    }

    private static func common(_ left: [JSONValue], _ right: [JSONValue]) -> [JSONValue] {
        var types: [JSONValue] = []
        for type in left {
            if right.contains(type) || (type == "integer" && right.contains("number")) {
                types.append(type)
            } else if type == "number", right.contains("integer") {
                types.append("integer")
            }
        }
        return types
    }

    // MARK: One of

    /// Whether no value can meet two of the alternatives, as far as types, constants and required members tell.
    private static func areDisjoint(_ alternatives: [[FlatSchema]]) -> Bool {
        for (index, first) in alternatives.enumerated() {
            for second in alternatives[(index + 1)...] {
                for a in first { for b in second where !areDisjoint(a, b) { return false } }
            }
        }
        return true
    }

    private static func areDisjoint(_ a: FlatSchema, _ b: FlatSchema) -> Bool {
        if let first = a["type"]?.array, let second = b["type"]?.array, common(first, second).isEmpty { return true }
        if let first = a["enum"]?.array, let second = b["enum"]?.array {
            return !first.contains { second.contains($0) }
        }
        let required = (a["required"]?.array ?? []).filter { (b["required"]?.array ?? []).contains($0) }
        return required.compactMap(\.string).contains { key in
            guard let first = a["properties"]?[key]?.object, let second = b["properties"]?[key]?.object else {
                return false
            }
            let values = [first, second].map { $0["const"].map { [$0] } ?? $0["enum"]?.array }
            guard let one = values[0], let other = values[1] else { return false }
            return !one.contains { other.contains($0) }
        }
    }
}

extension String {
    /// The text with `%20` and the like resolved (RFC 3986, section 2.1), as references are written in URLs.
    fileprivate var removingPercentEscapes: String {
        var bytes: [UInt8] = []
        var rest = Array(utf8)[...]
        while let byte = rest.popFirst() {
            if byte == 0x25, rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
