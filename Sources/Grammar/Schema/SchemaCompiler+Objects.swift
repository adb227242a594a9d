import Core

extension SchemaCompiler {
    /// Where all members may be left out, each is one way to begin.
    private static let mostMembers = 2000

    mutating func object(_ flat: FlatSchema, at place: String) throws(GrammarError) -> Expression {
        let properties = flat["properties"]?.object ?? [:]
        let required = flat["required"]?.array?.compactMap(\.string) ?? []
        // Where members are declared, others are written only if the schema says so.
        let additional = flat["additionalProperties"] ?? .bool(properties.isEmpty && required.isEmpty)
        let known = Set(required)
        let order = required + properties.keys.filter { !known.contains($0) }.sorted()
        guard order.count <= Self.mostMembers else {
            throw SchemaParts.invalid(place, "an object declares more than \(Self.mostMembers) members")
        }
        var members: [(expression: Expression, isRequired: Bool)] = []
        for (index, key) in order.enumerated() {
            let keyPlace = SchemaParts.place(of: key, at: place)
            let schema = try SchemaCheck.member(key, flat, at: place, &parts) ?? true
            let isRequired = index < required.count
            // An optional member that nothing can be is never written.
            if schema == false, !isRequired { continue }
            let name = Expression.literal("\"\(JSONText.inside(key))\": ")
            try parts.spend(key.utf8.count, at: keyPlace)
            members.append((.sequence([name, try expression(for: schema, at: keyPlace)]), isRequired))
        }
        var extra: Expression?
        if additional != false {
            let value = try expression(for: additional, at: "\(place)/additionalProperties")
            extra = .sequence([try name(except: order, at: place), .literal(": "), value])
        }
        return .sequence([.literal("{"), chain(members, extra), .literal("}")])
    }

    /// Members with commas between them. Where one may be left out, a rule says what may follow, with it written and
    /// without; where none may, they are one sequence, so that alternatives can share what they begin with.
    private mutating func chain(
        _ members: [(expression: Expression, isRequired: Bool)], _ extra: Expression?
    ) -> Expression {
        let comma = Expression.literal(", ")
        let firstRequired = members.firstIndex(where: \.isRequired)
        // Each way to begin, and what follows something that is written: both back to front.
        var beginnings: [Expression] = []
        if firstRequired == nil { beginnings.append(extra.map { .optional(Self.list($0)) } ?? .empty) }
        var later = extra.map { [Expression.repeated(.sequence([comma, $0]), least: 0, most: nil)] } ?? []
        for (index, (member, isRequired)) in members.enumerated().reversed() {
            if isRequired {
                later.append(member)
                if index == firstRequired { beginnings.append(.sequence(later.reversed())) }
                later.append(comma)
            } else {
                let rest = share(.sequence(later.reversed()), "members")
                if index < firstRequired ?? members.count { beginnings.append(.sequence([member, rest])) }
                later = [.choice([.sequence([comma, member, rest]), rest])]
            }
        }
        return beginnings.count == 1 ? beginnings[0] : .choice(beginnings.reversed())
    }

    /// A rule of what stands in more than one place.
    mutating func share(_ expression: Expression, _ name: String) -> Expression {
        switch expression {
        case .sequence(let parts) where parts.isEmpty: return expression
        case .sequence(let parts) where parts.count == 1: return share(parts[0], name)
        case .rule: return expression
        default:
            let rule = rules.reserve(name)
            rules.rules[rule] = expression
            return .rule(rule)
        }
    }

    // MARK: Names of additional members

    /// A string that is none of these: a rule for each beginning that they have, which leads to the longer ones or to
    /// anything else.
    private mutating func name(except names: [String], at place: String) throws(GrammarError) -> Expression {
        let root = rules.reserve("other name")
        var open = [(rule: root, rests: names.map { Array($0.unicodeScalars.map(\.value))[...] })]
        while let (rule, rests) = open.popLast() {
            try parts.spend(1 + rests.count, at: place)
            let groups = Dictionary(grouping: rests.filter { !$0.isEmpty }, by: { $0[$0.startIndex] })
            var choices = [Expression.sequence([other(than: groups.keys), anyText])]
            for (first, group) in groups.sorted(by: { $0.key < $1.key }) {
                let longer = rules.reserve("other name")
                open.append((longer, group.map { $0.dropFirst() }))
                choices.append(.sequence([JSONText.written(ScalarSet([first...first])), .rule(longer)]))
            }
            if rests.allSatisfy({ !$0.isEmpty }) { choices.append(.empty) }
            rules.rules[rule] = .choice(choices)
        }
        return JSONText.quoted(.rule(root))
    }

    /// One character of a string but these. Those that are not plain ASCII are many to write down, and mostly all there.
    private mutating func other(than scalars: some Collection<UInt32>) -> Expression {
        let excluded = ScalarSet(scalars.map { $0...$0 })
        let unusual = JSONText.plainASCII.complement
        let plain = JSONText.written(JSONText.plainASCII.subtracting(excluded))
        if unusual.intersection(excluded).isEmpty { return .choice([plain, unusualCharacter]) }
        return .choice([plain, JSONText.written(unusual.subtracting(excluded))])
    }
}
