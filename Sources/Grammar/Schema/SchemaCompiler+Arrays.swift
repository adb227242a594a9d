import Core

extension SchemaCompiler {
    mutating func array(_ flat: FlatSchema, at place: String) throws(GrammarError) -> Expression {
        var prefix: [Expression] = []
        for (index, schema) in (flat["prefixItems"]?.array ?? []).enumerated() {
            prefix.append(try expression(for: schema, at: "\(place)/prefixItems/\(index)"))
        }
        let rest = flat["items"] ?? true
        let item = rest == false ? .never : try expression(for: rest, at: "\(place)/items")
        let least = Self.count(flat["minItems"]) ?? 0
        let most = Self.count(flat["maxItems"])
        if let most, most < least {
            parts.contradiction("minItems \(least) is over maxItems \(most)", at: place)
            return .never
        }
        if prefix.isEmpty {
            if most == 0 { return .literal("[]") }
            let some = Self.list(item, least: least, most: most)
            return .sequence([.literal("["), least == 0 ? .optional(some) : some, .literal("]")])
        }
        return .sequence([.literal("["), tuple(prefix, item, least: least, most: most), .literal("]")])
    }

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
