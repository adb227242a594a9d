import Core
import SeededRandom

/// Makes values that are, or nearly are, instances of a schema.
struct RandomInstance {
    private var random: SeededRandom
    private let document: JSONValue

    private static let formatted: [String: [String]] = [
        "date": ["2024-02-29", "1999-12-31", "2023-02-29", "2000-02-30", "1900-02-29"],
        "time": ["00:00:00Z", "23:59:59.25+13:45", "24:00:00Z", "12:00Z", "01:02:03.123456789Z"],
        "date-time": ["2024-02-29T12:30:00Z", "2026-11-23T07:32:40-05:00", "2026-02-30T00:00:00Z", "2026-11-23"],
        "uuid": ["123e4567-e89b-12d3-a456-426614174000", "00000000-0000-0000-0000-00000000000g"],
        "email": ["ann@example.org", "a.b+c@mail.example.com", "nobody"],
        "ipv4": ["127.0.0.1", "255.10.0.9", "256.0.0.1"],
        "uri": [
            "https://example.org/a?b=c#d", "ftp://host", "no uri", "http://localhost:65535/", "mailto:ann@example.org",
            "urn:isbn:0451450523", "file:///etc/hosts", "https://xn--bcher-kva.example/?q=%C3%BC",
        ],
    ]

    init(_ document: JSONValue, seed: UInt64) {
        self.document = document
        random = SeededRandom(seed: seed)
    }

    mutating func value() -> JSONValue { value(of: document, depth: 5) }

    private mutating func value(of schema: JSONValue, depth: Int) -> JSONValue {
        let parts = parts(of: schema, depth: 6)
        if depth == 0 || parts.isEmpty || random.chance(25) { return random.anyValue() }
        if let constant = parts.compactMap({ $0["const"] }).first { return constant }
        if let values = parts.compactMap({ $0["enum"]?.array }).first, !values.isEmpty { return random.pick(values) }
        let types = parts.compactMap { $0["type"].map { $0.array ?? [$0] } }.min { $0.count < $1.count } ?? []
        switch types.isEmpty ? nil : random.pick(types).string {
        case "string": return .string(text(parts))
        case "integer", "number": return number(parts)
        case "array": return array(parts, depth: depth)
        case "object": return object(parts, depth: depth)
        case "boolean": return .bool(random.chance(2))
        case "null": return .null
        default: return random.anyValue()
        }
    }

    /// The schema and what it is made of, with one alternative of each choice.
    private mutating func parts(of schema: JSONValue, depth: Int) -> [JSONObject] {
        guard depth > 0, let keywords = schema.object else { return [] }
        var found = [keywords]
        if let pointer = keywords["$ref"]?.string {
            let name = pointer.dropFirst("#/$defs/".count).replacing("~1", with: "/")
            found += parts(of: document["$defs"]?[String(name)] ?? true, depth: depth - 1)
        }
        for part in keywords["allOf"]?.array ?? [] { found += parts(of: part, depth: depth - 1) }
        for keyword in ["anyOf", "oneOf"] {
            if let choices = keywords[keyword]?.array { found += parts(of: random.pick(choices), depth: depth - 1) }
        }
        return found
    }

    /// One of the numbers that the parts give a keyword.
    private mutating func bound(_ keywords: [String], _ parts: [JSONObject]) -> JSONValue? {
        let found = parts.flatMap { part in keywords.compactMap { part[$0] } }
        return found.isEmpty ? nil : random.pick(found)
    }

    /// A length or count, seldom out of bounds.
    private mutating func count(_ least: String, _ most: String, _ parts: [JSONObject]) -> Int {
        let low = bound([least], parts)?.integer ?? 0
        let high = max(low, bound([most], parts)?.integer ?? low + 3)
        return Int.random(in: low...high, using: &random) + (random.chance(8) ? random.pick([-1, 1]) : 0)
    }

    private mutating func text(_ parts: [JSONObject]) -> String {
        if let format = bound(["format"], parts)?.string { return random.pick(Self.formatted[format] ?? [""]) }
        return random.text(count("minLength", "maxLength", parts))
    }

    private mutating func number(_ parts: [JSONObject]) -> JSONValue {
        let keywords = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]
        var hundredths = Int.random(in: -500...15_000, using: &random)
        if !random.chance(3), let near = bound(keywords, parts)?.number {
            hundredths = Int((near * 100).rounded()) + random.pick([0, 0, 1, -1, 50, 100, -100, 700, 3000])
        }
        let isWhole = parts.contains { $0["type"] == "integer" } && !random.chance(12)
        return .decimal(hundredths: isWhole ? hundredths / 100 * 100 : hundredths)
    }

    private mutating func array(_ parts: [JSONObject], depth: Int) -> JSONValue {
        .array(
            (0..<max(0, count("minItems", "maxItems", parts))).map { index in
                let schemas = parts.compactMap { part in
                    let listed = part["prefixItems"]?.array ?? []
                    return index < listed.count ? listed[index] : part["items"]
                }
                return value(of: ["allOf": .array(schemas)], depth: depth - 1)
            })
    }

    private mutating func object(_ parts: [JSONObject], depth: Int) -> JSONValue {
        let declared = Set(parts.flatMap { $0["properties"]?.object?.keys.sorted() ?? [] }).sorted()
        let required = parts.flatMap { $0["required"]?.array?.compactMap(\.string) ?? [] }
        let others = RandomSchema.names.filter { !declared.contains($0) }
        var members: JSONObject = [:]
        for name in declared + others where members.count < 5 {
            let isWanted = required.contains(name) ? !random.chance(20) : random.chance(declared.contains(name) ? 2 : 5)
            guard isWanted else { continue }
            let schemas = parts.compactMap { $0["properties"]?[name] ?? $0["additionalProperties"] }
            members[name] = value(of: ["allOf": .array(schemas)], depth: depth - 1)
        }
        return .object(members)
    }
}
