package import Core
import Foundation

/// Calls tools with a model that has a format for it: the model says whether it calls, and a grammar that begins when it
/// opens a call sees to it that what it writes is one.
package struct HermesModel: ChatFormat {
    private let model: any TokenModel

    package init(model: any TokenModel) {
        self.model = model
    }

    /// The most calls that are made at once.
    static let mostCalls = 16
    /// The most tokens of a call.
    static let mostCallTokens = 2048

    package static func serves(_ model: ModelDescription) -> Bool { HermesFormat.isForm(of: model) }

    package func card() -> ModelCard { ModelCard(speaks: true) }

    package func tokenCount(of dialog: [DialogItem], tools: [Tool]) async throws -> Int {
        try await model.tokenCount(of: try await prompt(for: dialog, tools))
    }

    package func respond(to request: ModelRequest) -> AsyncThrowingStream<ChatEvent, any Error> {
        ChatReply.stream { said in
            try await reply(to: request, said: said)
        }
    }

    private func prompt(for dialog: [DialogItem], _ tools: [Tool]) async throws -> Prompt {
        let template = try await model.describe().chatTemplate ?? ""
        return try await NativePrompt(model: model, template: template).prompt(for: dialog, tools)
    }

    private func reply(
        to request: ModelRequest, said: @escaping @Sendable (String) -> Void
    ) async throws -> ChatReply {
        guard request.choice != .none, !request.tools.isEmpty else { return ChatReply() }
        var turn = Turn(prompt: try await prompt(for: request.dialog, request.tools), tools: request.tools)
        if case .named(let name) = request.choice { turn.tools = turn.tools.filter { $0.operation == name } }
        if request.choice.requiresCall {
            turn.written = [.template(HermesFormat.opening)]
        } else if try await !speak(&turn, request, said: said) {
            return turn.outcome
        }
        while try await call(&turn) {
            guard request.allowsParallel, turn.outcome.calls.count < Self.mostCalls else { break }
            let next = try await generate(
                &turn, Sampling(temperature: 0, maxTokens: 16), HermesFormat.nextCall)
            guard next.text.hasSuffix(HermesFormat.opening) else { break }
            turn.written.append(.template(next.text))
        }
        return turn.outcome
    }

    /// What the assistant has written, and what comes of it.
    private struct Turn {
        let prompt: Prompt
        /// Those that may be called.
        var tools: [Tool]
        /// After the prompt.
        var written: [Prompt.Segment] = []
        var outcome = ChatReply()
        /// All of the model's words, where they were meant as a call and are to be said in another form.
        var unread: String?

        init(prompt: Prompt, tools: [Tool]) {
            self.prompt = prompt
            self.tools = tools
        }
    }

    // MARK: Text

    /// Lets the model say what it wants.
    ///
    /// - Returns: whether a call is open.
    private func speak(
        _ turn: inout Turn, _ request: ModelRequest, said: @escaping @Sendable (String) -> Void
    ) async throws -> Bool {
        var sampling = request.sampling
        let stops = sampling.stop ?? []
        sampling.stop = stops + [HermesFormat.opening]
        sampling.choices = nil
        sampling.logProbabilities = nil
        let written = try await generate(
            &turn, sampling, request.constraint.map { .choice([$0, .text(HermesFormat.opening)]) }, keepsStop: true,
            said: said)
        turn.outcome.reason = written.reason
        if written.text.hasSuffix(HermesFormat.opening) {
            let text = String(written.text.dropLast(HermesFormat.opening.count))
            turn.written = [.text(text), .template(HermesFormat.opening)]
            turn.outcome.text = Self.spoken(text)
            return true
        }
        let stop = stops.first { !$0.isEmpty && written.text.hasSuffix($0) }
        let text = String(written.text.dropLast(stop?.count ?? 0))
        turn.outcome.text = text
        // What had to have a form is an answer, whatever it looks like.
        guard request.constraint == nil else { return false }
        let read = HermesText(text, tools: turn.tools)
        turn.outcome.calls = Self.distinct(read.calls, allowsParallel: request.allowsParallel)
        if !read.calls.isEmpty { turn.outcome.text = Self.spoken(read.text) }
        turn.outcome.fault = read.fault
        guard let fault = read.fault, read.calls.isEmpty else { return false }
        // Once more, under the grammar.
        turn.outcome.text = Self.spoken(read.before)
        turn.unread = text
        if let operation = fault.operation { turn.tools = turn.tools.filter { $0.operation == operation } }
        turn.written = [.text(read.before), .template(HermesFormat.opening)]
        return true
    }

    /// Text beside calls; nil where there is none to speak of.
    private static func spoken(_ text: String) -> String? {
        text.allSatisfy(\.isWhitespace) ? nil : text
    }

    private static func distinct(_ calls: [PlannedCall], allowsParallel: Bool) -> [PlannedCall] {
        var seen: Set<PlannedCall> = []
        return Array(calls.filter { seen.insert($0).inserted }.prefix(allowsParallel ? mostCalls : 1))
    }

    // MARK: Calls

    /// Lets the model write the call it has opened.
    ///
    /// - Returns: whether there may be another.
    private func call(_ turn: inout Turn) async throws -> Bool {
        let written = try await generate(
            &turn, Sampling(temperature: 0, maxTokens: Self.mostCallTokens), HermesFormat.call(of: turn.tools))
        let read = HermesText(HermesFormat.opening + written.text, tools: turn.tools, isHeld: true)
        guard let call = read.calls.first else {
            turn.outcome.fault =
                written.reason == .length
                ? CallFormatError(
                    .callCut, "a call grew over \(Self.mostCallTokens) tokens; ask for less at once") : read.fault
            // A call that is none is text, unless there are calls to make.
            if turn.outcome.calls.isEmpty {
                turn.outcome.text = turn.unread ?? (turn.outcome.text.map { "\($0)\n" } ?? "") + read.text
            }
            return false
        }
        // A model that repeats itself would go on with it.
        guard !turn.outcome.calls.contains(call) else { return false }
        turn.outcome.calls.append(call)
        turn.outcome.reason = .stop
        turn.written += [
            .text(String(written.text.dropLast(HermesFormat.closing.count))), .template(HermesFormat.closing),
        ]
        return true
    }

    // MARK: Generating

    private func generate(
        _ turn: inout Turn, _ sampling: Sampling, _ constraint: Constraint?, keepsStop: Bool = false,
        said: (@Sendable (String) -> Void)? = nil
    ) async throws -> (text: String, reason: FinishReason) {
        var prompt = turn.prompt
        prompt.segments += turn.written
        let request = GenerationRequest(
            prompt: prompt, sampling: sampling, constraint: constraint, keepsStop: keepsStop)
        var text = ""
        var spoken = SpokenText()
        var reason = FinishReason.stop
        for try await event in model.generate(request) {
            switch event {
            case .text(let piece):
                text += piece
                guard let said else { continue }
                let stop = sampling.stop?.first { !$0.isEmpty && piece.hasSuffix($0) }
                let more = spoken.add(String(piece.dropLast(stop?.count ?? 0)))
                if !more.isEmpty { said(more) }
            case .finished(let end, let usage):
                reason = end
                turn.outcome.usage.add(step: usage)
            case .queued, .dropped, .logProbabilities: break
            }
        }
        try Task.checkCancellation()
        return (text, reason)
    }
}

extension Usage {
    /// What goes on from the same prompt has read it already.
    fileprivate mutating func add(step: Usage) {
        if promptTokens == 0 {
            self = step
        } else {
            completionTokens += step.completionTokens
        }
    }
}
