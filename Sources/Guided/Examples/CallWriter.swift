import Core
import Foundation
import Languages
import Understanding

/// Lets the model write the arguments of a call, by worked examples and under the call's grammar.
struct CallWriter: Sendable {
    let model: any TokenModel
    let language: QuestionLanguage

    /// Worked examples shown to the model at most; more cost time and help no further.
    private static let shownExamples = 6

    /// - Parameters:
    ///   - examples: the tool's, the most alike last.
    /// - Returns: the arguments; nil when the model's text was cut before it was whole.
    /// - Throws: what the model throws.
    func arguments(
        for tool: Tool, question: String, grammar: CallGrammar, examples: [Tool.Example], today: String,
        usage: inout Usage
    ) async throws -> JSONValue? {
        let parameters = Parameter.all(of: tool, in: language)
        guard !parameters.isEmpty else { return [:] }
        var lines = ["\(tool.operation): \(tool.description.prefix(while: { $0 != "." && $0 != "\n" }))", ""]
        for example in examples.suffix(Self.shownExamples) {
            lines.append(line(example.question, tool, CallNotation.write(example.arguments, parameters)))
        }
        if examples.isEmpty { lines += language.words.prompts.calls.examples }
        // The line of an example, as far as the model is to go on with it.
        let opening = String(line(question.replacing("\n", with: " "), tool, "").dropLast())
        let prompt = Prompt([.text(lines.joined(separator: "\n") + "\n" + opening)])
        if let alternatives = grammar.alternatives {
            let calls = alternatives.compactMap { text in
                CallNotation.read(text, grammar.parameters).map { (text: text, arguments: $0) }
            }
            let patterns = examples.map {
                SlotPattern($0.question, $0.arguments, parameters, today: today, in: language)
            }
            return try await likeliest(of: calls, after: prompt, usage: &usage) { arguments in
                SlotPattern(question, arguments, parameters, today: today, in: language).support(by: patterns)
            }
        }
        let request = GenerationRequest(
            prompt: prompt, sampling: Sampling(temperature: 0, maxTokens: 256, stop: ["\n"]),
            constraint: grammar.constraint)
        let (text, more) = try await model.text(request)
        usage += more
        return CallNotation.read(text, grammar.parameters)
    }

    /// One unit of support by the examples weighs as this many natural-log units of the model's.
    private static let supportWeight = 4.0

    /// The call that the model finds likeliest, weighed with how well the examples support it.
    private func likeliest(
        of calls: [(text: String, arguments: JSONValue)], after prompt: Prompt, usage: inout Usage,
        support: (JSONValue) -> Double
    ) async throws -> JSONValue? {
        guard calls.count > 1 else { return calls.first?.arguments }
        let (scores, more) = try await model.logProbabilities(of: calls.map(\.text), after: prompt)
        try Task.checkCancellation()
        usage += more
        let total = zip(calls, scores).map { $1.logProbability + Self.supportWeight * support($0.arguments) }
        return total.indices.max { total[$0] < total[$1] }.map { calls[$0].arguments }
    }

    private func line(_ question: String, _ tool: Tool, _ arguments: String) -> String {
        "\"\(question)\" → \(tool.operation)(\(arguments))"
    }
}
