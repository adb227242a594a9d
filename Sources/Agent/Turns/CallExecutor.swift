import Core
import Languages
import Understanding

/// Makes calls: asks about those that need asking, one after another, and makes those that may be made at once.
struct CallExecutor: Sendable {
    let tools: any ToolProvider
    let approvals: any ApprovalStore
    var phrases = QuestionLanguage.english.words.answers.approvals

    /// A call of an operation.
    struct Call: Sendable {
        var tool: Tool
        var arguments: JSONValue
        /// Calls that may be meant in its place, and only read.
        var rivals: [Call] = []
        /// What is called with what this call returns.
        var next: [(tool: Tool, call: ChainedCall)] = []
    }

    /// - Parameters:
    ///   - calls: independent of each other.
    ///   - steps: the calls before these in the turn, whose results may have had a part in them.
    ///   - approve: asks the user about a call; what it throws is taken for a no.
    /// - Returns: a step a call, in their order; nil for one that was cancelled.
    func make(
        _ calls: [Call], after steps: [Step], _ policy: CallPolicy, approve: Assistant.Approve,
        emit: @escaping @Sendable (Assistant.Event) -> Void
    ) async throws -> [Step?] {
        var denials: [String?] = []
        for call in calls {
            denials.append(try await denial(of: call, after: steps, policy, approve: approve))
            try Task.checkCancellation()
        }
        return try await sideBySide(Array(zip(calls, denials))) { call, denial in
            denial == nil && !call.rivals.isEmpty
                ? try await likeliest(call, after: steps, policy, emit: emit)
                : try await made(call, denial: denial, emit: emit)
        }
    }

    /// Makes what does not depend on each other at once.
    ///
    /// - Returns: in the order of the items.
    private func sideBySide<Item: Sendable>(
        _ items: [Item], _ make: @escaping @Sendable (Item) async throws -> Step?
    ) async throws -> [Step?] {
        try await withThrowingTaskGroup(of: (Int, Step?).self) { group in
            for (index, item) in items.enumerated() {
                group.addTask { (index, try await make(item)) }
            }
            var steps = [Step?](repeating: nil, count: items.count)
            for try await (index, step) in group { steps[index] = step }
            return steps
        }
    }

    /// Rivals that are called side by side.
    private static let mostAtOnce = 4

    /// Makes a call and, where it does not give what was asked for, its rivals, some side by side, and keeps the one whose
    /// result answers the question best. Of the others nothing is told.
    private func likeliest(
        _ call: Call, after steps: [Step], _ policy: CallPolicy, emit: @escaping @Sendable (Assistant.Event) -> Void
    ) async throws -> Step? {
        let results = RivalResults(question: policy.question, language: policy.language)
        var all = [call]
        var made = [try await self.made(call, denial: nil) { _ in }]
        var rivals = call.rivals.filter { rival in
            rival.tool.isReadOnly
                && policy.reason(toAskAbout: rival.tool, rival.arguments, after: steps, isApproved: false) == nil
        }[...]
        // The rest is called only where all failed or are empty: a name that is none of these things may be one of others.
        while !rivals.isEmpty,
            made.count == 1
                ? !results.isAnswered(by: made[0], next: call.next.map(\.tool)) : made.allSatisfy(results.isNothing)
        {
            let some = Array(rivals.prefix(Self.mostAtOnce))
            rivals = rivals.dropFirst(some.count)
            all += some
            made += try await sideBySide(some) { try await self.made($0, denial: nil) { _ in } }
        }
        let best = results.best(of: made, next: all.map { $0.next.map(\.tool) })
        guard let step = made[best] else { return nil }
        Trace.current?.add(
            TraceEntry(
                stage: "rivals", prompt: policy.question,
                candidates: zip(all, made).map {
                    TraceEntry.Candidate(text: $0.tool.operation, score: $1?.status == .ok ? 1 : 0)
                }, output: step.operation))
        var running = step
        (running.status, running.result, running.error, running.errorKind) = (nil, nil, nil, nil)
        emit(.toolCall(running))
        emit(.toolResult(step))
        return step
    }

    private func made(
        _ call: Call, denial: String?, emit: @Sendable (Assistant.Event) -> Void
    ) async throws -> Step? {
        var step = Step(plugin: call.tool.plugin, operation: call.tool.operation, arguments: call.arguments)
        if let denial {
            step.status = .denied
            step.error = denial
            emit(.toolResult(step))
            return step
        }
        emit(.toolCall(step))
        let start = ContinuousClock.now
        do {
            switch try await tools.call(call.tool, arguments: call.arguments) {
            case .ok(let result):
                step.status = .ok
                step.result = result
            case .failed(let failure):
                step.status = .error
                step.error = failure.message
                step.errorKind = failure.kind
            }
        } catch  where error is CancellationError || Task.isCancelled {
            return nil
        } catch let error as any SquireError {
            step.status = .error
            step.error = error.message
            step.errorKind = ToolFailureKind(rawValue: error.kind.rawValue)
        }
        step.seconds = (.now - start) / .seconds(1)
        emit(.toolResult(step))
        return step
    }

    /// Why a call is not to be made; nil where it may be.
    private func denial(
        of call: Call, after steps: [Step], _ policy: CallPolicy, approve: Assistant.Approve
    ) async throws -> String? {
        let tool = call.tool
        // Only what changes something is looked up.
        let isApproved = tool.isReadOnly ? false : try await approvals.isApproved(tool)
        guard let reason = policy.reason(toAskAbout: tool, call.arguments, after: steps, isApproved: isApproved) else {
            return nil
        }
        // Who cannot be asked has not agreed.
        guard let answer = try? await approve(ApprovalRequest(tool, arguments: call.arguments, reason: reason)) else {
            return phrases.nobodyAsked
        }
        switch answer.decision {
        case .deny: return answer.reason ?? phrases.refused
        case .allow: return nil
        case .always:
            try await approvals.approve(tool, expires: answer.expires)
            return nil
        }
    }
}
