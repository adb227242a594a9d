import Core

extension RandomNumberGenerator {
    /// True once in so many times.
    mutating func chance(_ count: Int) -> Bool { Int.random(in: 0..<count, using: &self) == 0 }

    mutating func pick<Element>(_ choices: [Element]) -> Element {
        choices[Int.random(in: 0..<choices.count, using: &self)]
    }

    /// Each element or not.
    mutating func some<Element>(of elements: [Element]) -> [Element] {
        var chosen: [Element] = []
        for element in elements where chance(2) { chosen.append(element) }
        return chosen
    }

    /// A short text of characters that matter to patterns and to JSON.
    mutating func text(_ count: Int) -> String {
        (0..<max(0, count)).map { _ in
            pick([
                "a", "a", "b", "B", "x", "1", "7", "_", " ", "-", ".", "é", "\"", "\\", "\n", "日", "\u{1F600}",
                "\u{7f}",
            ])
        }
        .joined()
    }

    /// A number with at most two decimals.
    mutating func decimal(in range: ClosedRange<Int>) -> JSONValue {
        let hundredths = Int.random(in: (range.lowerBound * 100)...(range.upperBound * 100), using: &self)
        return .decimal(hundredths: hundredths)
    }

    /// Any small value.
    mutating func anyValue(depth: Int = 2) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 8 : 6), using: &self) {
        case 0: return .null
        case 1: return .bool(chance(2))
        case 2: return .integer(Int.random(in: -20...120, using: &self))
        case 3: return decimal(in: -3...12)
        case 4, 5: return .string(text(Int.random(in: 0...4, using: &self)))
        case 6: return .array((0..<Int.random(in: 0...3, using: &self)).map { _ in anyValue(depth: depth - 1) })
        default:
            var members: JSONObject = [:]
            for name in some(of: RandomSchema.names.dropLast(2)) { members[name] = anyValue(depth: depth - 1) }
            return .object(members)
        }
    }
}

extension JSONValue {
    /// Whole numbers as such: they are written without a point.
    static func decimal(hundredths: Int) -> JSONValue {
        hundredths % 100 == 0 ? .integer(hundredths / 100) : .number(Double(hundredths) / 100)
    }

    var type: String {
        switch self {
        case .null: "null"
        case .bool: "boolean"
        case .integer: "integer"
        case .number, .digits: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }
}
