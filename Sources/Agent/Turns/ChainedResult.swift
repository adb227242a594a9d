import Core

/// Takes from what one call returned what the next one requires.
struct ChainedResult {
    let result: JSONValue

    /// Items that are looked at, and levels.
    private static let (mostItems, mostLevels) = (1000, 3)

    /// The arguments of the next call; nil where the result does not tell all that it requires, or not of which thing.
    func arguments(of next: ChainedCall) -> JSONValue? {
        guard case .object(var arguments) = next.arguments, let item = item(named: next.name) else { return nil }
        for (parameter, property) in next.properties {
            guard let value = Self.value(of: property, in: item, levels: Self.mostLevels) else { return nil }
            arguments[parameter] = value
        }
        return .object(arguments)
    }

    /// The one of the items that has the name, else the only one; without a name the first.
    private func item(named name: String?) -> JSONValue? {
        let items = Self.items(of: result, levels: Self.mostLevels).prefix(Self.mostItems)
        guard let name = name?.lowercased(), items.count > 1 else { return items.first }
        func first(_ isMeant: (String) -> Bool) -> JSONValue? {
            items.first { item in
                item.object?.values.contains { $0.string.map { isMeant($0.lowercased()) } ?? false } ?? false
            }
        }
        // A value that is a part of the name names nothing: "no" of "Nordlicht" is a country.
        return first { $0 == name } ?? first { $0.contains(name) }
    }

    /// The items of a list, however it is wrapped; the value itself where it is none.
    private static func items(of value: JSONValue, levels: Int) -> [JSONValue] {
        switch value {
        case .array(let items): return items
        case .object(let members):
            guard levels > 0 else { return [value] }
            // `{"total": 2, "results": [...]}`
            let lists = members.filter { $0.value.array != nil }
            guard lists.count == 1, let list = lists.first?.value,
                members.count == 1 || list.array?.first?.object != nil
            else { return [value] }
            return items(of: list, levels: levels - 1)
        default: return [value]
        }
    }

    private static func value(of property: String, in item: JSONValue, levels: Int) -> JSONValue? {
        guard !property.isEmpty else {
            switch item {
            case .string, .integer, .digits, .number: return item
            default: return nil
            }
        }
        guard levels > 0, case .object(let members) = item else { return nil }
        if let value = members[property], value != .null { return value }
        return members.lazy.compactMap { value(of: property, in: $0.value, levels: levels - 1) }.first
    }
}
