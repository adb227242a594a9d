import Core
import Foundation
import Grammar

/// Makes a schema stand by itself: `$ref` replaced by what it points at, OpenAPI 3.0's own keywords by JSON Schema's.
///
/// A schema that is referred to is resolved once and shared by all that refer to it, unless what it becomes depends on
/// where it stands: it contains itself, or was cut.
struct SchemaResolver {
    let document: Document
    private(set) var problems = Findings(most: 1000)
    private(set) var warnings = Findings(most: 1000)
    var budget = ReadingBudget()
    /// How many more parts the schema that is being resolved may have.
    private var left = 0
    /// How many parts all schemas had.
    private var spent = 0
    private var targets: [String: DocumentValue] = [:]
    private var resolved: [String: Resolved] = [:]

    /// A schema without references.
    private struct Resolved {
        var value: JSONValue
        /// How many parts it has.
        var parts: Int
        /// The outermost of the references around it that it contains again, by their number from outside.
        var outermost = Int.max
        var isCut = false

        /// Whether it takes any value somewhere where the document may say more.
        var isOpen: Bool { isCut || outermost < .max }

        static func any(isCut: Bool = false, outermost: Int = .max) -> Resolved {
            Resolved(value: [:], parts: 1, outermost: outermost, isCut: isCut)
        }

        /// Takes a part in.
        mutating func add(_ part: Resolved) -> JSONValue {
            parts += part.parts
            outermost = min(outermost, part.outermost)
            isCut = isCut || part.isCut
            return part.value
        }
    }

    /// Where a schema stands among those around it.
    private struct Surroundings {
        /// What the references around it point at, and the number of each from outside.
        var inside: [String: Int] = [:]
        var depth = 0
    }

    init(document: Document) {
        self.document = document
    }

    // MARK: References

    /// What a value or the object it refers to is, and where it stands.
    mutating func target(_ value: DocumentValue) -> DocumentValue? {
        follow(value)?.value
    }

    /// The same, with the last reference on the way.
    private mutating func follow(_ value: DocumentValue) -> (value: DocumentValue, pointer: String?)? {
        var value = value
        var last: String?
        // A chain of references longer than this goes in a circle.
        for _ in 0..<32 {
            guard let reference = value["$ref"] else { return (value, last) }
            guard let pointer = reference.string else {
                problems.append("\(value.place).$ref: a reference is a string")
                return nil
            }
            guard let next = targets[pointer] ?? find(pointer, from: value.place) else { return nil }
            targets[pointer] = next
            value = next
            last = pointer
        }
        problems.append("\(value.place).$ref: the references form a cycle")
        return nil
    }

    private mutating func find(_ pointer: String, from place: DocumentPlace) -> DocumentValue? {
        let shown = pointer.count > 200 ? pointer.prefix(200) + "…" : pointer
        switch look(up: pointer) {
        case .success(let found): return found
        case .failure(.otherDocument):
            problems.append(
                "\(place).$ref: \"\(shown)\" is in another document, which is not supported; copy it into this one")
        case .failure(.missing(let key)):
            problems.append("\(place).$ref: \"\(shown)\" leads nowhere; there is no \"\(key.prefix(100))\" in it")
        }
        return nil
    }

    /// The same where it does not matter whether the reference leads anywhere: nothing is said where it does not.
    mutating func known(_ value: DocumentValue) -> DocumentValue? {
        var value = value
        for _ in 0..<32 {
            guard let pointer = value["$ref"]?.string else { return value }
            guard let next = targets[pointer] ?? (try? look(up: pointer).get()) else { return nil }
            targets[pointer] = next
            value = next
        }
        return nil
    }

    /// Why a reference leads nowhere.
    private enum Lost: Error {
        case otherDocument
        /// There is no such member on the way.
        case missing(String)
    }

    /// What a JSON pointer (RFC 6901) leads to.
    private func look(up pointer: String) -> Result<DocumentValue, Lost> {
        guard pointer.hasPrefix("#/") else { return .failure(.otherDocument) }
        var next = document.top
        for step in pointer.dropFirst(2).split(separator: "/", omittingEmptySubsequences: false) {
            let key = (String(step).removingPercentEncoding ?? String(step))
                .replacing("~1", with: "/").replacing("~0", with: "~")
            if let index = Int(key), let item = next[index] {
                next = item
            } else if let member = next[key] {
                next = member
            } else {
                return .failure(.missing(key))
            }
        }
        return .success(next)
    }

    // MARK: Schemas

