import Core

/// A schema without references and combinations: the keywords that one value must meet all of.
typealias FlatSchema = JSONObject

/// Takes schemas apart: references are followed, `allOf` merged, `anyOf` and `oneOf` spread out.
struct SchemaParts {
    let document: JSONValue
    /// Keywords that are not enforced, each with its place.
    private(set) var unenforced: Set<String> = []
    /// Places where nothing is left to be allowed.
    private(set) var contradictions: [String] = []
    /// What taking the schema apart has cost so far.
    private var work = 0
    private var matchers: [String: TextMatcher?] = [:]
    private var targets: [String: JSONValue] = [:]

    static let mostAlternatives = 256
    static let mostDepth = 64
    /// Combinations of combinations grow exponentially in what they are written with. A schema of a thousand members
    /// costs some ten thousand.
    private static let mostWork = 500_000

    init(document: JSONValue) {
        self.document = document
    }

    mutating func note(_ keyword: String, at place: String) { unenforced.insert("\(place)/\(keyword)") }

    mutating func contradiction(_ what: String, at place: String) {
        contradictions.append("\(place.isEmpty ? "/" : place): \(what)")
    }

    /// Forgets contradictions that turned out to be of something that may be left out.
    mutating func forgetContradictions(after count: Int) { contradictions.removeLast(contradictions.count - count) }

    /// Takes note of work before it is done, in about microseconds.
    ///
    /// - Throws: `schemaInvalid` where it is more than a schema is worth.
    mutating func spend(_ cost: Int, at place: String) throws(GrammarError) {
        work += cost
        guard work <= Self.mostWork else {
            throw Self.invalid(place, "the schema is too large, or combines too much; make it simpler")
        }
    }

    /// What takes the texts of a pattern or a format, under the name `key`; nil where there is none.
    mutating func matcher(
        _ key: String, at place: String, _ shape: () -> TextShape?
    ) throws(GrammarError) -> TextMatcher? {
        if let known = matchers[key] { return known }
        try spend(200, at: place)
        let matcher = shape().flatMap(TextMatcher.init)
        matchers[key] = .some(matcher)
        return matcher
    }

    /// The place of a member's schema.
    static func place(of name: String, at place: String) -> String {
        "\(place)/properties/\(escaped(name))"
    }

    /// A name as it stands in a JSON pointer (RFC 6901).
    static func escaped(_ name: String) -> String { name.replacing("~", with: "~0").replacing("/", with: "~1") }

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
            var error = Self.invalid(
                place, "schemas are combined or refer to each other more than \(Self.mostDepth) deep")
            error.isTooDeep = true
            throw error
        }
        try spend(10, at: place)
        let known = contradictions.count
        switch schema {
        case .bool(true): return [[:]]
        case .bool(false):
            contradiction("false allows no value", at: place)
            return []
        case .object(let keywords):
            var result = [try own(keywords, at: place)]
            for keyword in ["$ref", "$dynamicRef", "$recursiveRef"] {
                guard let reference = keywords[keyword] else { continue }
                guard let pointer = reference.string else {
                    throw Self.invalid("\(place)/\(keyword)", "a reference is a text")
                }
                let target = try target(of: pointer, at: "\(place)/\(keyword)")
                result = try product(result, flatten(target, at: pointer, depth: depth + 1), at: place)
            }
            for part in try list("allOf", keywords, at: place) ?? [] {
                result = try product(result, flatten(part.schema, at: part.place, depth: depth + 1), at: place)
            }
            for keyword in ["anyOf", "oneOf"] {
                guard let choices = try list(keyword, keywords, at: place) else { continue }
                if choices.isEmpty { contradiction("an empty list allows no value", at: "\(place)/\(keyword)") }
                // With what stands beside them: it may be what tells alternatives apart.
                var spread: [[FlatSchema]] = []
                var count = 0
                for choice in choices {
                    let flat = try flatten(choice.schema, at: choice.place, depth: depth + 1)
                    spread.append(try product(result, flat, at: place))
                    count += spread.last?.count ?? 0
                    try checkCount(count, at: place)
                }
                if keyword == "oneOf", try !areDisjoint(spread, at: place) { note(keyword, at: place) }
                result = Self.distinct(spread.flatMap { $0 })
            }
            for condition in Self.conditions(keywords) {
                result = try narrow(result, by: condition, at: place, depth: depth)
            }
            // Of OpenAPI 3.0, beside what is combined; beside a reference it says nothing there.
            if keywords["nullable"] == true, !["$ref", "type", "enum"].contains(where: { keywords[$0] != nil }) {
                result.append(["type": ["null"]])
            }
            // What contradicts itself in one alternative is none of a schema that has others.
            if !result.isEmpty { forgetContradictions(after: known) }
            return result
        default: throw Self.invalid(place, "a schema is an object or a truth value")
        }
    }

    func checkCount(_ count: Int, at place: String) throws(GrammarError) {
        guard count <= Self.mostAlternatives else {
            throw Self.invalid(place, "its combinations allow more than \(Self.mostAlternatives) alternatives")
        }
    }

    /// Alternatives that are written twice are one.
    private static func distinct(_ alternatives: [FlatSchema]) -> [FlatSchema] {
        var seen: Set<FlatSchema> = []
        return alternatives.filter { seen.insert($0).inserted }
    }

    private func list(
        _ keyword: String, _ keywords: FlatSchema, at place: String
    ) throws(GrammarError) -> [(schema: JSONValue, place: String)]? {
        guard let value = keywords[keyword] else { return nil }
        guard let array = value.array else { throw Self.invalid("\(place)/\(keyword)", "expected a list of schemas") }
        return array.enumerated().map { ($0.element, "\(place)/\(keyword)/\($0.offset)") }
    }

    /// What a reference leads to (RFC 6901).
    mutating func target(of pointer: String, at place: String) throws(GrammarError) -> JSONValue {
        if let known = targets[pointer] { return known }
        guard let target = document.target(ofReference: pointer) else {
            throw Self.invalid(place, "\"\(pointer)\" leads nowhere in this document")
        }
        targets[pointer] = target
        return target
    }
}
