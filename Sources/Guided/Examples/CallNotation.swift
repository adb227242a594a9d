import Core
import Foundation

/// The notation calls are written in: `worldTime(city: "Paris")`.
enum CallNotation {
    /// Arguments as they are written between the parentheses, in the parameters' order.
    static func write(_ arguments: JSONValue, _ parameters: [Parameter]) -> String {
        parameters.compactMap { parameter in
            guard let value = arguments[parameter.name] else { return nil }
            return "\(parameter.name): \(text(of: value, parameter.kind))"
        }.joined(separator: ", ")
    }

    private static func text(of value: JSONValue, _ kind: Parameter.Kind) -> String {
        switch (kind, value) {
        case (.date, .string(let text)), (.time, .string(let text)), (.choice, .string(let text)): text
        case (.number, _): text(of: value)
        default: value.text
        }
    }

    /// A number without a needless fraction, and with all its digits.
    static func text(of number: JSONValue) -> String {
        guard case .number(let value) = number else { return number.text }
        return Int(exactly: value).map(String.init) ?? String(value)
    }

    /// Reads what was generated under `CallGrammar`, up to the closing parenthesis. Nil where the text was cut.
    static func read(_ text: String, _ parameters: [Parameter]) -> JSONValue? {
        var rest = Substring(text.trimmingCharacters(in: .whitespacesAndNewlines))
        guard rest.last == ")" else { return nil }
        rest.removeLast()
        var arguments: JSONObject = [:]
        for (index, parameter) in parameters.enumerated() {
            let prefix = (arguments.isEmpty ? "" : ", ") + parameter.name + ": "
            guard rest.hasPrefix(prefix) else { continue }
            let body = rest.dropFirst(prefix.count)
            // The value ends where a later parameter begins, or at the end; a text may look as if one began in it.
            let ends =
                parameters[(index + 1)...].flatMap { later in body.ranges(of: ", \(later.name): ").map(\.lowerBound) }
                + [body.endIndex]
            guard
                let (end, value) = ends.sorted().lazy.compactMap({ end in
                    read(String(body[..<end]), as: parameter.kind).map { (end, $0) }
                }).first
            else { return nil }
            arguments[parameter.name] = value
            rest = body[end...]
        }
        return rest.isEmpty ? .object(arguments) : nil
    }

    private static func read(_ text: String, as kind: Parameter.Kind) -> JSONValue? {
        switch kind {
        case .date, .time, .choice: .string(text)
        case .number, .boolean, .text, .json: try? JSONValue(parsing: text)
        }
    }
}
