import Core

extension SchemaCompiler {
    /// Where all members may be left out, each is one way to begin.
    private static let mostMembers = 2000

    private struct Member {
        var expression: Expression
        var isRequired: Bool
    }

    mutating func object(_ flat: FlatSchema, at place: String) throws(GrammarError) -> Expression {
        let properties = flat["properties"]?.object ?? [:]
        let required = flat["required"]?.array?.compactMap(\.string) ?? []
        let hasPatterns = flat["patternProperties"] != nil
        // Where members are declared, others are written only if the schema says so.
        let additional =
            SchemaCheck.rest(flat) ?? .bool(properties.isEmpty && required.isEmpty && !hasPatterns)
        let known = Set(required)
        var order = required + properties.keys.filter { !known.contains($0) }.sorted()
        let names = try nameRules(flat["propertyNames"], at: place)
        // Names that are listed are declared, as far as their values go.
        if let listed = names?.listed { order += listed.filter { !order.contains($0) } }
        guard order.count <= Self.mostMembers else {
            throw SchemaParts.invalid(place, "an object declares more than \(Self.mostMembers) members")
        }
        var members: [Member] = []
        for (index, key) in order.enumerated() {
            let keyPlace = SchemaParts.place(of: key, at: place)
            let isRequired = index < required.count
            var schema = try SchemaCheck.member(key, flat, at: place, &parts) ?? true
            if let propertyNames = flat["propertyNames"],
                try !SchemaCheck.isInstance(.string(key), ofSchema: propertyNames, at: place, &parts)
            {
                schema = false
            }
            // An optional member that nothing can be is never written.
            if schema == false, !isRequired { continue }
            let name = Expression.literal("\"\(JSONText.inside(key))\": ")
            try parts.spend(key.utf8.count, at: keyPlace)
            members.append(
                Member(
                    expression: .sequence([name, try expression(for: schema, at: keyPlace)]), isRequired: isRequired))
        }
        let extras = try self.extras(flat, additional, names: names, declared: order, at: place).map {
            share($0, "other member")
        }
        if let count = count(of: members, extras, flat, at: place) {
            return .sequence([.literal("{"), counted(members, extras, count), .literal("}")])
        }
        return .sequence([.literal("{"), chain(members, extras), .literal("}")])
    }

    // MARK: How many

    /// Members whose number is counted while they are written, at most: so many states.
    private static let mostCounted = 4000

    /// How many members an object has.
    private struct Count {
        var least: Int
        var most: Int?
        /// Members are counted up to here.
        var last: Int { most ?? least }
    }

    /// - Returns: nil where the bounds say nothing that is not so anyway.
    private mutating func count(
        of members: [Member], _ extras: Expression?, _ flat: FlatSchema, at place: String
    ) -> Count? {
        let count = Count(least: Self.count(flat["minProperties"]) ?? 0, most: Self.count(flat["maxProperties"]))
        let required = members.count(where: \.isRequired)
        let all = extras == nil ? members.count : Int.max
        if count.least <= required, count.most.map({ $0 >= all }) ?? true { return nil }
        if let most = count.most, most < max(required, count.least) {
            parts.contradiction("maxProperties \(most) is under what is asked for", at: place)
        } else if all < count.least {
            parts.contradiction("there are fewer members than minProperties \(count.least)", at: place)
        }
        // A name that is not declared may come twice, and counts once.
        if extras != nil, count.least > required + 1 { parts.note("minProperties", at: place) }
        guard (members.count + 1) * (count.last + 1) <= Self.mostCounted else {
            for keyword in ["minProperties", "maxProperties"] where flat[keyword] != nil {
                parts.note(keyword, at: place)
            }
            return nil
        }
        return count
    }

    /// Members with commas between them, so many in all: a rule for what may follow so many of them.
    private mutating func counted(_ members: [Member], _ extras: Expression?, _ count: Count) -> Expression {
        let last = count.last
        func comma(_ written: Int) -> Expression { written == 0 ? .empty : .literal(", ") }
        // After all that are declared.
        var following: [Expression] = []
        let base = rules.rules.count
        for _ in 0...last { following.append(.rule(rules.reserve("members"))) }
        for written in 0...last {
            var choices: [Expression] = written >= count.least ? [.empty] : []
            if let extras, written < last || count.most == nil {
                choices.append(.sequence([comma(written), extras, following[min(written + 1, last)]]))
            }
            rules.rules[base + written] = .choice(choices)
        }
        for member in members.reversed() {
            var before: [Expression] = []
            for written in 0...last {
                var choices: [Expression] = member.isRequired ? [] : [following[written]]
                if written < last || count.most == nil {
                    choices.append(.sequence([comma(written), member.expression, following[min(written + 1, last)]]))
                }
                let rule = rules.reserve("members")
                rules.rules[rule] = .choice(choices)
                before.append(.rule(rule))
            }
            following = before
        }
        return following[0]
    }

    // MARK: In order

