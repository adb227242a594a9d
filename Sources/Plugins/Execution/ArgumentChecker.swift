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
            let near = nearest(to: name, among: tool.parameterOrder)
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

    /// The name that was probably meant: it begins as this one does, or differs in at most two letters.
    private static func nearest(to name: String, among names: [String]) -> String? {
        let name = name.lowercased()
        let distances = names.map { known in
            let other = known.lowercased()
            return other.hasPrefix(name) || name.hasPrefix(other) ? 1 : distance(Array(name), Array(other))
        }
        guard let best = zip(names, distances).min(by: { $0.1 < $1.1 }), best.1 <= 2, best.1 < name.count else {
            return nil
        }
        return best.0
    }

    /// Levenshtein's edit distance.
    private static func distance(_ a: [Character], _ b: [Character]) -> Int {
        var row = Array(0...b.count)
        for (i, letter) in a.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, other) in b.enumerated() {
                let changed = diagonal + (letter == other ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(changed, diagonal + 1, row[j] + 1)
            }
        }
        return row[b.count]
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
            let fitting = choices.count { Self.fits(value, $0) }
            if fitting == 0 { report(place, "fits none of the \(choices.count) allowed forms") }
            if keyword == "oneOf", fitting > 1 { report(place, "fits more than one of the allowed forms") }
        }
        if let forbidden = schema["not"], Self.fits(value, forbidden) {
            report(place, "is of a form that is not allowed: \(Self.short(forbidden))")
        }
    }

    private static func fits(_ value: JSONValue, _ schema: JSONValue) -> Bool {
        var checker = ArgumentChecker()
        checker.check(value, schema, at: "")
        return checker.problems.isEmpty
    }

    private mutating func check(_ text: String, _ schema: [String: JSONValue], at place: String) {
        if let least = schema["minLength"]?.integer, text.unicodeScalars.count < least {
            report(place, "must have at least \(least) characters")
        }
        if let most = schema["maxLength"]?.integer, text.unicodeScalars.count > most {
            report(place, "may have at most \(most) characters")
        }
        if let pattern = schema["pattern"]?.string, let regex = try? Regex(pattern), text.firstMatch(of: regex) == nil {
            report(place, "must match \(pattern)")
        }
        let isFormed: Bool? =
            switch schema["format"]?.string {
            case "date": text.wholeMatch(of: /\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])/) != nil
            case "time": text.wholeMatch(of: /([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?(Z|[-+]\d\d:\d\d)?/) != nil
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
        let first = schema["prefixItems"]?.array ?? []
        for (index, value) in items.enumerated() {
            guard let item = index < first.count ? first[index] : schema["items"] else { continue }
            check(value, item, at: "\(place)[\(index)]")
        }
    }

    private mutating func check(_ members: [String: JSONValue], _ schema: [String: JSONValue], at place: String) {
        for name in schema["required"]?.array?.compactMap(\.string) ?? [] where members[name] == nil {
            report(Document.place(place, name), "is required")
        }
        if let least = schema["minProperties"]?.integer, members.count < least {
            report(place, "must have at least \(least) members")
        }
        if let most = schema["maxProperties"]?.integer, members.count > most {
            report(place, "may have at most \(most) members")
        }
        for (name, value) in members.sorted(by: { $0.key < $1.key }) {
            let patterns = (schema["patternProperties"]?.object ?? [:]).filter { pattern, _ in
                (try? Regex(pattern)).map { name.firstMatch(of: $0) != nil } ?? false
            }
            for (_, property) in patterns { check(value, property, at: Document.place(place, name)) }
            if let property = schema["properties"]?[name] {
                check(value, property, at: Document.place(place, name))
            } else if patterns.isEmpty, let additional = schema["additionalProperties"] {
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
