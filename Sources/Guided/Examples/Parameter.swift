package import Core
import Foundation
import Languages
package import Understanding

/// One parameter of a tool, as calls are written to it.
package struct Parameter: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        case number(isInteger: Bool)
        /// Of the form `YYYY-MM-DD`.
        case date
        /// A time of day as it was said: `3 pm`, `14:00`.
        case time
        case choice([String])
        case boolean
        case text
        /// Arrays and objects: written as JSON.
        case json
    }

    package var name: String
    package var kind: Kind
    package var isRequired: Bool
    package var schema: JSONValue

    /// The parameters of a tool in the order its document declares them.
    ///
    /// - Parameter language: of the document and its examples.
    package static func all(of tool: Tool, in language: QuestionLanguage = .english) -> [Parameter] {
        let required = Set(tool.parameters["required"]?.array?.compactMap(\.string) ?? [])
        return tool.parameterOrder.compactMap { name in
            guard let schema = tool.parameters["properties"]?[name] else { return nil }
            return Parameter(
                name: name, kind: kind(of: schema, name: name, in: tool, language), isRequired: required.contains(name),
                schema: schema)
        }
    }

    private static func kind(
        of schema: JSONValue, name: String, in tool: Tool, _ language: QuestionLanguage
    ) -> Kind {
        if let values = schema["enum"]?.array {
            let texts = values.compactMap(\.string)
            return texts.count == values.count ? .choice(texts) : .json
        }
        let type = schema["type"]?.string ?? schema["type"]?.array?.compactMap(\.string).first { $0 != "null" }
        switch type {
        case "integer": return .number(isInteger: true)
        case "number": return .number(isInteger: false)
        case "boolean": return .boolean
        case "string" where schema["format"]?.string == "date": return .date
        case "string" where schema["format"] == nil && isDate(name, schema, tool.examples, language): return .date
        case "string" where schema["format"]?.string == "time" || isTime(name, tool.examples, language): return .time
        case "string": return .text
        default: return .json
        }
    }

    private static func isTime(_ name: String, _ examples: [Tool.Example], _ language: QuestionLanguage) -> Bool {
        let values = examples.compactMap { $0.arguments[name]?.string }
        return !values.isEmpty && values.allSatisfy { language.times.find(in: $0).first?.text.count == $0.count }
    }

    /// Documents often forget `format: date`; then the name, the description or the examples say it.
    private static func isDate(
        _ name: String, _ schema: JSONValue, _ examples: [Tool.Example], _ language: QuestionLanguage
    ) -> Bool {
        let words = language.words.documents
        let values = examples.compactMap { $0.arguments[name]?.string }
        let isNamed = words.dateNames.contains { date in
            name.lowercased() == date || name.hasSuffix(date.capitalized) || name.hasSuffix("_\(date)")
        }
        let description = schema["description"]?.string ?? ""
        return isNamed || words.isoDates.contains(where: description.contains)
            || (!values.isEmpty && values.allSatisfy(language.dates.isDate))
    }
}
