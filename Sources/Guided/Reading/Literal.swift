import Core
import Foundation

/// A value written as in a program: `[1, 2]`, `(40.7, -74.0)`, `{'math': 90}`, `["a", "b"]`.
struct Literal: Sendable, Hashable {
    var value: JSONValue
    var range: Range<Int>

    /// The literals of a text that hold more than one thing, or stand in square brackets or braces.
    static func all(in text: Utterance) -> [Literal] {
        var found: [Literal] = []
        var index = 0
        while index < text.characters.count {
            var reader = LiteralReader(characters: text.characters, index: index)
            if "[({".contains(text.characters[index]), let value = reader.value(),
                isMeant(value, text.characters[index])
            {
                found.append(Literal(value: value, range: index..<reader.index))
                index = reader.index
            } else {
                index += 1
            }
        }
        return found
    }

    /// Words in parentheses are an aside and no list.
    private static func isMeant(_ value: JSONValue, _ opening: Character) -> Bool {
        switch value {
        case .array(let items):
            opening == "[" ? !items.isEmpty : items.count > 1 && items.allSatisfy { $0.number != nil }
        case .object(let members): !members.isEmpty
        default: false
        }
    }
}

private struct LiteralReader {
    let characters: [Character]
    var index: Int

    mutating func value() -> JSONValue? {
        skipSpace()
        guard index < characters.count else { return nil }
        switch characters[index] {
        case "[": return list(closing: "]")
        case "(": return list(closing: ")")
        case "{": return object()
        case "'", "\"", "“", "‘": return quoted().map(JSONValue.string)
        default: return bare()
        }
    }

    private mutating func list(closing: Character) -> JSONValue? {
        index += 1
        var items: [JSONValue] = []
        while true {
            skipSpace()
            guard index < characters.count else { return nil }
            if characters[index] == closing {
                index += 1
                return .array(items)
            }
            guard let item = value() else { return nil }
            items.append(item)
            skipSpace()
            guard index < characters.count else { return nil }
            if characters[index] == "," {
                index += 1
            } else if characters[index] != closing {
                return nil
            }
        }
    }

    private mutating func object() -> JSONValue? {
        index += 1
        var members: JSONObject = [:]
        while true {
            skipSpace()
            guard index < characters.count else { return nil }
            if characters[index] == "}" {
                index += 1
                return .object(members)
            }
            guard let name = value()?.string else { return nil }
            skipSpace()
            guard index < characters.count, characters[index] == ":" else { return nil }
            index += 1
            guard let member = value() else { return nil }
            members[name] = member
            skipSpace()
            guard index < characters.count else { return nil }
            if characters[index] == "," {
                index += 1
            } else if characters[index] != "}" {
                return nil
            }
        }
    }

    private mutating func quoted() -> String? {
        let opening = characters[index]
        let closing: Character = opening == "“" ? "”" : opening == "‘" ? "’" : opening
        guard let end = characters[(index + 1)...].firstIndex(of: closing) else { return nil }
        defer { index = end + 1 }
        return String(characters[(index + 1)..<end])
    }

    private mutating func bare() -> JSONValue? {
        var end = index
        while end < characters.count, !",:[](){}\n".contains(characters[end]) { end += 1 }
        let text = String(characters[index..<end]).trimmingCharacters(in: .whitespaces)
        guard !text.isEmpty, text.count <= 60 else { return nil }
        index = end
        switch text.lowercased() {
        case "true": return true
        case "false": return false
        default: break
        }
        // "112.0740 W"
        let figures = Array(text)
        let start = figures.first == "-" ? 1 : 0
        if let figure = Figure(at: start, in: figures), figure.range == 0..<figures.count {
            return figure.json
        }
        return .string(text)
    }

    private mutating func skipSpace() {
        while index < characters.count, characters[index].isWhitespace { index += 1 }
    }
}
