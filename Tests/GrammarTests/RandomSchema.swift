import Core
import SeededRandom

/// Makes schemas over all keywords. They always say what type they are about and, where members are declared, what
/// others may be: what Squire takes schemas that leave it open to mean is narrower than JSON Schema's "anything".
struct RandomSchema {
    private var random: SeededRandom
    private var definitions: [String] = []

    static let names = ["a", "b", "ab", "c", "é\"", "long name", "z"]
    static let formats = ["date", "time", "date-time", "uuid", "email", "uri", "ipv4"]

    init(seed: UInt64) {
        random = SeededRandom(seed: seed)
    }

    mutating func document() -> JSONValue {
        definitions = random.pick([[], ["tree"], ["tree", "b/c"]])
        guard case .object(var root) = schema(depth: Int.random(in: 1...3, using: &random)) else { return true }
        for name in definitions {
            root["$defs"] = .object(
                (root["$defs"]?.object ?? [:]).merging([name: schema(depth: 2)]) { _, last in last })
        }
        return .object(root)
    }

    /// A schema of a member or an item, which may be a reference: only there does recursion end.
    private mutating func value(depth: Int) -> JSONValue {
        if !definitions.isEmpty, random.chance(4) { return reference() }
        if random.chance(25) { return .bool(!random.chance(4)) }
        return schema(depth: depth)
    }

    /// A reference, alone, among alternatives, or with something beside it.
    private mutating func reference() -> JSONValue {
        let target: JSONValue = .string("#/$defs/" + random.pick(definitions).replacing("/", with: "~1"))
        switch Int.random(in: 0..<8, using: &random) {
        case 0, 1: return ["anyOf": [["$ref": target], ["type": "null"]]]
        case 2: return ["oneOf": [["type": "null"], ["$ref": target]], "title": "maybe"]
        case 3:
            return .object(
                JSONObject(["$ref": target]).merging(random.chance(2) ? ["nullable": true] : string()) { $1 })
        case 4: return ["allOf": [["$ref": target]], "description": "ignored"]
        default: return ["$ref": target]
        }
    }

    private mutating func schema(depth: Int) -> JSONValue {
        if depth > 0, random.chance(4) { return combination(depth: depth) }
        var keywords: JSONObject = [:]
        switch Int.random(in: 0..<(depth > 0 ? 14 : 8), using: &random) {
        case 0: keywords = ["type": random.pick(["boolean", "null"])]
        case 1: keywords = constants()
        case 2: keywords = string().merging(number()) { $1 }.merging(["type": ["string", "number"]]) { $1 }
        case 3, 4: keywords = string()
        case 5...7: keywords = number()
        case 8...10: keywords = array(depth: depth)
        default: keywords = object(depth: depth)
        }
        if random.chance(8) { keywords["title"] = "ignored" }
        if random.chance(12) { keywords.merge(unusual(keywords["type"]?.string)) { $1 } }
        return .object(keywords)
    }

    private mutating func combination(depth: Int) -> JSONValue {
        let count = Int.random(in: 1...3, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0:
            // Parts of one type, so that something is left.
            let part = random.pick([0, 1, 2, 3])
            let isOpen = part == 0 && random.chance(2)
            var parts: [JSONValue] = []
            for _ in 0..<count {
                var keywords =
                    switch part {
                    case 0: object(depth: depth - 1)
                    case 1: array(depth: depth - 1)
                    case 2: string()
                    default: number()
                    }
                if isOpen { keywords["additionalProperties"] = nil }
                parts.append(.object(keywords))
            }
            // Members that no part declares are not written, where none says that there may be others.
            return isOpen ? ["allOf": .array(parts), "unevaluatedProperties": false] : ["allOf": .array(parts)]
        case 1:
            var base = random.chance(2) ? number() : string()
            base["anyOf"] = .array((0..<count).map { _ in schema(depth: depth - 1) })
            return .object(base)
        case 2:
            // Members beside alternatives of members.
            var base = object(depth: depth - 1)
            base["additionalProperties"] = true
            base[random.pick(["anyOf", "oneOf"])] = .array((0..<count).map { _ in .object(object(depth: depth - 1)) })
            return .object(base)
        default: return [random.pick(["anyOf", "oneOf"]): .array((0..<count).map { _ in schema(depth: depth - 1) })]
        }
    }

    // MARK: By type

