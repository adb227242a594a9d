/// A member of which there was another one of the same name later in the same object.
package struct RepeatedName: Sendable, Hashable {
    package var name: String
    /// The line of the later one's object or value, from 1.
    package var line: Int

    package init(name: String, line: Int) {
        self.name = name
        self.line = line
    }
}

extension JSONValue {
    /// Parses one JSON text. Of two members of the same name the last one holds, and is told in `repeated`.
    package static func parse(
        _ bytes: consuming [UInt8], limits: JSONLimits = JSONLimits()
    ) throws(JSONError) -> (value: JSONValue, repeated: [RepeatedName]) {
        var parser = JSONParser(bytes, limits: limits, builder: RepetitionBuilder())
        let value = try parser.read().value
        return (value, parser.builder.repeated)
    }
}

/// Makes `JSONValue`s and notes the names that are repeated.
private struct RepetitionBuilder: JSONBuilder {
    struct Located {
        var value: JSONValue
        var line: Int
    }

    var repeated: [RepeatedName] = []

    /// More are not told.
    private static let mostRepeated = 100

    func scalar(_ value: JSONValue, line: Int) -> Located { Located(value: value, line: line) }

    func list(_ values: [Located], from first: Int, line: Int) -> Located {
        Located(value: .array(values[first...].map(\.value)), line: line)
    }

    mutating func object(
        _ names: [String], from firstName: Int, _ values: [Located], from firstValue: Int, line: Int
    ) -> Located {
        var members = JSONObject()
        for (name, located) in zip(names[firstName...], values[firstValue...])
        where members.updateValue(located.value, forKey: name) != nil && repeated.count < Self.mostRepeated {
            repeated.append(RepeatedName(name: name, line: located.line))
        }
        return Located(value: .object(members), line: line)
    }
}
