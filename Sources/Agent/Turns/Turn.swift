import Core
import Understanding

/// The plan of one turn, free of I/O: when the model is asked, what is called, and when the answer is given.
///
/// The model is asked what to call, is told what came of it, and is asked again until it calls nothing more. A model
/// without a tool format of its own calls nothing after results; one with a format may go on.
struct Turn: Sendable {
    enum Action: Sendable {
        /// Ask the model what to call next, or to answer.
        case ask
        /// Make these calls, which do not depend on each other.
        case make([CallExecutor.Call])
        case answer(FinishReason)
    }

    /// Calls that were made at once, with what was said beside them.
    struct Round: Sendable {
        struct Call: Sendable {
            /// As the model knows the operation.
            var name: String
            var step: Step
            /// Whether it was made before: then it was not made again.
            var isRepeated = false
        }

        var text: String?
        var calls: [Call] = []
    }

    let maxSteps: Int
    /// Whether what else may be meant is called where what is likeliest meant fails or gives nothing.
    let callsRivals: Bool
    let language: QuestionLanguage
    private(set) var rounds: [Round] = []
    private(set) var steps: [Step] = []
    /// What the model said in place of calls.
    private(set) var text: String?
    /// Parts of the question that no tool is for, beside those that were called for the others.
    private(set) var unanswered: [String] = []
    private let named: [NamedTool]
    private var pending: [(name: String, call: CallExecutor.Call)] = []
    /// Whether the pending calls were made before and failed.
    private var isRetry = false
    /// Whether the model wanted more calls than are allowed.
    private var isCut = false
    /// What is said beside the pending calls, and the ones among them that were made before.
    private var open: Round?
    private var end: FinishReason?
    private var repetitions = 0
    /// Steps whose results others were called with, and these calls.
    private var leading: [(step: Step, calls: [CallExecutor.Call])] = []

    /// How often a model may repeat a call before it has to do with what it knows.
    private static let mostRepetitions = 2

    /// - Parameter tools: those that may be called, by the names the model knows them by.
    init(
        tools: [NamedTool], maxSteps: Int, callsRivals: Bool = true, language: QuestionLanguage = .english
    ) {
        named = tools
        self.maxSteps = maxSteps
        self.callsRivals = callsRivals
        self.language = language
    }

    /// What to do next.
    func next() -> Action {
        if !pending.isEmpty { return .make(pending.map(\.call)) }
        return end.map(Action.answer) ?? .ask
    }

    /// Takes note of what the model said.
    mutating func said(_ reply: ChatReply) {
        guard !reply.calls.isEmpty else {
            text = reply.text
            if let missing = reply.missing, let tool = named.first(where: { $0.name == missing.operation })?.tool {
                steps.append(Step(notMade: missing, of: tool))
            }
            end = reply.reason
            return
        }
        guard steps.count < maxSteps else {
            end = .steps
            return
        }
        unanswered += reply.unanswered
        var round = Round(text: reply.text)
        for call in reply.calls {
            guard let tool = named.first(where: { $0.name == call.operation })?.tool else { continue }
            if let before = steps.first(where: { $0.isCall(of: tool, call.arguments) }) {
                repetitions += 1
                round.calls.append(Round.Call(name: call.operation, step: before, isRepeated: true))
            } else if steps.count + pending.count < maxSteps {
                var made = self.call(of: tool, call)
                made.rivals =
                    callsRivals
                    ? call.rivals.compactMap { rival in
                        named.first { $0.name == rival.operation }.map { self.call(of: $0.tool, rival) }
                    } : []
                pending.append((call.operation, made))
            } else {
                // The others are made; what is left out is told by the reason.
                isCut = true
            }
        }
        open = round
        if pending.isEmpty { close([]) }
    }

    /// Takes note of how the calls ended.
    ///
    /// - Parameter made: a step for each call that was to be made, in their order; nil for one that was cancelled.
    mutating func made(_ made: [Step?]) {
        let calls = zip(pending, made).compactMap { pending, step in
            step.map { Round.Call(name: pending.name, step: $0) }
        }
        // What only reads and failed for a moment is called once more, and so is what was misspelt.
        let again =
            isRetry
            ? []
            : zip(pending, made).compactMap { pending, step in
                step.flatMap { self.again(pending, after: $0) }
            }
        steps += made.compactMap(\.self)
        var chained: [(name: String, call: CallExecutor.Call)] = []
        for (pending, step) in zip(pending, made) {
            guard let step else { continue }
            let next = self.chained(pending.call, after: step)
            if !next.isEmpty { leading.append((step, next.map(\.call))) }
            chained += next
        }
        pending = Array((again + chained).prefix(max(0, maxSteps - steps.count)))
        isRetry = !again.isEmpty
        close(calls)
    }

    private func call(of tool: Tool, _ planned: PlannedCall) -> CallExecutor.Call {
        let next = planned.next.compactMap { next in
            named.first { $0.name == next.operation && $0.tool.isReadOnly }.map { (tool: $0.tool, call: next) }
        }
        return CallExecutor.Call(tool: tool, arguments: planned.arguments, next: next)
    }

    /// What is to be called with what a call, or the rival that was made in its place, returned.
    private func chained(
        _ call: CallExecutor.Call, after step: Step
    ) -> [(name: String, call: CallExecutor.Call)] {
        guard step.status == .ok, let result = step.result,
            let made = ([call] + call.rivals).first(where: { step.isCall(of: $0.tool, $0.arguments) })
        else { return [] }
        return made.next.compactMap { next in
            ChainedResult(result: result).arguments(of: next.call).map {
                (next.call.operation, CallExecutor.Call(tool: next.tool, arguments: $0))
            }
        }
    }

    /// The steps that only told what others required, where one of these succeeded.
    var passedOn: [Step] {
        leading.filter { leading in
            leading.calls.contains { call in
                steps.contains { $0.status == .ok && $0.isCall(of: call.tool, call.arguments) }
            }
        }.map(\.step)
    }

    /// A call that failed as it is to be made once more; nil where it is not.
    private func again(
        _ call: (name: String, call: CallExecutor.Call), after step: Step
    ) -> (name: String, call: CallExecutor.Call)? {
        switch Repetition(after: step, of: call.call.tool, in: language) {
        case .same: call
        case .corrected(let arguments):
            steps.contains { $0.isCall(of: call.call.tool, arguments) }
                ? nil : (call.name, CallExecutor.Call(tool: call.call.tool, arguments: arguments))
        case .none: nil
        }
    }

    private mutating func close(_ calls: [Round.Call]) {
        var round = open ?? Round()
        round.calls += calls
        rounds.append(round)
        open = nil
        if repetitions > Self.mostRepetitions { end = .stop }
        if isCut { end = .steps }
    }
}

extension Step {
    /// A call that is meant and was not made, since something was not said.
    init(notMade missing: MissingArguments, of tool: Tool) {
        self.init(
            plugin: tool.plugin, operation: tool.operation, arguments: missing.arguments, status: .error,
            error: missing.names.joined(separator: ", "),
            errorKind: .argumentsMissing, missing: missing.names)
    }

    /// Whether it was this call.
    func isCall(of tool: Tool, _ arguments: JSONValue) -> Bool {
        plugin == tool.plugin && operation == tool.operation && self.arguments == arguments
    }
}
