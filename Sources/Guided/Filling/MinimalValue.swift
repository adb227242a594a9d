import Core
import Grammar

/// The plainest value a schema admits, for what neither the question nor the model gives.
struct MinimalValue {
    /// Where references lead.
    let document: JSONValue
    private var steps = 0

    private static let mostDepth = 12
    private static let mostSteps = 2000
    private static let mostItems = 64

    /// - Returns: nil where none was found, be it that there is none.
    static func of(_ schema: JSONValue, in document: JSONValue) -> JSONValue? {
        var search = MinimalValue(document: document)
        return search.values(of: schema, count: 1, depth: 0).first
    }

    private init(document: JSONValue) { self.document = document }

    /// Instances of a schema, each other than the others, the plainest first.
    private mutating func values(of schema: JSONValue, count: Int, depth: Int) -> [JSONValue] {
        steps += 1
        guard depth < Self.mostDepth, steps < Self.mostSteps, schema != false else { return [] }
        var found: [JSONValue] = []
        for form in SchemaForms(document: document).all(of: schema) {
            for value in candidates(form, count: count, depth: depth)
            where !found.contains(value) && isInstance(value, schema) {
                found.append(value)
                if found.count == count { return found }
            }
        }
        return found
    }

    private func isInstance(_ value: JSONValue, _ schema: JSONValue) -> Bool {
        SchemaValidator.verdict(on: value, of: schema, document: document).isInstance
    }

    /// What may be an instance of a schema without combinations.
    private mutating func candidates(_ form: JSONObject, count: Int, depth: Int) -> [JSONValue] {
        if let only = form["const"] { return [only] }
        if let values = form["enum"]?.array { return values }
        let fallback = form["default"].map { [$0] } ?? []
        return fallback
            + Self.types(form).flatMap { type -> [JSONValue] in
                switch type {
                case "integer", "number": numbers(form, count: count)
                case "boolean": [false, true]
                case "null": [nil]
                case "array": lists(form, count: count, depth: depth)
                case "object": objects(form, count: count, depth: depth)
                default: texts(form, count: count)
                }
            }
    }

    private static func types(_ form: JSONObject) -> [String] {
        if let types = form["type"] { return types.string.map { [$0] } ?? types.array?.compactMap(\.string) ?? [] }
        if form["properties"] != nil || form["required"] != nil { return ["object"] }
        if form["items"] != nil || form["prefixItems"] != nil { return ["array"] }
        if form["minimum"] != nil || form["maximum"] != nil || form["multipleOf"] != nil { return ["number"] }
        return ["string", "integer", "boolean", "array", "object", "null"]
    }

    private func numbers(_ form: JSONObject, count: Int) -> [JSONValue] {
        let least = form["minimum"]?.number ?? form["exclusiveMinimum"]?.number
        let most = form["maximum"]?.number ?? form["exclusiveMaximum"]?.number
        let step = form["multipleOf"]?.number ?? 1
        let start = least.map { max($0, min(0, most ?? 0)) } ?? min(0, most ?? 0)
        let multiple = (start / step).rounded(.up)
        var numbers = [start] + (0...(count + 1)).map { (multiple + Double($0)) * step }
        numbers += (0...(count + 1)).map { ((most ?? start) / step).rounded(.down) * step - Double($0) * step }
        if let least, let most {
            numbers += (1...(count + 1)).map { least + (most - least) * Double($0) / Double(count + 2) }
        }
        return numbers.filter(\.isFinite).map(NumberFilling.json)
    }

    private func texts(_ form: JSONObject, count: Int) -> [JSONValue] {
        let sampled = StringSample.texts(of: .object(form))
        if !sampled.isEmpty { return sampled.map(JSONValue.string) }
        let least = form["minLength"]?.integer ?? 0
        guard least <= 10_000 else { return [] }
        let fill = String(repeating: "-", count: least)
        let letters = "abcdefghijklmnopqrstuvwxyz".prefix(count).map { String(fill.dropLast()) + String($0) }
        return ([fill] + letters + (0..<count).map { fill + String(repeating: "-", count: $0 + 1) })
            .map(JSONValue.string)
    }

    private mutating func lists(_ form: JSONObject, count: Int, depth: Int) -> [JSONValue] {
        let least = form["minItems"]?.integer ?? 0
        guard least <= Self.mostItems else { return [] }
        let first = form["prefixItems"]?.array ?? []
        let rest = form["items"] ?? true
        var items: [JSONValue] = []
        for schema in first.prefix(least) {
            guard let item = values(of: schema, count: least, depth: depth + 1).first(where: { !items.contains($0) })
            else { return [] }
            items.append(item)
        }
        if let wanted = form["contains"] {
            items += values(of: wanted, count: form["minContains"]?.integer ?? 1, depth: depth + 1)
        }
        let missing = max(0, least - items.count)
        let isUnique = form["uniqueItems"] == true
        let more = values(of: rest, count: max(count, isUnique ? least : 1), depth: depth + 1)
        let fresh = more.filter { !items.contains($0) }
        if isUnique {
            items += fresh.prefix(missing)
        } else if missing > 0, let item = more.first {
            items += Array(repeating: item, count: missing)
        }
        // Others: with one more item, or another last one.
        let longer = more.map { items + [$0] }
        let changed = fresh.map { Array(items.dropLast()) + [$0] }
        return ([items] + longer + changed).map(JSONValue.array)
    }

    private mutating func objects(_ form: JSONObject, count: Int, depth: Int) -> [JSONValue] {
        let declared = form["properties"] ?? [:]
        var names = form["required"]?.array?.compactMap(\.string) ?? []
        let optional = (declared.object?.keys.sorted() ?? []).filter { !names.contains($0) }
        var objects: [JSONValue] = []
        // With what is required alone, and then with more and more that is not.
        for extra in [nil] + optional.map(Optional.some) {
            if let extra { names.append(extra) }
            names = Self.closed(names, form["dependentRequired"] ?? form["dependencies"])
            var members: JSONObject = [:]
            var others: [JSONValue] = []
            for name in names where members[name] == nil {
                let schema = declared[name] ?? form["additionalProperties"] ?? true
                let values = values(of: schema, count: count, depth: depth + 1)
                guard let value = values.first else {
                    names.removeAll { $0 == name }
                    continue
                }
                members[name] = value
                others += values.dropFirst().map { .object([name: $0]) }
            }
            objects.append(.object(members))
            objects += others.map { other in .object(members.merging(other.object ?? [:]) { $1 }) }
            if objects.count > 32 { break }
        }
        return objects
    }

    /// The names with those that they ask for.
    private static func closed(_ names: [String], _ dependencies: JSONValue?) -> [String] {
        var names = names
        var index = 0
        while index < names.count {
            let needed = dependencies?[names[index]]?.array?.compactMap(\.string) ?? []
            names += needed.filter { !names.contains($0) }
            index += 1
        }
        return names
    }
}