    /// Members with commas between them. Where one may be left out, a rule says what may follow, with it written and
    /// without; where none may, they are one sequence, so that alternatives can share what they begin with.
    private mutating func chain(_ members: [Member], _ extra: Expression?) -> Expression {
        let comma = Expression.literal(", ")
        let firstRequired = members.firstIndex(where: \.isRequired)
        // Each way to begin, and what follows something that is written: both back to front.
        var beginnings: [Expression] = []
        if firstRequired == nil { beginnings.append(extra.map { .optional(Self.list($0)) } ?? .empty) }
        var later = extra.map { [Expression.repeated(.sequence([comma, $0]), least: 0, most: nil)] } ?? []
        for (index, member) in members.enumerated().reversed() {
            if member.isRequired {
                later.append(member.expression)
                if index == firstRequired { beginnings.append(.sequence(later.reversed())) }
                later.append(comma)
            } else {
                let rest = share(.sequence(later.reversed()), "members")
                if index < firstRequired ?? members.count {
                    beginnings.append(.sequence([member.expression, rest]))
                }
                later = [.choice([.sequence([comma, member.expression, rest]), rest])]
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

    // MARK: Members that are not declared

    /// What names may be.
    private struct NameRules {
        var text = SizedText()
        /// All that there may be; nil where they are not listed.
        var listed: [String]?
    }

    private mutating func nameRules(_ schema: JSONValue?, at place: String) throws(GrammarError) -> NameRules? {
        guard let schema else { return nil }
        let flats = try parts.flatten(schema, at: "\(place)/propertyNames")
        let listed = flats.map { $0["enum"]?.array?.compactMap(\.string) }
        if !listed.contains(nil) { return NameRules(listed: listed.compactMap(\.self).flatMap { $0 }) }
        guard flats.count == 1 else {
            parts.note("propertyNames", at: place)
            return NameRules()
        }
        return NameRules(text: try textShape(flats[0], at: "\(place)/propertyNames"))
    }

    /// What a member that is not declared is; nil where there is none.
    private mutating func extras(
        _ flat: FlatSchema, _ additional: JSONValue, names: NameRules?, declared: [String], at place: String
    ) throws(GrammarError) -> Expression? {
        if names?.listed != nil { return nil }
        let base = names?.text ?? SizedText()
        var choices: [Expression] = []
        var shapes: [(shape: TextShape, schema: JSONValue)] = []
        for (pattern, schema) in (flat["patternProperties"]?.object ?? [:]).sorted(by: { $0.key < $1.key }) {
            guard let shape = Pattern.shape(pattern), shape.forbidden.isEmpty, shape.required.count == 1 else {
                parts.note("patternProperties", at: place)
                continue
            }
            shapes.append((shape, schema))
        }
        if !shapes.isEmpty {
            let literals = TextShape(forbidden: declared.map { .literal(JSONText.inside($0)) })
            // Which of the patterns a name matches decides what its value must be; of many, only one at a time is followed.
            let subsets =
                shapes.count <= Self.mostPatterns
                ? Array(1..<(1 << shapes.count)) : shapes.indices.map { 1 << $0 }
            for subset in subsets {
                var text = base
                text.shape.add(literals)
                text.keywords.append("patternProperties")
                var schemas: [JSONValue] = []
                for (index, part) in shapes.enumerated() {
                    if subset & 1 << index != 0 {
                        text.shape.add(part.shape)
                        schemas.append(part.schema)
                    } else {
                        text.shape.add(TextShape(forbidden: part.shape.required))
                    }
                }
                guard !schemas.contains(false) else { continue }
                try addMember(
                    text, schemas.count == 1 ? schemas[0] : ["allOf": .array(schemas)], to: &choices, at: place)
            }
        }
        if additional != false {
            let value = try expression(for: additional, at: "\(place)/additionalProperties")
            if shapes.isEmpty, base.shape.saysNothing, base.least == 0, base.most == nil {
                choices.append(.sequence([try name(except: declared, at: place), .literal(": "), value]))
            } else {
                var text = base
                text.keywords.append("propertyNames")
                text.shape.add(
                    TextShape(
                        forbidden: declared.map { .literal(JSONText.inside($0)) } + shapes.flatMap(\.shape.required)))
                try addMember(text, additional, to: &choices, at: place)
            }
        }
        return choices.isEmpty ? nil : choices.count == 1 ? choices[0] : .factored(choices)
    }

    private static let mostPatterns = 3

    private mutating func addMember(
        _ text: SizedText, _ schema: JSONValue, to choices: inout [Expression], at place: String
    ) throws(GrammarError) {
        let known = parts.contradictions.count
        guard let inside = try expression(of: text, at: place) else {
            // No name is of this kind, which is nothing against the object.
            parts.forgetContradictions(after: known)
            return
        }
        let value = try expression(for: schema, at: "\(place)/patternProperties")
        choices.append(.sequence([JSONText.quoted(inside), .literal(": "), value]))
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
