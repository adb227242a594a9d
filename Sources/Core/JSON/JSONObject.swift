/// The members of a JSON object, in the order in which they were written or added.
///
/// Objects with the same members are equal in any order, since the order says nothing (RFC 8259, section 4). It is kept
/// for whoever reads the object: an author names first what matters most.
public struct JSONObject: Sendable {
    private var members: [(key: String, value: JSONValue)] = []
    /// Where each member stands, by its name; empty while there are few, which are found faster by looking at each.
    private var places: [String: Int] = [:]

    /// The most members that are found without `places`.
    private static let few = 16

    public init() {}

    /// A dictionary has no order, so its members are sorted by name.
    public init(_ members: [String: JSONValue]) {
        self.init(members.sorted { $0.key < $1.key }.lazy.map { ($0.key, $0.value) })
    }

    /// Of two members of the same name the last one holds, in the first one's place.
    public init(_ members: some Sequence<(String, JSONValue)>) {
        reserve(members.underestimatedCount)
        for (name, value) in members { updateValue(value, forKey: name) }
    }

    /// Of two members of the same name the last one holds, in the first one's place.
    ///
    /// - Parameter values: as many as there are names.
    init(names: ArraySlice<String>, values: ArraySlice<JSONValue>) {
        reserve(names.count)
        for (name, value) in zip(names, values) { updateValue(value, forKey: name) }
    }

    private mutating func reserve(_ count: Int) {
        members.reserveCapacity(count)
        if count > Self.few { places.reserveCapacity(count) }
    }

    /// The value of a member; nil where there is none of this name. Setting nil removes it.
    public subscript(name: String) -> JSONValue? {
        get { place(of: name).map { members[$0].value } }
        set {
            if let newValue {
                updateValue(newValue, forKey: name)
            } else {
                removeValue(forKey: name)
            }
        }
    }

    /// The names of the members.
    public var keys: [String] { members.map(\.key) }

    public var values: [JSONValue] { members.map(\.value) }

    private func place(of name: String) -> Int? {
        places.isEmpty ? members.firstIndex { $0.key == name } : places[name]
    }

    /// - Returns: the value that the member had; nil where there was none of this name.
    @discardableResult
    public mutating func updateValue(_ value: JSONValue, forKey name: String) -> JSONValue? {
        guard let place = placeToWrite(name) else {
            members.append((name, value))
            return nil
        }
        defer { members[place].value = value }
        return members[place].value
    }

    /// The place of the member of this name; nil where it comes to stand at the end.
    private mutating func placeToWrite(_ name: String) -> Int? {
        let end = members.count
        if end < Self.few { return members.firstIndex { $0.key == name } }
        if places.isEmpty { indexPlaces() }
        func read(_ place: inout Int) -> Int { place }
        // Looked up and, where it is missing, added at once.
        let place = read(&places[name, default: end])
        return place < end ? place : nil
    }

    private mutating func indexPlaces() {
        places.removeAll(keepingCapacity: true)
        guard members.count >= Self.few else { return }
        for (place, member) in members.enumerated() { places[member.key] = place }
    }

    /// Takes time in proportion to the number of members.
    ///
    /// - Returns: the value that the member had; nil where there was none of this name.
    @discardableResult
    public mutating func removeValue(forKey name: String) -> JSONValue? {
        guard let place = place(of: name) else { return nil }
        let value = members.remove(at: place).value
        if !places.isEmpty { indexPlaces() }
        return value
    }

    public func mapValues(_ transform: (JSONValue) throws -> JSONValue) rethrows -> JSONObject {
        var mapped = self
        for place in members.indices { mapped.members[place].value = try transform(members[place].value) }
        return mapped
    }

    public func filter(_ isIncluded: (Element) throws -> Bool) rethrows -> JSONObject {
        JSONObject(try members.filter(isIncluded).lazy.map { ($0.key, $0.value) })
    }

    /// The members of both, the other's new ones at the end.
    public func merging(
        _ other: JSONObject, uniquingKeysWith combine: (JSONValue, JSONValue) throws -> JSONValue
    ) rethrows -> JSONObject {
        var merged = self
        try merged.merge(other, uniquingKeysWith: combine)
        return merged
    }

    public mutating func merge(
        _ other: JSONObject, uniquingKeysWith combine: (JSONValue, JSONValue) throws -> JSONValue
    ) rethrows {
        for (name, value) in other { updateValue(try self[name].map { try combine($0, value) } ?? value, forKey: name) }
    }
}

extension JSONObject: RandomAccessCollection {
    public var startIndex: Int { 0 }
    public var endIndex: Int { members.count }

    public subscript(position: Int) -> (key: String, value: JSONValue) { members[position] }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self.init(elements)
    }
}

extension JSONObject: Hashable {
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        guard left.count == right.count else { return false }
        return left.indices.allSatisfy { index in
            let (name, value) = left[index]
            let beside = right[index]
            // Mostly both have it in the same place.
            return beside.key == name ? beside.value == value : right[name] == value
        }
    }

    public func hash(into hasher: inout Hasher) {
        // The same in any order.
        var sum = 0
        for (name, value) in self {
            var member = Hasher()
            member.combine(name)
            member.combine(value)
            sum &+= member.finalize()
        }
        hasher.combine(sum)
    }
}
