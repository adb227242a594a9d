import Core
import Logging

extension Assistant {
    /// A call made before, and what it was asked for.
    typealias EarlierCall = (question: String, tool: (String, String), arguments: JSONValue)

    /// The tool for a part of the question, with the grammar of its arguments.
    func candidate(
        _ part: String, whole: String, after earlier: EarlierCall?, offered: [Tool], today: String, usage: inout Usage
    ) async throws -> ToolRouter.Candidate? {
        guard !offered.isEmpty else { return nil }
        let decision = try await router.decide(
            part, tools: offered, after: earlier?.tool, today: today, usage: &usage)
        Trace.current?.add(
            TraceEntry(
                stage: "route", prompt: part,
                candidates: decision.candidates.map {
                    TraceEntry.Candidate(text: "\($0.tool.plugin).\($0.tool.operation)", score: $0.score)
                } + [TraceEntry.Candidate(text: "no tool", score: decision.conversational)],
                output: decision.chosen.map { "\($0.tool.plugin).\($0.tool.operation)" } ?? "no tool"))
        logger.debug(
            "routed",
            metadata: [
                "chosen": "\(decision.chosen?.tool.operation ?? "none")",
                "best": "\(decision.candidates.prefix(3).map { "\($0.tool.operation) \(Self.rounded($0.score))" })",
                "conversational": "\(Self.rounded(decision.conversational))",
            ])
        if let chosen = decision.chosen { return chosen }
        // "And in Paris?" means the operation before it.
        guard let earlier, FollowUp.isOne(part) || part != whole,
            var follower = decision.candidates.first(where: {
                ($0.tool.plugin, $0.tool.operation) == earlier.tool
            }), part.contains(where: { $0.isNumber || $0.isUppercase })
        else { return nil }
        // Half a question may as well be meant for another operation.
        if FollowUp.isOne(part) { follower.score = max(follower.score, ToolRouter.sure) }
        follower.examples.append(Tool.Example(question: earlier.question, arguments: earlier.arguments))
        return follower
    }

    /// What a request calls of the tools that no examples were given for.
    func untaughtCalls(
        _ request: QuestionParts.Request, history: [Message], tools: [Tool], usage: inout Usage
    ) async throws -> [Turn.Call] {
        guard !tools.isEmpty, !Conversational.asksForInvention(request.text) else { return [] }
        let named = NamedTool.all(of: tools)
        let earlier = history.dropLast().map { ChatMessage($0.role == .user ? .user : .assistant, $0.text) }
        let outcome = try await guided.calls(
            for: CallRequest(
                dialog: (earlier + [ChatMessage(.user, request.text)]).map(DialogItem.message),
                tools: named.map(\.renamed)))
        usage += outcome.usage
        return outcome.calls.compactMap { call in
            named.first { $0.name == call.operation }.map {
                Turn.Call(
                    part: request.parts[0], plugin: $0.tool.plugin, operation: $0.tool.operation,
                    arguments: call.arguments)
            }
        }
    }

    /// Whether a call would say nothing of a figure in the question that it could have taken: "Is 2028 a leap year?" is not
    /// answered by what day it is today.
    static func leavesOutFigures(of question: String, _ tool: Tool, _ arguments: JSONValue) -> Bool {
        arguments == [:] && !tool.parameterOrder.isEmpty && question.contains(where: \.isNumber)
    }

    /// The last call that succeeded in the conversation, and the question it was for.
    func lastCall(in history: [Message]) -> EarlierCall? {
        guard let answer = history.dropLast().last, let step = answer.steps.last(where: { $0.status == .ok }),
            let asked = history.first(where: { $0.id == answer.parent })
        else { return nil }
        return (asked.text, (step.plugin, step.operation), step.arguments)
    }

    /// Other arguments after a failure that others may mend; the same ones once more where that can do no harm. Nil where
    /// neither can help.
    func retryArguments(
        _ candidate: ToolRouter.Candidate?, part: String, failed: Step, isReadOnly: Bool, today: String,
        usage: inout Usage
    ) async throws -> JSONValue? {
        switch Repetition(after: failed, isReadOnly: isReadOnly) {
        case .same: return failed.arguments
        case .none: return nil
        case .other: break
        }
        guard let candidate else { return nil }
        let message = failed.error ?? ""
        // What the plugin said may hold the right word ("did you mean Tokyo?").
        let mentions = Mentions(in: "\(part) \(message)", today: today)
        let grammar = CallGrammar(candidate.tool, mentions: mentions, today: today)
        let arguments = try await writer.arguments(
            for: candidate.tool, question: part, grammar: grammar, examples: candidate.examples,
            failure: (failed.arguments, message), today: today, usage: &usage)
        return arguments == failed.arguments ? nil : arguments
    }

    private static func rounded(_ score: Double) -> Double { (score * 100).rounded() / 100 }
}