    private mutating func constants() -> JSONObject {
        var values: [JSONValue] = []
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let value = random.anyValue()
            if !values.contains(value) { values.append(value) }
        }
        switch Int.random(in: 0..<4, using: &random) {
        case 0: return ["const": values[0]]
        case 1: return ["enum": .array(values)]
        case 2: return ["enum": .array(values), "type": .string(values[0].type)]
        default:
            // Constants that other keywords may exclude.
            let texts =
                (0..<4).map { JSONValue.string(random.text($0)) } + [.integer(Int.random(in: -9...9, using: &random))]
            return string().merging(["enum": .array(texts), "type": ["string", "integer"]]) { $1 }
        }
    }

    private mutating func string() -> JSONObject {
        var keywords: JSONObject = ["type": "string"]
        if random.chance(3) { keywords["minLength"] = .integer(Int.random(in: 0...4, using: &random)) }
        if random.chance(3) { keywords["maxLength"] = .integer(Int.random(in: 2...7, using: &random)) }
        switch Int.random(in: 0..<8, using: &random) {
        case 0: keywords["format"] = .string(random.pick(Self.formats))
        case 1, 2: keywords["pattern"] = .string(pattern())
        default: break
        }
        return keywords
    }

    /// A regular expression without what tells dialects apart.
    private mutating func pattern() -> String {
        var atoms: [String] = []
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            let atom = random.pick([
                "a", "b", "é", "\"", #"\\"#, #"\d"#, #"\D"#, #"\w"#, #"\W"#, #"\s"#, #"\S"#, ".", "[a-c]", "[^ab]",
                #"[\d_-]"#,
                "(a|b1)", "(?:ab)", "(x|)", #"\."#, #"\u0061"#, #"[\]\\]"#,
            ])
            atoms.append(atom + random.pick(["", "", "", "*", "+", "?", "{2}", "{1,3}", "{2,}", "*?"]))
        }
        let body = atoms.joined()
        return random.pick([body, "^\(body)$", "^\(body)$", "^\(body)", "\(body)$", "^(\(body)|b*)$", "^\(body)|x$"])
    }

    private mutating func number() -> JSONObject {
        let isInteger = random.chance(2)
        var keywords: JSONObject = ["type": isInteger ? "integer" : "number"]
        func bound(_ range: ClosedRange<Int>) -> JSONValue {
            random.chance(2) ? random.decimal(in: range) : .integer(Int.random(in: range, using: &random))
        }
        if random.chance(3) { keywords[random.pick(["minimum", "exclusiveMinimum"])] = bound(-30...10) }
        if random.chance(3) { keywords[random.pick(["maximum", "exclusiveMaximum"])] = bound(0...130) }
        if random.chance(5) { keywords["multipleOf"] = random.pick([1, 2, 3, 7, 10, 100, 0.5, 1.5]) }
        return keywords
    }

    private mutating func array(depth: Int) -> JSONObject {
        var keywords: JSONObject = ["type": "array"]
        if !random.chance(4) { keywords["items"] = value(depth: depth - 1) }
        if random.chance(4) {
            keywords["prefixItems"] = .array(
                (0..<Int.random(in: 1...2, using: &random)).map { _ in value(depth: depth - 1) })
        }
        if random.chance(3) { keywords["minItems"] = .integer(Int.random(in: 0...3, using: &random)) }
        if random.chance(3) { keywords["maxItems"] = .integer(Int.random(in: 1...5, using: &random)) }
        return keywords
    }

    private mutating func object(depth: Int) -> JSONObject {
        var members: JSONObject = [:]
        for name in random.some(of: Self.names.dropLast(2)) { members[name] = value(depth: depth - 1) }
        var keywords: JSONObject = ["type": "object", "properties": .object(members)]
        keywords["additionalProperties"] = random.chance(3) ? value(depth: depth - 1) : .bool(random.chance(2))
        if !random.chance(3) {
            var required = random.some(of: members.keys.sorted().shuffled(using: &random))
            if random.chance(10) { required.append("z") }
            keywords["required"] = .array(required.map { .string($0) })
        }
        return keywords
    }

    /// Keywords that are enforced by few, and must at least be reported.
    private mutating func unusual(_ type: String?) -> JSONObject {
        switch type {
        case "array":
            random.pick([
                ["uniqueItems": true], ["contains": ["type": "integer"]], ["contains": false],
                ["contains": ["type": "null"], "minContains": 0, "maxContains": 0], ["unevaluatedItems": false],
            ])
        case "object":
            random.pick([
                ["minProperties": 2], ["maxProperties": 1], ["maxProperties": 0], ["propertyNames": ["maxLength": 1]],
                ["propertyNames": false], ["patternProperties": ["^a": ["type": "null"]]],
                ["dependentRequired": ["a": ["c"]]],
                ["dependentSchemas": ["a": false]], ["unevaluatedProperties": false],
            ])
        default:
            random.pick([
                ["not": ["maxLength": 1]], ["not": ["type": "integer"]], ["not": true],
                ["if": ["minLength": 2], "then": ["maxLength": 2], "else": false],
            ])
        }
    }
}
