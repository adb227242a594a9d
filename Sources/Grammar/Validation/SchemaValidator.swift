package import Core

/// Holds a value against a JSON Schema (2020-12, and OpenAPI's subset of it). Patterns and formats are read as generation
/// reads them, by automata: what takes long to try elsewhere takes no longer here than the text is.
package struct SchemaValidator {
    private let document: JSONValue
    private let allowsLocalTimes: Bool
    private(set) var verdict = SchemaVerdict()
    private var matchers: [String: TextMatcher?] = [:]
    private var targets: [String: JSONValue?] = [:]
    private var depth = 0
    private var steps = 0

    private static let mostDepth = 128
    /// Alternatives of alternatives are many; what takes more is left unsaid.
    private static let mostSteps = 200_000

    /// - Parameters:
    ///   - document: where references lead; the schema itself where nil.
    ///   - name: what to call the value in messages.
    ///   - allowsLocalTimes: whether `12:30` is of the format `time`, as most APIs mean it, though RFC 3339 asks for seconds
    ///     and an offset.
    package static func verdict(
        on value: JSONValue, of schema: JSONValue, document: JSONValue? = nil, name: String = "arguments",
        allowsLocalTimes: Bool = false
    ) -> SchemaVerdict {
        var validator = SchemaValidator(document: document ?? schema, allowsLocalTimes: allowsLocalTimes)
        validator.check(value, schema, at: Place(name: name))
        return validator.verdict
    }

    private init(document: JSONValue, allowsLocalTimes: Bool) {
        self.document = document
        self.allowsLocalTimes = allowsLocalTimes
    }

    /// Where a part of the value stands.
    struct Place {
        let name: String
        private(set) var path = ""

        init(name: String) { self.name = name }

        func member(_ name: String) -> Place {
            var place = self
            place.path += path.isEmpty ? name : ".\(name)"
            return place
        }

        func item(_ index: Int) -> Place {
            var place = self
            place.path += "[\(index)]"
            return place
        }

        var text: String { path.isEmpty ? name : path }
    }

    mutating func report(_ place: Place, _ what: String) { verdict.problems.append("\(place.text): \(what)") }

    mutating func leaveOpen(_ keyword: String, at place: Place) {
        verdict.unchecked.insert("\(place.text): \(keyword)")
    }

    // MARK: Any value

    mutating func check(_ value: JSONValue, _ schema: JSONValue, at place: Place) {
        guard let keywords = schema.object else {
            if schema == .bool(false) { report(place, "is not allowed") }
            return
        }
        guard enter() else {
            leaveOpen("$ref", at: place)
            return
        }
        defer { leave() }
        // Of OpenAPI 3.0, beside what is combined.
        if keywords["nullable"] == true, value == .null,
            !["$ref", "type", "enum"].contains(where: { keywords[$0] != nil })
        {
            return
        }
        guard checkType(value, keywords, at: place) else { return }
        switch value {
        case .string(let text): check(text, keywords, at: place)
        case .integer, .number, .digits: checkNumber(value, keywords, at: place)
        case .array(let items): check(items, keywords, at: place)
        case .object(let members): check(members, keywords, at: place)
        case .null, .bool: break
        }
        checkCombinations(value, keywords, at: place)
    }

    /// - Returns: false where a value is too deep, or takes too long; then nothing is entered.
    mutating func enter() -> Bool {
        steps += 1
        guard depth + 1 < Self.mostDepth, steps < Self.mostSteps else { return false }
        depth += 1
        return true
    }

    mutating func leave() { depth -= 1 }

    private mutating func checkType(_ value: JSONValue, _ schema: JSONObject, at place: Place) -> Bool {
        if var types = schema["type"].flatMap({ $0.string.map { [$0] } ?? $0.array?.compactMap(\.string) }) {
            if schema["nullable"] == true { types.append("null") }
            guard types.contains(where: { Self.isType($0, value) }) else {
                report(
                    place, "must be \(types.map(Self.article).joined(separator: " or ")), not \(Self.short(value))")
                return false
            }
        }
        let plain = SchemaParts.canonical(value)
        if let choices = schema["enum"]?.array, !choices.contains(where: { SchemaParts.canonical($0) == plain }) {
            let listed = choices.prefix(12).map(\.text).joined(separator: ", ") + (choices.count > 12 ? ", …" : "")
            report(place, "must be one of \(listed), not \(Self.short(value))")
        }
        if let constant = schema["const"], SchemaParts.canonical(constant) != plain {
            report(place, "must be \(constant.text)")
        }
        return true
    }

    private mutating func checkCombinations(_ value: JSONValue, _ schema: JSONObject, at place: Place) {
        for keyword in Self.references {
            guard let pointer = schema[keyword]?.string else { continue }
            if let target = target(of: pointer) {
                check(value, target, at: place)
            } else {
                leaveOpen(keyword, at: place)
            }
        }
        for part in schema["allOf"]?.array ?? [] { check(value, part, at: place) }
        for keyword in ["anyOf", "oneOf"] {
            guard let choices = schema[keyword]?.array else { continue }
            var fitting = 0
            for choice in choices where fits(value, choice, at: place) { fitting += 1 }
            if fitting == 0 { report(place, "fits none of the \(choices.count) allowed forms") }
            if keyword == "oneOf", fitting > 1 { report(place, "fits more than one of the allowed forms") }
        }
        if let forbidden = schema["not"], fits(value, forbidden, at: place) {
            report(place, "is of a form that is not allowed: \(Self.short(forbidden))")
        }
        if let condition = schema["if"],
            let consequence = schema[fits(value, condition, at: place) ? "then" : "else"]
        {
            check(value, consequence, at: place)
        }
    }

    /// In a single document the dynamic ones lead where the others do.
    static let references = ["$ref", "$dynamicRef", "$recursiveRef"]

    mutating func target(of pointer: String) -> JSONValue? {
        if let known = targets[pointer] { return known }
        let target = document.target(ofReference: pointer)
        targets[pointer] = .some(target)
        return target
    }

    /// Whether a value is an instance; what that leaves open stays open.
    mutating func fits(_ value: JSONValue, _ schema: JSONValue, at place: Place) -> Bool {
        let before = verdict.problems
        verdict.problems = []
        check(value, schema, at: place)
        defer { verdict.problems = before }
        return verdict.problems.isEmpty
    }

    /// Whether a text is what a pattern or a format asks for; nil where that cannot be said.
    mutating func takes(_ text: String, _ key: String, _ shape: () -> TextShape?) -> Bool? {
        let matcher: TextMatcher?
        if let known = matchers[key] {
            matcher = known
        } else {
            matcher = shape().flatMap(TextMatcher.init)
            matchers[key] = .some(matcher)
        }
        return matcher?.takes(text)
    }

    /// Whether a text is a time of day without an offset, where that will do.
    func isLocalTime(_ text: String) -> Bool {
        allowsLocalTimes && text.utf8.count <= 32 && Self.localTime.isFound(in: text)
    }

    private static let localTime = TextPattern("^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\\.[0-9]+)?)?$")

    // MARK: Words

    private static func isType(_ type: String, _ value: JSONValue) -> Bool {
        switch (type, value) {
        case ("null", .null), ("boolean", .bool), ("string", .string), ("array", .array), ("object", .object),
            ("number", .integer), ("number", .number), ("number", .digits), ("integer", .integer):
            true
        case ("integer", _): value.isWhole
        default: false
        }
    }

    private static func article(_ type: String) -> String {
        type == "null" ? type : (type.first.map { "aeio".contains($0) } ?? false ? "an " : "a ") + type
    }

    static func short(_ value: JSONValue) -> String {
        let text = value.text
        return text.count > 60 ? text.prefix(60) + "…" : text
    }
}
