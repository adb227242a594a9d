import Core
import Understanding

/// Writes the calls of a tool by the questions that it is known to answer.
struct ExampledCalls: Sendable {
    let model: any TokenModel
    let vectors: TextVectors
    let language: QuestionLanguage

    /// One for each part of the question that asks for it.
    func calls(of chosen: ChosenTool, _ turn: inout GuidedTurn) async throws -> [PlannedCall] {
        let tool = chosen.call.tool
        var calls: [PlannedCall] = []
        for part in chosen.parts {
            let earlier = turn.earlierCall?.operation == tool.operation ? turn.earlierCall : nil
            let asked = PlaceReference.resolved(part, after: turn.earlierCall, in: language)
            // Half a question goes on from the call before it.
            let goesOn = earlier != nil && (language.followUps.isOne(asked) || !calls.isEmpty)
            guard let arguments = try await arguments(of: chosen.call, asked, after: goesOn ? earlier : nil, &turn)
            else {
                continue
            }
            turn.earlierCall = EarlierCall(question: asked, operation: tool.operation, arguments: arguments)
            calls.append(PlannedCall(operation: tool.operation, arguments: arguments))
        }
        return calls
    }

    private func arguments(
        of call: FilledCall, _ question: String, after earlier: EarlierCall?, _ turn: inout GuidedTurn
    ) async throws -> JSONValue? {
        let tool = call.tool
        let mentions = Mentions(in: question, today: turn.today, language: language)
        // The nearest last, beside what the model is to go on with.
        var examples = Array(
            try await AnchorIndex(vectors: vectors).examples(
                of: tool, call.reading.asked, nearestTo: question, in: language
            ).reversed())
        if let earlier {
            examples.append(Tool.Example(question: earlier.question, arguments: earlier.arguments))
        }
        let arguments = try await CallWriter(model: model, language: language).arguments(
            for: tool, question: question,
            grammar: CallGrammar(tool, mentions: mentions, today: turn.today, language: language),
            examples: examples, today: turn.today, usage: &turn.usage)
        // "Is 2028 a leap year?" is not answered by what day it is today.
        let leavesOutFigures =
            arguments == [:] && !tool.parameterOrder.isEmpty && question.contains(where: \.isNumber)
        return leavesOutFigures ? nil : arguments
    }
}
