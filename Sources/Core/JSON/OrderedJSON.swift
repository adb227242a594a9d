package import OrderedCollections

/// A JSON value that keeps what `JSONValue` forgets: the order of an object's members, and the line each value begins in.
package struct OrderedJSON: Sendable {
    package enum Content: Sendable {
        /// Neither a list nor an object.
        case scalar(JSONValue)
        case list([OrderedJSON])
        case object(OrderedDictionary<String, OrderedJSON>)
    }

    package var content: Content
    /// From 1.
    package var line: Int

    package init(_ content: Content, line: Int) {
        self.content = content
        self.line = line
    }

    /// The names of an object's members in the text's order; none of another value.
    package var names: OrderedSet<String> {
        if case .object(let members) = content { members.keys } else { [] }
    }

    package subscript(name: String) -> OrderedJSON? {
        if case .object(let members) = content { members[name] } else { nil }
    }

    package var list: [OrderedJSON]? {
        if case .list(let items) = content { items } else { nil }
    }

    /// The value without the order of its members.
    package var value: JSONValue {
        switch content {
        case .scalar(let value): value
        case .list(let items): .array(items.map(\.value))
        case .object(let members):
            .object(Dictionary(uniqueKeysWithValues: members.lazy.map { ($0.key, $0.value.value) }))
        }
    }
}

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

extension OrderedJSON {
    /// Parses one JSON text. Of two members of the same name the last one holds, and is told in `repeated`.
    package static func parse(
        _ bytes: consuming [UInt8], limits: JSONLimits = JSONLimits()
    ) throws(JSONError) -> (value: OrderedJSON, repeated: [RepeatedName]) {
        var parser = JSONParser(bytes, limits: limits, builder: OrderedBuilder())
        let value = try parser.read()
        return (value, parser.builder.repeated)
    }
}

private struct OrderedBuilder: JSONBuilder {
    var repeated: [RepeatedName] = []

    /// More are not told.
    private static let mostRepeated = 100

    func scalar(_ value: JSONValue, line: Int) -> OrderedJSON { OrderedJSON(.scalar(value), line: line) }

    func list(_ values: [OrderedJSON], from first: Int, line: Int) -> OrderedJSON {
        OrderedJSON(.list(Array(values[first...])), line: line)
    }

    mutating func object(
        _ names: [String], from firstName: Int, _ values: [OrderedJSON], from firstValue: Int, line: Int
    ) -> OrderedJSON {
        var members = OrderedDictionary<String, OrderedJSON>(minimumCapacity: names.count - firstName)
        for index in 0..<names.count - firstName {
            let name = names[firstName + index]
            let value = values[firstValue + index]
            if members.updateValue(value, forKey: name) != nil, repeated.count < Self.mostRepeated {
                repeated.append(RepeatedName(name: name, line: value.line))
            }
        }
        return OrderedJSON(.object(members), line: line)
    }
}
