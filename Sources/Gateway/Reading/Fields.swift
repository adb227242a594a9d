import Core

/// The members of one JSON object of a request, read as what they must be. A member that is null is one that is missing.
struct Fields: Sendable {
    let members: JSONObject
    /// Where in the request the object stands (`messages[0]`); empty for the request itself.
    let place: String

    /// - Throws: `APIError` where the value is no object.
    init(_ value: JSONValue, at place: String) throws(APIError) {
        guard let members = value.object else {
            throw APIError.invalid(place, "\(place) must be an object, not \(Self.shown(value))")
        }
        self.members = members
        self.place = place
    }

    subscript(name: String) -> JSONValue? {
        // Not `nil` in a closure: there it would be JSON's.
        guard let value = members[name], value != .null else { return nil }
        return value
    }

    /// Where a member stands.
    func path(_ name: String) -> String { place.isEmpty ? name : "\(place).\(name)" }

    /// - Parameter expectation: what the member must be (`must be a string`).
    func invalid(_ name: String, _ expectation: String) -> APIError {
        let found = self[name].map { ", not \(Self.shown($0))" } ?? "; it is missing"
        return APIError.invalid(path(name), "\(path(name)) \(expectation)\(found)")
    }

    func string(_ name: String) throws(APIError) -> String? {
        guard let value = self[name] else { return nil }
        guard let text = value.string else { throw invalid(name, "must be a string") }
        return text
    }

    func requiredString(_ name: String) throws(APIError) -> String {
        guard let text = try string(name) else { throw invalid(name, "must be a string") }
        return text
    }

    func bool(_ name: String) throws(APIError) -> Bool? {
        guard let value = self[name] else { return nil }
        guard let bool = value.bool else { throw invalid(name, "must be true or false") }
        return bool
    }

    func integer(_ name: String, in range: ClosedRange<Int> = Int.min...Int.max) throws(APIError) -> Int? {
        guard let value = self[name] else { return nil }
        guard let integer = value.integer, range.contains(integer) else {
            throw invalid(name, "must be a whole number\(Self.bounds(range))")
        }
        return integer
    }

    private static func bounds(_ range: ClosedRange<Int>) -> String {
        switch (range.lowerBound, range.upperBound) {
        case (Int.min, Int.max): ""
        case (let least, Int.max): ", at least \(least)"
        case (let least, let most): " from \(least) to \(most)"
        }
    }

    func number(_ name: String, from least: Int, to most: Int) throws(APIError) -> Double? {
        guard let value = self[name] else { return nil }
        guard let number = value.number, number >= Double(least), number <= Double(most) else {
            throw invalid(name, "must be a number from \(least) to \(most)")
        }
        return number
    }

    func list(_ name: String) throws(APIError) -> [JSONValue]? {
        guard let value = self[name] else { return nil }
        guard let list = value.array else { throw invalid(name, "must be a list") }
        return list
    }

    func object(_ name: String) throws(APIError) -> Fields? {
        guard let value = self[name] else { return nil }
        return try Fields(value, at: path(name))
    }

    /// The objects of a list.
    func objects(_ name: String) throws(APIError) -> [Fields]? {
        guard let list = try list(name) else { return nil }
        var objects: [Fields] = []
        for (index, item) in list.enumerated() { objects.append(try Fields(item, at: "\(path(name))[\(index)]")) }
        return objects
    }

    /// One string, or a list of them.
    func strings(_ name: String) throws(APIError) -> [String]? {
        guard let value = self[name] else { return nil }
        if let text = value.string { return [text] }
        let texts = value.array?.compactMap(\.string)
        guard let texts, texts.count == value.array?.count else {
            throw invalid(name, "must be a string or a list of strings")
        }
        return texts
    }

    /// A value as a message names it, shortened.
    static func shown(_ value: JSONValue) -> String {
        switch value {
        case .object: "an object"
        case .array: "a list"
        default: value.text.count > 60 ? value.text.prefix(60) + "…" : value.text
        }
    }
}
