import Core

extension SchemaValidator {
    // MARK: Strings

    mutating func check(_ text: String, _ schema: JSONObject, at place: Place) {
        let count = Double(text.unicodeScalars.count)
        if let least = schema["minLength"]?.number, count < least {
            report(place, "must have at least \(Self.text(least)) characters")
        }
        if let most = schema["maxLength"]?.number, count > most {
            report(place, "may have at most \(Self.text(most)) characters")
        }
        if let pattern = schema["pattern"]?.string {
            switch takes(text, "pattern \(pattern)", { Pattern.shape(pattern) }) {
            case true?: break
            case false?: report(place, "must match \(pattern)")
            case nil: leaveOpen("pattern", at: place)
            }
        }
        // Formats that are not enforced say how a text is to be understood.
        if let format = schema["format"]?.string, !(format == "time" && isLocalTime(text)),
            takes(text, "format \(format)", { StringFormat.shape(format) }) == false
        {
            report(place, "must be a \(format), not \(Self.short(.string(text)))")
        }
    }

    // MARK: Numbers

    mutating func checkNumber(_ value: JSONValue, _ schema: JSONObject, at place: Place) {
        // In OpenAPI 3.0 the exclusive bounds are flags.
        if let least = schema["minimum"], least.number != nil {
            if value.isLess(than: least) { report(place, "must be at least \(least.text)") }
            if schema["exclusiveMinimum"] == true, !least.isLess(than: value) {
                report(place, "must be over \(least.text)")
            }
        }
        if let most = schema["maximum"], most.number != nil {
            if most.isLess(than: value) { report(place, "must be at most \(most.text)") }
            if schema["exclusiveMaximum"] == true, !value.isLess(than: most) {
                report(place, "must be under \(most.text)")
            }
        }
        if let bound = schema["exclusiveMinimum"], bound.number != nil, !bound.isLess(than: value) {
            report(place, "must be over \(bound.text)")
        }
        if let bound = schema["exclusiveMaximum"], bound.number != nil, !value.isLess(than: bound) {
            report(place, "must be under \(bound.text)")
        }
        if let step = schema["multipleOf"], !value.isMultiple(of: step) {
            report(place, "must be a multiple of \(step.text)")
        }
    }

    // MARK: Lists

    mutating func check(_ items: [JSONValue], _ schema: JSONObject, at place: Place) {
        if let least = schema["minItems"]?.number, Double(items.count) < least {
            report(place, "must have at least \(Self.text(least)) items")
        }
        if let most = schema["maxItems"]?.number, Double(items.count) > most {
            report(place, "may have at most \(Self.text(most)) items")
        }
        if schema["uniqueItems"] == true, Set(items.map(SchemaParts.canonical)).count < items.count {
            report(place, "may not hold the same item twice")
        }
        // Before 2020-12, a list of schemas stood in `items`, and what follows them in `additionalItems`.
        let listed = schema["items"]?.array
        let first = schema["prefixItems"]?.array ?? listed ?? []
        let rest = listed == nil ? schema["items"] : schema["additionalItems"]
        for (index, value) in items.enumerated() {
            guard let item = index < first.count ? first[index] : rest else { continue }
            check(value, item, at: place.item(index))
        }
        if let wanted = schema["contains"] {
            let count = Double(items.count { fits($0, wanted, at: place) })
            if count < schema["minContains"]?.number ?? 1 { report(place, "has too few items that it must contain") }
            if count > schema["maxContains"]?.number ?? .infinity {
                report(place, "has too many items that it may contain")
            }
        }
        if let others = schema["unevaluatedItems"], rest == nil, others != true {
            let known = evaluatedItems(.array(items), .object(schema), items, at: place)
            for index in items.indices where !known.contains(index) {
                check(items[index], others, at: place.item(index))
            }
        }
    }

    // MARK: Objects

    mutating func check(_ members: JSONObject, _ schema: JSONObject, at place: Place) {
        for name in schema["required"]?.array?.compactMap(\.string) ?? [] where members[name] == nil {
            report(place.member(name), "is required")
        }
        if let least = schema["minProperties"]?.number, Double(members.count) < least {
            report(place, "must have at least \(Self.text(least)) members")
        }
        if let most = schema["maxProperties"]?.number, Double(members.count) > most {
            report(place, "may have at most \(Self.text(most)) members")
        }
        for (name, value) in members.sorted(by: { $0.key < $1.key }) {
            checkMember(name, value, of: members, schema, at: place)
            if let names = schema["propertyNames"], !fits(.string(name), names, at: place) {
                report(place.member(name), "is a name that is not allowed")
            }
        }
        checkDependencies(members, schema, at: place)
    }

    private mutating func checkMember(
        _ name: String, _ value: JSONValue, of members: JSONObject, _ schema: JSONObject,
        at place: Place
    ) {
        let part = place.member(name)
        var isDeclared = false
        for (pattern, property) in (schema["patternProperties"]?.object ?? [:]).sorted(by: { $0.key < $1.key }) {
            guard let isMatch = takes(name, "pattern \(pattern)", { Pattern.shape(pattern) }) else {
                leaveOpen("patternProperties", at: part)
                continue
            }
            guard isMatch else { continue }
            isDeclared = true
            check(value, property, at: part)
        }
        if let property = schema["properties"]?[name] {
            isDeclared = true
            check(value, property, at: part)
        }
        guard !isDeclared else { return }
        if let additional = schema["additionalProperties"] {
            check(value, additional, at: part)
        } else if let others = schema["unevaluatedProperties"], others != true {
            if !evaluatedMembers(members, .object(schema), at: place).contains(name) { check(value, others, at: part) }
        }
    }

    private mutating func checkDependencies(
        _ members: JSONObject, _ schema: JSONObject, at place: Place
    ) {
        for keyword in ["dependentRequired", "dependentSchemas", "dependencies"] {
            for (name, dependent) in (schema[keyword]?.object ?? [:]).sorted(by: { $0.key < $1.key })
            where members[name] != nil {
                guard let names = dependent.array?.compactMap(\.string) else {
                    check(.object(members), dependent, at: place)
                    continue
                }
                for needed in names where members[needed] == nil {
                    report(place.member(needed), "is required where there is \(name)")
                }
            }
        }
    }

    private static func text(_ number: Double) -> String {
        Int(exactly: number).map(String.init) ?? String(number)
    }
}
