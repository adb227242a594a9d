import Core
import Foundation
import Grammar

/// Makes a schema stand by itself: `$ref` replaced by what it points at, OpenAPI 3.0's own keywords by JSON Schema's.
struct SchemaResolver {
    let document: Document
    private(set) var problems: [String] = []
    private(set) var warnings: [String] = []
    /// How many more schemas the one being resolved may hold: references in references can stand for very many.
    private var left = 0

    private static let schemaLimit = 5000

    init(document: Document) {
        self.document = document
    }

    /// What a value or the object it refers to is, and where it stands.
    mutating func target(_ value: JSONValue, at place: String) -> (value: JSONValue, place: String)? {
        var value = value
        var place = place
        // A chain of references longer than this goes in a circle.
        for _ in 0..<32 {
            guard let reference = value["$ref"] else { return (value, place) }
            guard let pointer = reference.string else {
                problems.append("\(place).$ref: a reference is a string")
                return nil
            }
            guard pointer.hasPrefix("#/") else {
                problems.append(
                    "\(place).$ref: \"\(pointer)\" is in another document, which is not supported; copy it into this one"
                )
                return nil
            }
            var next = document.root
            var nextPlace = ""
            for step in pointer.dropFirst(2).split(separator: "/", omittingEmptySubsequences: false) {
                let key = (String(step).removingPercentEncoding ?? String(step))
                    .replacing("~1", with: "/").replacing("~0", with: "~")
                if let items = next.array, let index = Int(key), items.indices.contains(index) {
                    next = items[index]
                    nextPlace += "[\(index)]"
                } else if let member = next[key] {
                    next = member
                    nextPlace = Document.place(nextPlace, key)
                } else {
                    problems.append("\(place).$ref: \"\(pointer)\" leads nowhere; there is no \"\(key)\" in it")
                    return nil
                }
            }
            (value, place) = (next, nextPlace)
        }
        problems.append("\(place).$ref: the references go in a circle")
        return nil
    }

    /// The schema with all references replaced.
    mutating func resolve(_ schema: JSONValue, at place: String) -> JSONValue {
        left = Self.schemaLimit
        return resolve(schema, at: place, inside: [])
    }

    private mutating func resolve(_ schema: JSONValue, at place: String, inside: [String]) -> JSONValue {
        if case .bool = schema { return schema }
        guard let written = schema.object else {
            problems.append("\(place): a schema is an object")
            return [:]
        }
        left -= 1
        guard left > 0 else {
            warnings.append("\(place): the schema is too large with its references; from here any value is accepted")
            return [:]
        }
        guard let (value, target) = target(schema, at: place), let found = value.object else { return [:] }
        guard written["$ref"] != nil else { return .object(resolve(members: found, at: place, inside: inside)) }
        guard !inside.contains(target) else {
            warnings.append("\(place): \(target) contains itself; inside itself any value is accepted")
            return [:]
        }
        var members = resolve(value, at: target, inside: inside + [target]).object ?? [:]
        // What is said beside a reference is about this use of it.
        for keyword in Self.annotations { members[keyword] = written[keyword] ?? members[keyword] }
        return .object(members)
    }

    private mutating func resolve(
        members: [String: JSONValue], at place: String, inside: [String]
    ) -> [String: JSONValue] {
        var members = members
        for keyword in document.keys(of: .object(members), at: place) {
            let member = members[keyword] ?? .null
            let memberPlace = Document.place(place, keyword)
            switch (keyword, member) {
            case ("properties", .object(let schemas)), ("patternProperties", .object(let schemas)):
                var resolved: [String: JSONValue] = [:]
                for name in document.keys(of: member, at: memberPlace) {
                    resolved[name] = resolve(
                        schemas[name] ?? [:], at: Document.place(memberPlace, name), inside: inside)
                }
                members[keyword] = .object(resolved)
            case ("items", .object), ("additionalProperties", .object), ("not", .object), ("contains", .object):
                members[keyword] = resolve(member, at: memberPlace, inside: inside)
            case ("allOf", .array(let parts)), ("anyOf", .array(let parts)), ("oneOf", .array(let parts)),
                ("prefixItems", .array(let parts)):
                members[keyword] = .array(
                    parts.enumerated().map { resolve($1, at: "\(memberPlace)[\($0)]", inside: inside) })
            case ("xml", _), ("externalDocs", _), ("discriminator", _): members[keyword] = nil
            default: members[keyword] = checked(keyword, member, at: memberPlace)
            }
        }
        return Self.modern(Self.merged(members))
    }

