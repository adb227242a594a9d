import Core
import OrderedCollections

extension SchemaResolver {
    /// `allOf` as one schema; what two parts say differently stays in `allOf`, where both hold.
    static func merged(_ members: JSONObject) -> JSONObject {
        guard case .array(let parts)? = members["allOf"] else { return members }
        var merged = members
        merged["allOf"] = nil
        var properties = Properties(merged.removeValue(forKey: "properties"))
        var required = Required(merged.removeValue(forKey: "required"))
        var inner: [JSONValue] = []
        var rest: [JSONValue] = []
        for part in parts {
            var left: JSONObject = [:]
            let members = part.object ?? [:]
            let apart = Self.groups.filter { group in
                group.contains { members[$0] != nil } && group.contains { merged[$0] != nil }
                    && group.contains { members[$0] != merged[$0] }
            }.joined()
            for (keyword, value) in members {
                switch (keyword, value) {
                case ("properties", .object(let new)): properties.add(new)
                case ("required", .array(let new)): required.add(new)
                case ("allOf", .array(let new)): inner += new
                case _ where apart.contains(keyword): left[keyword] = value
                default:
                    if let old = merged[keyword] {
                        if old != value, !annotations.contains(keyword), !keyword.hasPrefix("x-") {
                            left[keyword] = value
                        }
                    } else {
                        merged[keyword] = value
                    }
                }
            }
            if !left.isEmpty { rest.append(.object(left)) }
        }
        merged["properties"] = properties.value
        merged["required"] = required.value
        if !inner.isEmpty || !rest.isEmpty { merged["allOf"] = .array(inner + rest) }
        return merged
    }

    /// Keywords that say something only together: those of one part do not go with those of another.
    private static let groups = [
        ["if", "then", "else"], ["contains", "minContains", "maxContains"],
        ["items", "prefixItems", "additionalItems"],
    ]

    /// The properties of several objects, what each says of a property in their order.
    private struct Properties {
        private var schemas: OrderedDictionary<String, [JSONValue]> = [:]
        /// What stands there and is no object.
        private let other: JSONValue?
        private var isThere = false

        init(_ value: JSONValue?) {
            if let members = value?.object {
                other = nil
                add(members)
            } else {
                other = value
            }
        }

        mutating func add(_ members: JSONObject) {
            isThere = true
            for (name, schema) in members { schemas[name, default: []].append(schema) }
        }

        var value: JSONValue? {
            guard isThere else { return other }
            let members = schemas.lazy.map { name, schemas -> (String, JSONValue) in
                let isOne = schemas.dropFirst().allSatisfy { $0 == schemas[0] }
                return (name, isOne ? schemas[0] : .object(SchemaResolver.merged(["allOf": .array(schemas)])))
            }
            return .object(JSONObject(members))
        }
    }

    /// The names of several lists, each once.
    private struct Required {
        private var names: [JSONValue] = []
        private var seen: Set<JSONValue> = []
        private let other: JSONValue?
        private var isThere = false

        init(_ value: JSONValue?) {
            if let names = value?.array {
                other = nil
                add(names)
            } else {
                other = value
            }
        }

        mutating func add(_ names: [JSONValue]) {
            isThere = true
            for name in names where seen.insert(name).inserted { self.names.append(name) }
        }

        var value: JSONValue? { isThere ? .array(names) : other }
    }

    /// OpenAPI 3.0's `nullable` and truth-valued `exclusiveMinimum` as JSON Schema 2020-12 writes them.
    static func modern(_ members: JSONObject) -> JSONObject {
        var members = members
        if members["nullable"] == .bool(true), let type = members["type"]?.string {
            members["type"] = [.string(type), "null"]
            if let choices = members["enum"]?.array, !choices.contains(.null) {
                members["enum"] = .array(choices + [.null])
            }
        }
        members["nullable"] = nil
        for (exclusive, bound) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
            guard let flag = members[exclusive]?.bool else { continue }
            members[exclusive] = flag ? members[bound] : nil
            if flag { members[bound] = nil }
        }
        return members
    }
}