    /// The schema with all references replaced.
    ///
    /// - Throws: `manifestInvalid` where the document's budget is used up, naming the place; `CancellationError`.
    mutating func resolve(_ schema: DocumentValue) throws -> JSONValue {
        left = spent < ReadingBudget.allSchemaParts ? ReadingBudget.schemaParts : ReadingBudget.schemaPartsLate
        let before = left
        defer { spent += before - left }
        guard spent < ReadingBudget.mostSchemaParts else {
            throw PluginError(
                .manifestInvalid,
                "\(schema.place): the document's schemas have more than \(ReadingBudget.mostSchemaParts) parts, their references followed; register a part of it"
            )
        }
        return try resolve(schema, Surroundings()).value
    }

    private mutating func resolve(_ schema: DocumentValue, _ surroundings: Surroundings) throws -> Resolved {
        if case .bool(let isAny) = schema.value { return Resolved(value: .bool(isAny), parts: 1) }
        guard schema.isObject else {
            problems.append("\(schema.place): a schema is an object")
            return .any()
        }
        guard take(1, at: schema.place), surroundings.depth < ReadingBudget.schemaDepth else {
            if left > 0 {
                warnings.append("\(schema.place): the schema is nested too deep; from here any value is accepted")
            }
            return .any(isCut: true)
        }
        try budget.check(schema.place)
        guard let (target, pointer) = follow(schema), target.isObject else { return .any() }
        var surroundings = surroundings
        surroundings.depth += 1
        guard let pointer else { return try resolveMembers(target, surroundings) }
        if let number = surroundings.inside[pointer] {
            warnings.append(
                "\(schema.place): \(target.place) contains itself; inside itself any value is accepted")
            return .any(outermost: number)
        }
        var found: Resolved
        if let shared = resolved[pointer] {
            guard take(shared.parts, at: schema.place) else { return .any(isCut: true) }
            found = shared
        } else {
            let number = surroundings.inside.count
            surroundings.inside[pointer] = number
            found = try resolveMembers(target, surroundings)
            if !found.isCut, found.outermost >= number {
                found.outermost = .max
                resolved[pointer] = found
            }
        }
        guard schema.names.count > 1, var members = found.value.object else { return found }
        // What is said beside a reference is about this use of it.
        for keyword in Self.annotations { members[keyword] = schema[keyword]?.value ?? members[keyword] }
        found.value = .object(members)
        return found
    }

    /// Takes parts from what the schema may still have.
    private mutating func take(_ parts: Int, at place: DocumentPlace) -> Bool {
        guard left > 0 else { return false }
        guard left > parts else {
            left = 0
            warnings.append("\(place): the schema is too large with its references; from here any value is accepted")
            return false
        }
        left -= parts
        return true
    }

    private mutating func resolveMembers(_ schema: DocumentValue, _ surroundings: Surroundings) throws -> Resolved {
        var members: JSONObject = [:]
        var whole = Resolved(value: [:], parts: 1)
        // Whether what stands beside may look at more members and items than is known.
        var isCombinedOpen = false
        for keyword in schema.names {
            guard let member = schema[keyword] else { continue }
            switch (keyword, member.value) {
            case ("properties", .object), ("patternProperties", .object), ("dependentSchemas", .object),
                ("dependencies", .object):
                var schemas: JSONObject = [:]
                for name in member.names {
                    guard let property = member[name] else { continue }
                    // Before 2019-09, lists of names stood among the schemas of `dependencies`.
                    if keyword == "dependencies", property.items != nil {
                        schemas[name] = property.value
                        continue
                    }
                    let part = try resolve(property, surroundings)
                    if keyword.hasPrefix("depend") { isCombinedOpen = isCombinedOpen || part.isOpen }
                    schemas[name] = whole.add(part)
                }
                members[keyword] = .object(schemas)
            case ("items", .object), ("additionalProperties", .object), ("then", .object), ("else", .object),
                ("propertyNames", .object), ("unevaluatedProperties", .object), ("unevaluatedItems", .object),
                ("additionalItems", .object):
                let part = try resolve(member, surroundings)
                if ["then", "else"].contains(keyword) { isCombinedOpen = isCombinedOpen || part.isOpen }
                members[keyword] = whole.add(part)
            case ("not", .object), ("if", .object), ("contains", .object):
                let part = try resolve(member, surroundings)
                let value = whole.add(part)
                // A schema that takes more than was written would forbid here what is allowed.
                if part.isOpen {
                    warnings.append("\(member.place): cannot be followed to its end; it is left out")
                    isCombinedOpen = true
                } else {
                    members[keyword] = value
                }
            case ("allOf", .array), ("anyOf", .array), ("oneOf", .array), ("prefixItems", .array):
                var parts: [JSONValue] = []
                for item in member.items ?? [] {
                    let part = try resolve(item, surroundings)
                    if keyword != "prefixItems" { isCombinedOpen = isCombinedOpen || part.isOpen }
                    parts.append(whole.add(part))
                }
                members[keyword] = .array(parts)
            case ("xml", _), ("externalDocs", _), ("discriminator", _): break
            default:
                // What is no schema counts by its size, which is small but for enumerations and examples.
                let parts = Self.size(member.value) / 16
                guard parts == 0 || take(parts, at: member.place) else {
                    whole.isCut = true
                    continue
                }
                whole.parts += parts
                members[keyword] = checked(keyword, member.value, at: member.place)
            }
        }
        for keyword in ["unevaluatedProperties", "unevaluatedItems"] where isCombinedOpen && members[keyword] != nil {
            warnings.append(
                "\(schema.place).\(keyword): the schemas beside it cannot be followed to their end; it is left out")
            members[keyword] = nil
        }
        whole.value = .object(Self.modern(Self.merged(members)))
        return whole
    }

