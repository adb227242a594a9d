import Core
import Foundation

/// Holds arguments against a JSON Schema: the keywords that OpenAPI documents use.
struct ArgumentChecker {
    private(set) var problems: [String] = []

    /// What is wrong with the arguments of an operation, each with its place; empty when nothing is.
    static func problems(in arguments: JSONValue, of tool: Tool) -> [String] {
        guard let members = arguments.object else { return ["arguments: must be an object"] }
        var checker = ArgumentChecker()
        for name in members.keys.sorted() where tool.parameters["properties"]?[name] == nil {
            let near = tool.parameterOrder.first {
                $0.lowercased() == name.lowercased() || $0.hasPrefix(name) || name.hasPrefix($0)
            }
            let known =
                tool.parameterOrder.isEmpty
                ? "it takes none" : "it takes \(tool.parameterOrder.joined(separator: ", "))"
            checker.problems.append(
                "\(name): \(tool.operation) has no such argument; \(near.map { "did you mean \($0)?" } ?? known)")
        }
        var known = tool.parameters.object ?? [:]
        known["additionalProperties"] = nil
        checker.check(arguments, .object(known), at: "")
        return checker.problems
    }

    private mutating func check(_ value: JSONValue, _ schema: JSONValue, at place: String) {
        guard let schema = schema.object else {
            if schema == .bool(false) { report(place, "is not allowed") }
            return
        }
        if let types = Self.types(schema["type"]), !types.contains(where: { Self.isType($0, value) }) {
            report(place, "must be \(types.map(Self.article).joined(separator: " or ")), not \(Self.short(value))")
            return
        }
        if let choices = schema["enum"]?.array, !choices.contains(where: { Self.isSame($0, value) }) {
            let listed = choices.prefix(12).map(\.text).joined(separator: ", ") + (choices.count > 12 ? ", …" : "")
            report(place, "must be one of \(listed), not \(Self.short(value))")
        }
        if let constant = schema["const"], !Self.isSame(constant, value) { report(place, "must be \(constant.text)") }
        switch value {
        case .string(let text): check(text, schema, at: place)
        case .integer, .number: if let number = value.number { check(number, schema, at: place) }
        case .array(let items): check(items, schema, at: place)
        case .object(let members): check(members, schema, at: place)
        case .null, .bool: break
        }
        for part in schema["allOf"]?.array ?? [] { check(value, part, at: place) }
        for keyword in ["anyOf", "oneOf"] {
            guard let choices = schema[keyword]?.array else { continue }
            let fitting = choices.count { choice in
                var checker = ArgumentChecker()
                checker.check(value, choice, at: place)
                return checker.problems.isEmpty
            }
            if fitting == 0 { report(place, "fits none of the \(choices.count) allowed forms") }
            if keyword == "oneOf", fitting > 1 { report(place, "fits more than one of the allowed forms") }
        }
    }

    private mutating func check(_ text: String, _ schema: [String: JSONValue], at place: String) {
        if let least = schema["minLength"]?.integer, text.count < least {
            report(place, "must have at least \(least) characters")
        }
        if let most = schema["maxLength"]?.integer, text.count > most {
            report(place, "may have at most \(most) characters")
        }
        if let pattern = schema["pattern"]?.string, let regex = try? Regex(pattern), text.firstMatch(of: regex) == nil {
            report(place, "must match \(pattern)")
        }
        let isFormed: Bool? =
            switch schema["format"]?.string {
            case "date": text.wholeMatch(of: /\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])/) != nil
            case "date-time":
                (try? Date(text, strategy: .iso8601)) != nil || text.wholeMatch(of: /\d{4}-\d\d-\d\dT.*\.\d+.*/) != nil
            case "uuid": UUID(uuidString: text) != nil
            case "email": text.wholeMatch(of: /[^@\s]+@[^@\s]+/) != nil
            case "uri": URL(string: text)?.scheme != nil
            default: nil
            }
        if isFormed == false {
            report(place, "must be a \(schema["format"]?.string ?? ""), not \(Self.short(.string(text)))")
        }
    }

    private mutating func check(_ number: Double, _ schema: [String: JSONValue], at place: String) {
        if let least = schema["minimum"]?.number, number < least {
            report(place, "must be at least \(Self.text(least))")
        }
        if let most = schema["maximum"]?.number, number > most { report(place, "must be at most \(Self.text(most))") }
        if let bound = schema["exclusiveMinimum"]?.number, number <= bound {
            report(place, "must be over \(Self.text(bound))")
        }
        if let bound = schema["exclusiveMaximum"]?.number, number >= bound {
            report(place, "must be under \(Self.text(bound))")
        }
        if let step = schema["multipleOf"]?.number, step > 0 {
            let quotient = number / step
            if abs(quotient - quotient.rounded()) > 1e-9 { report(place, "must be a multiple of \(Self.text(step))") }
        }
    }

    private mutating func check(_ items: [JSONValue], _ schema: [String: JSONValue], at place: String) {
        if let least = schema["minItems"]?.integer, items.count < least {
            report(place, "must have at least \(least) items")
        }
        if let most = schema["maxItems"]?.integer, items.count > most {
            report(place, "may have at most \(most) items")
        }
        if schema["uniqueItems"] == .bool(true), Set(items).count < items.count {
            report(place, "may not hold the same item twice")
        }
        guard let item = schema["items"] else { return }
        for (index, value) in items.enumerated() { check(value, item, at: "\(place)[\(index)]") }
    }

    private mutating func check(_ members: [String: JSONValue], _ schema: [String: JSONValue], at place: String) {
        for name in schema["required"]?.array?.compactMap(\.string) ?? [] where members[name] == nil {
            report(Document.place(place, name), "is required")
        }
        for (name, value) in members.sorted(by: { $0.key < $1.key }) {
            if let property = schema["properties"]?[name] {
                check(value, property, at: Document.place(place, name))
            } else if let additional = schema["additionalProperties"] {
                check(value, additional, at: Document.place(place, name))
            }
        }
    }

    private mutating func report(_ place: String, _ what: String) {
        problems.append("\(place.isEmpty ? "arguments" : place): \(what)")
    }

    private static func types(_ type: JSONValue?) -> [String]? {
        type?.string.map { [$0] } ?? type?.array?.compactMap(\.string)
    }

    private static func isType(_ type: String, _ value: JSONValue) -> Bool {
        switch (type, value) {
        case ("null", .null), ("boolean", .bool), ("string", .string), ("array", .array), ("object", .object),
            ("number", .integer), ("number", .number), ("integer", .integer):
            true
        case ("integer", .number(let number)): number == number.rounded()
        default: false
        }
    }

    private static func isSame(_ a: JSONValue, _ b: JSONValue) -> Bool {
        a == b || (a.number != nil && a.number == b.number)
    }

    private static func article(_ type: String) -> String {
        type == "null" ? type : (type.first.map { "aeio".contains($0) } ?? false ? "an " : "a ") + type
    }

    private static func short(_ value: JSONValue) -> String {
        let text = value.text
        return text.count > 60 ? text.prefix(60) + "…" : text
    }

    private static func text(_ number: Double) -> String {
        Int(exactly: number).map(String.init) ?? String(number)
    }
}
