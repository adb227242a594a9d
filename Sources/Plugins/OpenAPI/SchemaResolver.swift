import Core
import Foundation

/// Makes a schema stand by itself: `$ref` replaced by what it points at, OpenAPI 3.0's own keywords by JSON Schema's.
struct SchemaResolver {
    let document: Document
    private(set) var problems: [String] = []
    private(set) var warnings: [String] = []

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
                let key =
                    String(step).replacing("~1", with: "/").replacing("~0", with: "~").removingPercentEncoding
                    ?? String(step)
                guard let member = next[key] else {
                    problems.append("\(place).$ref: \"\(pointer)\" leads nowhere; there is no \"\(key)\" in it")
                    return nil
                }
                next = member
                nextPlace = Document.place(nextPlace, key)
            }
            (value, place) = (next, nextPlace)
        }
        problems.append("\(place).$ref: the references go in a circle")
        return nil
    }

    /// The schema with all references replaced.
    mutating func resolve(_ schema: JSONValue, at place: String) -> JSONValue {
        resolve(schema, at: place, inside: [])
    }

    private mutating func resolve(_ schema: JSONValue, at place: String, inside: [String]) -> JSONValue {
        if case .bool = schema { return schema }
        guard schema.object != nil else {
            problems.append("\(place): a schema is an object")
            return [:]
        }
        guard let (value, target) = target(schema, at: place), var members = value.object else { return [:] }
        if schema["$ref"] != nil {
            if inside.contains(target) {
                warnings.append("\(place): \(target) contains itself; inside itself any value is accepted")
                return [:]
            }
            return resolve(value, at: target, inside: inside + [target])
        }
        for (keyword, member) in members {
            let memberPlace = Document.place(place, keyword)
            switch (keyword, member) {
            case ("properties", .object(let properties)):
                members[keyword] = .object(
                    properties.reduce(into: [:]) {
                        $0[$1.key] = resolve($1.value, at: Document.place(memberPlace, $1.key), inside: inside)
                    })
            case ("items", .object), ("additionalProperties", .object), ("not", .object):
                members[keyword] = resolve(member, at: memberPlace, inside: inside)
            case ("allOf", .array(let parts)), ("anyOf", .array(let parts)), ("oneOf", .array(let parts)):
                members[keyword] = .array(
                    parts.enumerated().map { resolve($1, at: "\(memberPlace)[\($0)]", inside: inside) })
            default: break
            }
        }
        return .object(Self.modern(Self.merged(members)))
    }

    /// `allOf` of objects as one object.
    private static func merged(_ members: [String: JSONValue]) -> [String: JSONValue] {
        guard case .array(let parts)? = members["allOf"] else { return members }
        var merged = members
        merged["allOf"] = nil
        for part in parts {
            for (keyword, value) in part.object ?? [:] {
                switch (keyword, merged[keyword], value) {
                case ("properties", .object(let old)?, .object(let new)):
                    merged[keyword] = .object(old.merging(new) { first, _ in first })
                case ("required", .array(let old)?, .array(let new)):
                    merged[keyword] = .array(old + new.filter { !old.contains($0) })
                case (_, nil, _): merged[keyword] = value
                default: break
                }
            }
        }
        return merged
    }

    /// OpenAPI 3.0's `nullable` and truth-valued `exclusiveMinimum` as JSON Schema 2020-12 writes them.
    private static func modern(_ members: [String: JSONValue]) -> [String: JSONValue] {
        var members = members
        if members["nullable"] == .bool(true), let type = members["type"]?.string {
            members["type"] = [.string(type), "null"]
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
