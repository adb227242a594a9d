import Core

/// A call that is wanted: for each argument the values that are right, as the Berkeley Function-Calling Leaderboard writes
/// it. Where `""` is among them the argument may be left out.
struct ExpectedCall: Sendable, Hashable {
    var name: String
    var arguments: [String: [JSONValue]]

    /// Whether each argument that came is wanted and right, and none that is needed is missing.
    func accepts(_ name: String, _ given: JSONValue) -> Bool {
        guard name == self.name, let given = given.object else { return false }
        return given.keys.allSatisfy { arguments[$0] != nil }
            && arguments.allSatisfy { name, right in
                guard let value = given[name] else { return right.contains("") }
                return right.contains { Self.isSame(value, $0) }
            }
    }

    /// Whether two values mean the same: texts but for case, spaces and the marks `, . / - _ * ^`, numbers of either
    /// kind. An object on the right may list several values for a member.
    static func isSame(_ value: JSONValue, _ right: JSONValue) -> Bool {
        switch (value, right) {
        case (.string(let value), .string(let right)): return folded(value) == folded(right)
        case (.array(let value), .array(let right)):
            return value.count == right.count && zip(value, right).allSatisfy { isSame($0, $1) }
        case (.object(let value), .object(let right)):
            return value.allSatisfy { name, value in
                right[name].map { choices in
                    (choices.array ?? [choices]).contains { isSame(value, $0) }
                } ?? false
            } && right.allSatisfy { name, choices in value[name] != nil || choices.array?.contains("") ?? false }
        default:
            if let value = value.number, let right = right.number { return value == right }
            return value == right
        }
    }

    private static func folded(_ text: String) -> String {
        text.filter { !" ,./-_*^".contains($0) }.lowercased().replacing("'", with: "\"")
    }

    /// `setAlarm(time: "6:30" | "06:30", label: "" | "work")`
    var text: String {
        let shown = arguments.sorted { $0.key < $1.key }.map { name, right in
            "\(name): \(right.map(\.text).joined(separator: " | "))"
        }
        return "\(name)(\(shown.joined(separator: ", ")))"
    }
}

extension ExpectedCall: Decodable {
    /// Reads `{"setAlarm": {"time": ["6:30", "06:30"]}}`.
    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let written = try container.decode([String: [String: [JSONValue]]].self)
        guard written.count == 1, let (name, arguments) = written.first else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "expected one tool's name and its arguments, found \(written.count)")
        }
        self.init(name: name, arguments: arguments)
    }
}