    /// How many values there are in a value.
    private static func size(_ json: JSONValue) -> Int {
        switch json {
        case .array(let items): items.reduce(1) { $0 + size($1) }
        case .object(let members): members.values.reduce(1) { $0 + size($1) }
        default: 1
        }
    }

    /// A keyword that holds no schemas; nil where it is left out.
    private mutating func checked(_ keyword: String, _ value: JSONValue, at place: DocumentPlace) -> JSONValue? {
        switch (keyword, value) {
        case ("type", _):
            let types = value.string.map { [$0] } ?? value.array?.compactMap(\.string) ?? []
            let isKnown = !types.isEmpty && types.allSatisfy(Self.types.contains)
            if !isKnown {
                problems.append(
                    "\(place): \(Self.shown(value)) is no type; \(Self.types.joined(separator: ", ")) are")
            }
        case ("enum", _) where value.array?.isEmpty ?? true:
            problems.append("\(place): must be a list of the values allowed")
        case ("required", _) where value.array?.contains { $0.string == nil } ?? true:
            problems.append("\(place): must be a list of the names of properties")
        case ("properties", _), ("items", .null), ("items", .string), ("items", .array), ("allOf", _), ("anyOf", _),
            ("oneOf", _):
            problems.append("\(place): must hold schemas, and not \(Self.shown(value))")
        case ("pattern", .string(let pattern)):
            guard let problem = PatternSyntax.problem(in: pattern) else { break }
            warnings.append("\(place): \(problem); it is left out")
            return nil
        case ("pattern", _):
            warnings.append("\(place): must be text; it is left out")
            return nil
        case ("if", .bool), ("then", .bool), ("else", .bool), ("propertyNames", .bool),
            ("unevaluatedProperties", .bool), ("unevaluatedItems", .bool):
            break
        case ("if", _), ("then", _), ("else", _), ("dependentSchemas", _), ("propertyNames", _),
            ("unevaluatedProperties", _), ("unevaluatedItems", _):
            warnings.append("\(place): must hold schemas; it is left out")
            return nil
        case ("dependentRequired", _):
            let lists = value.object?.values
            guard let lists, lists.allSatisfy({ $0.array?.allSatisfy { $0.string != nil } ?? false }) else {
                warnings.append("\(place): must hold lists of the names of properties; it is left out")
                return nil
            }
        // What they refer to is not among what is left of the document.
        case ("$dynamicRef", _), ("$recursiveRef", _):
            warnings.append("\(place): is not supported; it is left out")
            return nil
        case ("$defs", _): return nil
        default: break
        }
        return value
    }

    private static func shown(_ value: JSONValue) -> String { String(value.text.prefix(40)) }

    private static let types = ["string", "number", "integer", "boolean", "array", "object", "null"]
    /// Keywords that say something to people and allow or forbid nothing.
    static let annotations = ["title", "description", "default", "example", "examples"]

    // MARK: Order

    /// The properties of a schema in the order the document declares them, through references and `allOf`.
    mutating func propertyOrder(of schema: DocumentValue) throws -> [String] {
        var order: [String] = []
        var seen: Set<String> = []
        var followed: Set<String> = []
        try addProperties(of: schema, to: &order, &seen, &followed, depth: 0)
        return order
    }

    /// - Parameter followed: the references that were followed already; what they point at is not looked at again.
    private mutating func addProperties(
        of schema: DocumentValue, to order: inout [String], _ seen: inout Set<String>, _ followed: inout Set<String>,
        depth: Int
    ) throws {
        try budget.check(schema.place)
        guard depth < ReadingBudget.schemaDepth, let (value, pointer) = follow(schema) else { return }
        if let pointer, !followed.insert(pointer).inserted { return }
        for keyword in value.names {
            switch keyword {
            case "properties":
                for name in value[keyword]?.names ?? [] where seen.insert(name).inserted { order.append(name) }
            case "allOf":
                for part in value[keyword]?.items ?? [] {
                    try addProperties(of: part, to: &order, &seen, &followed, depth: depth + 1)
                }
            default: break
            }
        }
    }
}
