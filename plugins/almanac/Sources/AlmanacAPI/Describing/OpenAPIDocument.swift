/// The OpenAPI 3.1 document of the operations, as YAML. Texts are JSON strings, which YAML reads as they are, or
/// folded blocks.
package enum OpenAPIDocument {
    package static let text: String = {
        var lines = [
            "# Written by `almanac --print-openapi`; change the operations and print it again.",
            "openapi: 3.1.0",
            "x-squire-time-zone: true",
            "info:",
            "  title: Almanac",
            "  version: \(AlmanacServer.version)",
            "  description: >-",
        ]
        lines += folded(
            """
            World clock, dates, units of measure, sun and moon, worked out on this machine. City names and places from GeoNames \
            (CC BY 4.0).
            """, indent: 4)
        lines += [
            "  license:", "    name: Apache License 2.0", "    identifier: Apache-2.0", "servers:",
            "  - url: http://almanac", "paths:",
        ]
        lines += Operation.all.flatMap(path)
        lines += errorResponse
        return lines.joined(separator: "\n") + "\n"
    }()

    private static func path(_ operation: Operation) -> [String] {
        var lines = [
            "  /\(operation.name):", "    get:", "      operationId: \(operation.name)",
            "      summary: \(quoted(operation.summary))", "      description: >-",
        ]
        lines += folded(operation.description, indent: 8)
        lines.append("      x-squire-examples:")
        for example in operation.examples {
            let arguments = example.arguments.map { "\(quoted($0.name)): \($0.value.json)" }
            lines.append("        - question: \(quoted(example.question))")
            lines.append("          arguments: {\(arguments.joined(separator: ", "))}")
        }
        lines.append("      parameters:")
        for parameter in operation.parameters {
            lines += [
                "        - name: \(parameter.name)", "          in: query",
                "          required: \(parameter.isRequired)",
                "          description: \(quoted(parameter.description))",
                "          example: \(parameter.example.json)",
                "          schema: \(parameter.schema.json)",
            ]
        }
        let required = operation.results.filter { !$0.isOptional }.map(\.name) + ["summary"]
        lines += [
            "      responses:", "        \"200\":", "          description: The answer.", "          content:",
            "            application/json:", "              schema:", "                type: object",
            "                required: [\(required.joined(separator: ", "))]", "                properties:",
        ]
        let summary = Operation.Property("summary", "The answer in one English sentence.")
        for property in operation.results + [summary] {
            lines.append("                  \(property.name):")
            lines.append("                    description: \(quoted(property.description))")
            lines.append(contentsOf: property.schema.members.map { "                    \($0.name): \($0.json)" })
        }
        for status in ["400", "404"] {
            lines += ["        \"\(status)\":", "          $ref: '#/components/responses/Error'"]
        }
        return lines
    }

    private static let errorResponse = [
        "components:", "  responses:", "    Error:",
        "      description: An argument is unreadable (400), or names something unknown (404).", "      content:",
        "        application/json:", "          schema:", "            type: object", "            required: [error]",
        "            properties:", "              error:",
        "                description: What failed and what to do about it, in one English sentence.",
        "                type: string",
    ]

    private static func quoted(_ text: String) -> String { Scalar.string(text).json }

    /// A text's words as lines of at most 110 characters.
    private static func folded(_ text: String, indent: Int) -> [String] {
        let margin = String(repeating: " ", count: indent)
        var lines: [String] = []
        for word in text.split(separator: " ") {
            if let last = lines.last, last.count + word.count < 110 {
                lines[lines.count - 1] = "\(last) \(word)"
            } else {
                lines.append(margin + word)
            }
        }
        return lines
    }
}

extension Operation.Schema {
    /// The schema's members, with their values as JSON.
    fileprivate var members: [(name: String, json: String)] {
        switch self {
        case .string: [("type", "string")]
        case .number: [("type", "number")]
        case .integer: [("type", "integer")]
        case .boolean: [("type", "boolean")]
        case .choice(let values, let aliases):
            [("type", "string"), ("enum", Self.list(values))]
                + (aliases.isEmpty
                    ? []
                    : [
                        (
                            "x-squire-aliases",
                            "{"
                                + values.compactMap { value in
                                    aliases[value].map { "\(Scalar.string(value).json): \(Self.list($0))" }
                                }.joined(separator: ", ") + "}"
                        )
                    ])
        }
    }

    private static func list(_ values: [String]) -> String {
        "[" + values.map { Scalar.string($0).json }.joined(separator: ", ") + "]"
    }

    fileprivate var json: String {
        "{" + members.map { "\($0.name): \($0.json)" }.joined(separator: ", ") + "}"
    }
}
