import Core

/// What the user has said in a conversation, and whether the values of a call stand in it.
///
/// Strict on purpose: a value that is only meant ("tomorrow", a `true`) is not said. What follows from it is that the user
/// is asked, not that anything goes wrong.
struct SaidText: Sendable {
    private let characters: [Character]
    /// The numbers that stand in it, in digits or as a word.
    private let numbers: Set<Double>

    init(_ text: String) {
        characters = Self.characters(text)
        var numbers: Set<Double> = []
        var index = 0
        while index < characters.count {
            guard let figure = Figure(at: index, in: characters) else {
                index += 1
                continue
            }
            numbers.insert(figure.value)
            index = max(index + 1, figure.range.upperBound)
        }
        for word in characters.split(whereSeparator: { !$0.isLetter && $0 != "-" }) {
            if let number = NumberWords.value(of: String(word)) { numbers.insert(number) }
        }
        self.numbers = numbers
    }

    /// The place of a value in a call's arguments that the user did not say, such as `item` or `lines[0].count`; nil where
    /// all of them were said.
    ///
    /// - Parameter schema: of the arguments: a value that it leaves no choice about need not be said.
    func unsaid(in arguments: JSONValue, schema: JSONValue) -> String? {
        guard case .object(let members) = arguments else { return "arguments" }
        return unsaid(in: members, schema: schema, place: "")
    }

    private func unsaid(in members: [String: JSONValue], schema: JSONValue?, place: String) -> String? {
        for (name, value) in members.sorted(by: { $0.key < $1.key }) {
            let place = place.isEmpty ? name : "\(place).\(name)"
            let known = schema?["properties"]?[name]
            // A name that the document does not give is a value itself.
            if known == nil, !holds(name) { return place }
            if let unsaid = unsaid(value, schema: known, place: place) { return unsaid }
        }
        return nil
    }

    private func unsaid(_ value: JSONValue, schema: JSONValue?, place: String) -> String? {
        if schema?["const"] == value || schema?["enum"]?.array == [value] { return nil }
        switch value {
        case .null, .bool, .array([]), .object([:]): return place
        case .integer(let number):
            // Of larger ones a Double cannot tell neighbours apart: they must stand there digit by digit.
            let isSaid = number.magnitude < 1 << 53 ? numbers.contains(Double(number)) : holds("\(number)")
            return isSaid ? nil : place
        case .number(let number): return numbers.contains(number) ? nil : place
        case .string(let text):
            // "5" is not said by "-5" or "1.5".
            if let number = Double(text), !numbers.contains(number) { return place }
            return holds(text) ? nil : place
        case .array(let items):
            for (index, item) in items.enumerated() {
                if let unsaid = unsaid(item, schema: schema?["items"], place: "\(place)[\(index)]") { return unsaid }
            }
            return nil
        case .object(let members): return unsaid(in: members, schema: schema, place: place)
        }
    }

    /// Whether a text stands in what was said, not as a part of other words; whatever its case and line breaks.
    private func holds(_ text: String) -> Bool {
        let part = Self.characters(text)
        guard let first = part.first, let last = part.last, part.count <= characters.count else { return false }
        func isPart(_ character: Character) -> Bool { character.isLetter || character.isNumber }
        for start in 0...(characters.count - part.count) where characters[start] == first {
            let end = start + part.count
            if start > 0, isPart(first), isPart(characters[start - 1]) { continue }
            if end < characters.count, isPart(last), isPart(characters[end]) { continue }
            if characters[start..<end].elementsEqual(part) { return true }
        }
        return false
    }

    /// In small letters, with one space for any white space.
    private static func characters(_ text: String) -> [Character] {
        Array(text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " "))
    }
}
