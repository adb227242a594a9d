import Core

extension SchemaCompiler {
    mutating func array(_ flat: FlatSchema, at place: String) throws(GrammarError) -> Expression {
        var prefix: [Expression] = []
        for (index, schema) in (flat["prefixItems"]?.array ?? []).enumerated() {
            prefix.append(try expression(for: schema, at: "\(place)/prefixItems/\(index)"))
        }
        let rest = flat["items"] ?? flat["unevaluatedItems"] ?? true
        if flat["contains"] != nil, flat["items"] == nil, flat["unevaluatedItems"] != nil {
            parts.note("unevaluatedItems", at: place)
        }
        let item = rest == false ? .never : try expression(for: rest, at: "\(place)/items")
        let least = Self.count(flat["minItems"]) ?? 0
        let most = Self.count(flat["maxItems"])
        if let most, most < least {
            parts.contradiction("minItems \(least) is over maxItems \(most)", at: place)
            return .never
        }
        if prefix.isEmpty {
            if let wanted = try containing(flat, rest, item, least: least, most: most, at: place) { return wanted }
        } else if flat["contains"] != nil {
            parts.note("contains", at: place)
        }
        if flat["uniqueItems"] == true, most ?? 2 > 1 {
            if prefix.isEmpty, let all = try distinct(rest, least: least, most: most, at: place) { return all }
            parts.note("uniqueItems", at: place)
        }
        if prefix.isEmpty {
            if most == 0 { return .literal("[]") }
            let some = Self.list(item, least: least, most: most)
            return .sequence([.literal("["), least == 0 ? .optional(some) : some, .literal("]")])
        }
        return .sequence([.literal("["), tuple(prefix, item, least: least, most: most), .literal("]")])
    }

    // MARK: Items of some kind

    /// Lists in which so many items are of the kind of `contains` are counted up to so many items, and so many of the kind.
    private static let mostCounted = 64
    private static let mostContained = 4

    /// A list that holds what `contains` asks for: a rule for how many items there are, and how many of the kind.
    ///
    /// - Returns: nil where nothing is asked for, or more than is counted.
    private mutating func containing(
        _ flat: FlatSchema, _ rest: JSONValue, _ item: Expression, least: Int, most: Int?, at place: String
    ) throws(GrammarError) -> Expression? {
        guard let kind = flat["contains"] else { return nil }
        let wanted = Self.count(flat["minContains"]) ?? 1
        if flat["maxContains"] != nil { parts.note("maxContains", at: place) }
        guard wanted > 0 else { return nil }
        if let most, most < wanted {
            parts.contradiction("maxItems \(most) is under what contains asks for", at: place)
            return .never
        }
        let last = most ?? max(1, least)
        guard last <= Self.mostCounted, wanted <= Self.mostContained, flat["uniqueItems"] != true else {
            parts.note("contains", at: place)
            return nil
        }
        let schema: JSONValue = rest == true ? kind : ["allOf": [rest, kind]]
        let fitting = share(try expression(for: schema, at: "\(place)/contains"), "contained item")
        let other = share(item, "item")
        try parts.spend(4 * (last + 1) * (wanted + 1), at: place)
        let first = rules.rules.count
        for _ in 0..<((last + 1) * (wanted + 1)) { _ = rules.reserve("items") }
        func rule(_ items: Int, _ found: Int) -> Expression { .rule(first + items * (wanted + 1) + found) }
        for items in 0...last {
            for found in 0...wanted {
                var choices: [Expression] = items >= least && found == wanted ? [.empty] : []
                if items < last || most == nil {
                    // Without a bound, what is over the least is not counted.
                    let next = min(items + 1, last)
                    let comma = Expression.literal(items == 0 ? "" : ", ")
                    choices.append(.sequence([comma, other, rule(next, found)]))
                    if found < wanted { choices.append(.sequence([comma, fitting, rule(next, found + 1)])) }
                }
                rules.rules[first + items * (wanted + 1) + found] = .choice(choices)
            }
        }
        return .sequence([.literal("["), rule(0, 0), .literal("]")])
    }

    /// Values of which all lists without repetition are written out: a rule for each set of those that are used.
    private static let mostDistinct = 8

    /// Lists of values of which each stands once.
    ///
    /// - Returns: nil where there are too many to choose from.
    private mutating func distinct(
        _ rest: JSONValue, least: Int, most: Int?, at place: String
    ) throws(GrammarError) -> Expression? {
        var values: [JSONValue] = []
        for flat in try parts.flatten(rest, at: "\(place)/items") {
            let listed =
                flat["enum"]?.array ?? (flat["type"] == ["boolean"] ? [true, false] : nil)
                ?? (flat["type"] == ["null"] ? [nil] : nil)
            guard let listed else { return nil }
            for value in listed where !values.contains(value) {
                if try SchemaCheck.isInstance(value, of: flat, at: place, &parts) { values.append(value) }
            }
        }
        guard values.count <= Self.mostDistinct else { return nil }
        let most = min(most ?? values.count, values.count)
        guard least <= most else {
            parts.contradiction("there are fewer values than minItems \(least)", at: place)
            return .never
        }
        try parts.spend(values.count << values.count, at: place)
        let literals = values.map { Expression.literal(JSONText.text($0)) }
        // What may follow once some are used: all sets, the largest first, so that rules are there when they are used.
        var following = [Int: Expression]()
        for used in (0..<(1 << values.count)).reversed() where used.nonzeroBitCount <= most {
            var choices: [Expression] = used.nonzeroBitCount >= least ? [.empty] : []
            if used.nonzeroBitCount < most {
                for index in values.indices where used & 1 << index == 0 {
                    guard let next = following[used | 1 << index] else { continue }
                    let comma = used == 0 ? Expression.empty : .literal(", ")
                    choices.append(.sequence([comma, literals[index], next]))
                }
            }
            following[used] = share(.factored(choices), "distinct items")
        }
        return .sequence([.literal("["), following[0] ?? .never, .literal("]")])
    }

    // MARK: Places

    /// Items that have their places, and others after them.
    private mutating func tuple(_ prefix: [Expression], _ item: Expression, least: Int, most: Int?) -> Expression {
        let comma = Expression.literal(", ")
        // Back to front; what may be left out is a rule, so that thousands of places are not within each other.
        var reversed = [
            Expression.repeated(
                .sequence([comma, item]), least: max(0, least - prefix.count),
                most: most.map { max(0, $0 - prefix.count) })
        ]
        for index in prefix.indices.reversed() {
            let start = index == 0 ? Expression.empty : comma
            if let most, index >= most {
                reversed = []
            } else if index < least {
                reversed += [prefix[index], start]
            } else {
                let rest = share(.sequence(reversed.reversed()), "items")
                reversed = [.optional(.sequence([start, prefix[index], rest]))]
            }
        }
        return .sequence(reversed.reversed())
    }
}
