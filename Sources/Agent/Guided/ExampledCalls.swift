import Core

/// Writes the calls of a tool by the questions that it is known to answer.
struct ExampledCalls: Sendable {
    let model: any LanguageModel
    let vectors: TextVectors

    /// One for each part of the question that asks for it.
    func calls(of chosen: ChosenTool, _ turn: inout GuidedTurn) async throws -> [PlannedCall] {
        let tool = chosen.call.tool
        var calls: [PlannedCall] = []
        for part in chosen.parts.isEmpty ? [chosen.question] : chosen.parts {
            let earlier = turn.earlierCall?.operation == tool.operation ? turn.earlierCall : nil
            let asked = PlaceReference.resolved(part, after: turn.earlierCall)
            // Half a question goes on from the call before it.
            let goesOn = earlier != nil && (FollowUp.isOne(asked) || !calls.isEmpty)
            guard let arguments = try await arguments(of: tool, asked, after: goesOn ? earlier : nil, &turn) else {
                continue
            }
            turn.earlierCall = EarlierCall(question: asked, operation: tool.operation, arguments: arguments)
            calls.append(PlannedCall(operation: tool.operation, arguments: arguments))
        }
        return calls
    }

    private func arguments(
        of tool: Tool, _ question: String, after earlier: EarlierCall?, _ turn: inout GuidedTurn
    ) async throws -> JSONValue? {
        let mentions = Mentions(in: question, today: turn.today)
        let index = AnchorIndex(vectors: vectors)
        let sense = try await index.senses(of: [AnchorIndex.Anchor(question)])[0]
        let senses = try await index.senses(of: tool.examples.map { AnchorIndex.Anchor($0.question) })
        var examples = zip(tool.examples, senses.map { $0.nearness(sense) }).sorted { $0.1 < $1.1 }.map(\.0)
        if let earlier {
            examples.append(Tool.Example(question: earlier.question, arguments: earlier.arguments))
        }
        let arguments = try await CallWriter(model: model).arguments(
            for: tool, question: question, grammar: CallGrammar(tool, mentions: mentions, today: turn.today),
            examples: examples, today: turn.today, usage: &turn.usage)
        // "Is 2028 a leap year?" is not answered by what day it is today.
        let leavesOutFigures =
            arguments == [:] && !tool.parameterOrder.isEmpty && question.contains(where: \.isNumber)
        return leavesOutFigures ? nil : arguments
    }
}
