import Core
import Grammar
import Languages
import Understanding

/// Holds calls to their tools' schemas: what leaves here validates.
struct CallValidation {
    let writer: ArgumentWriter
    /// Whether there must be a call.
    let isOwed: Bool

    private static let tokens = 400

    /// The arguments where they validate, else such as do.
    ///
    /// - Returns: nil where none were found, and no call is owed.
    /// - Throws: `schemaUnsupported` where none were found, and a call is owed; what the model throws.
    func valid(_ arguments: JSONValue, for tool: Tool, usage: inout Usage) async throws -> JSONValue? {
        if isInstance(arguments, tool) { return arguments }
        // What each parameter asks for may not be what they ask for together. What is right by itself stays, if it can.
        var unsaid: JSONValue?
        for schema in [pinning(arguments, of: tool), tool.parameters] {
            for attempt in 0..<tries(under: schema, of: tool) {
                guard let written = try await written(under: schema, for: tool, attempt: attempt, usage: &usage) else {
                    break
                }
                let verdict = SchemaValidator.verdict(on: written, of: tool.parameters)
                if verdict.isInstance { return written }
                if verdict.problems.isEmpty { unsaid = unsaid ?? written }
            }
        }
        guard isOwed else { return nil }
        if let value = MinimalValue.of(tool.parameters, in: tool.parameters) { return value }
        // Nothing speaks against it, though not all can be said of it.
        if let unsaid { return unsaid }
        throw unsupported(tool)
    }

    /// How often the model is to write: again only where it is not held to all that the schema asks.
    private func tries(under schema: JSONValue, of tool: Tool) -> Int {
        let grammar = try? CompiledGrammar(.schema(schema, document: tool.parameters))
        return grammar?.unenforced.isEmpty == false ? Self.mostTries : 1
    }

    private static let mostTries = 3

    private func isInstance(_ arguments: JSONValue, _ tool: Tool) -> Bool {
        SchemaValidator.verdict(on: arguments, of: tool.parameters).isInstance
    }

    /// The tool's schema with the arguments that are right by themselves as constants.
    private func pinning(_ arguments: JSONValue, of tool: Tool) -> JSONValue {
        guard var schema = tool.parameters.object, var properties = schema["properties"]?.object else {
            return tool.parameters
        }
        var required = schema["required"]?.array ?? []
        for (name, value) in (arguments.object ?? [:]).sorted(by: { $0.key < $1.key }) {
            guard let declared = properties[name],
                SchemaValidator.verdict(on: value, of: declared, document: tool.parameters).isInstance
            else { continue }
            properties[name] = ["const": value]
            if !required.contains(.string(name)) { required.append(.string(name)) }
        }
        schema["properties"] = .object(properties)
        schema["required"] = .array(required)
        return .object(schema)
    }

    /// - Parameter attempt: the first one is the likeliest text; later ones are drawn, so that they are others.
    private func written(
        under schema: JSONValue, for tool: Tool, attempt: Int, usage: inout Usage
    ) async throws -> JSONValue? {
        let prompt = writer.language.words.prompts.calls.arguments([
            "tool": "\(tool.operation): \(tool.description)", "question": writer.question,
        ])
        let request = GenerationRequest(
            prompt: Prompt([.text(prompt)]),
            sampling: Sampling(
                temperature: attempt == 0 ? 0 : 0.8, topP: attempt == 0 ? nil : 0.95, seed: UInt32(attempt),
                maxTokens: Self.tokens),
            constraint: .schema(schema, document: tool.parameters))
        return try await writer.constrained(request, usage: &usage).flatMap { try? JSONValue(parsing: $0) }
    }

    private func unsupported(_ tool: Tool) -> GuidedError {
        do throws(GrammarError) {
            let keywords = try CompiledGrammar(.schema(tool.parameters)).unenforced
            let reason =
                keywords.isEmpty
                ? "no arguments were found that its parameters allow"
                : "\(keywords.joined(separator: ", ")) cannot be enforced; leave out what a call cannot be held to"
            return GuidedError(.schemaUnsupported, "tool \"\(tool.operation)\": \(reason)")
        } catch {
            return GuidedError(
                .schemaUnsupported, "tool \"\(tool.operation)\": its parameters allow no call: \(error.message)")
        }
    }
}