    /// A keyword that holds no schemas; nil where it is left out.
    private mutating func checked(_ keyword: String, _ value: JSONValue, at place: String) -> JSONValue? {
        switch (keyword, value) {
        case ("type", _):
            let types = value.string.map { [$0] } ?? value.array?.compactMap(\.string) ?? []
            let isKnown = !types.isEmpty && types.allSatisfy(Self.types.contains)
            if !isKnown {
                problems.append("\(place): \(value.text) is no type; \(Self.types.joined(separator: ", ")) are")
            }
        case ("enum", _) where value.array?.isEmpty ?? true:
            problems.append("\(place): must be a list of the values allowed")
        case ("required", _) where value.array?.contains { $0.string == nil } ?? true:
            problems.append("\(place): must be a list of the names of properties")
        case ("properties", _), ("items", .null), ("items", .string), ("items", .array), ("allOf", _), ("anyOf", _),
            ("oneOf", _):
            problems.append("\(place): must hold schemas, and not \(value.text.prefix(40))")
        case ("pattern", .string(let pattern)):
            guard let problem = PatternSyntax.problem(in: pattern) else { break }
            warnings.append("\(place): \(problem); it is left out")
            return nil
        case ("pattern", _):
            warnings.append("\(place): must be text; it is left out")
            return nil
        case ("if", _), ("then", _), ("else", _), ("dependentSchemas", _), ("propertyNames", _),
            ("unevaluatedProperties", _), ("unevaluatedItems", _), ("$defs", _), ("$dynamicRef", _):
            if keyword != "$defs" { warnings.append("\(place): is not supported; it is left out") }
            return nil
        default: break
        }
        return value
    }

    private static let types = ["string", "number", "integer", "boolean", "array", "object", "null"]
    /// Keywords that say something to people and allow or forbid nothing.
    private static let annotations = ["title", "description", "default", "example", "examples"]

    /// The properties of a schema in the order the document declares them, through references and `allOf`.
    mutating func propertyOrder(of schema: JSONValue, at place: String, depth: Int = 0) -> [String] {
        guard depth < 32, let (value, place) = target(schema, at: place) else { return [] }
        var order: [String] = []
        for keyword in document.keys(of: value, at: place) {
            let memberPlace = Document.place(place, keyword)
            switch (keyword, value[keyword]) {
            case ("properties", let properties?): order += document.keys(of: properties, at: memberPlace)
            case ("allOf", .array(let parts)?):
                for (index, part) in parts.enumerated() {
                    order += propertyOrder(of: part, at: "\(memberPlace)[\(index)]", depth: depth + 1)
                }
            default: break
            }
        }
        var seen: Set<String> = []
        return order.filter { seen.insert($0).inserted }
    }

    /// `allOf` as one schema; what two parts say differently stays in `allOf`, where both hold.
    private static func merged(_ members: [String: JSONValue]) -> [String: JSONValue] {
        guard case .array(let parts)? = members["allOf"] else { return members }
        var merged = members
        merged["allOf"] = nil
        var rest: [JSONValue] = []
        for part in parts {
            var left: [String: JSONValue] = [:]
            for (keyword, value) in part.object ?? [:] {
                switch (keyword, merged[keyword], value) {
                case (_, nil, _): merged[keyword] = value
                case ("properties", .object(let old)?, .object(let new)):
                    merged[keyword] = .object(
                        old.merging(new) { $0 == $1 ? $0 : .object(Self.merged(["allOf": [$0, $1]])) })
                case ("required", .array(let old)?, .array(let new)):
                    merged[keyword] = .array(old + new.filter { !old.contains($0) })
                case ("allOf", .array(let old)?, .array(let new)): merged[keyword] = .array(old + new)
                case (_, let old?, _):
                    if old != value, !annotations.contains(keyword), !keyword.hasPrefix("x-") { left[keyword] = value }
                }
            }
            if !left.isEmpty { rest.append(.object(left)) }
        }
        if !rest.isEmpty { merged["allOf"] = .array((merged["allOf"]?.array ?? []) + rest) }
        return merged
    }

    /// OpenAPI 3.0's `nullable` and truth-valued `exclusiveMinimum` as JSON Schema 2020-12 writes them.
    private static func modern(_ members: [String: JSONValue]) -> [String: JSONValue] {
        var members = members
        if members["nullable"] == .bool(true), let type = members["type"]?.string {
            members["type"] = [.string(type), "null"]
            if let choices = members["enum"]?.array, !choices.contains(.null) {
                members["enum"] = .array(choices + [.null])
            }
        }
        members["nullable"] = nil
        for (exclusive, bound) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
            guard let flag = members[exclusive]?.bool else { continue }
            members[exclusive] = flag ? members[bound] : nil
            if flag { members[bound] = nil }
        }
        return members
    }
}
