import Core
import SquireClient
import SquireProtocol

/// Asks one question and shows its answer.
struct Asker: Sendable {
    let client: SquireClient
    let console: Console
    /// Whether nothing is shown, because the result is printed as JSON.
    var isSilent = false
    /// Whether each sentence of the answer is shown with what it rests on.
    var showsSources = false
    /// The keys of a chat, which are the user's own again while he is asked about a call.
    var keyboard: QuietKeyboard?

    /// - Throws: `CommandError.interrupted` when the task was cancelled, after what had come was shown.
    func ask(_ parameters: AssistantAsk.Parameters) async throws -> AssistantAsk.Result {
        var parameters = parameters
        parameters.stream = !isSilent
        let presenter = AnswerPresenter(console: console, showsSources: showsSources)
        let approver = Approver(console: console, presenter: presenter)
        let keyboard = keyboard
        let approve: @Sendable (ToolApprove.Parameters) async throws -> ToolApprove.Decision = { call in
            // What was typed before the question was to be seen is no answer to it.
            keyboard?.rest()
            TerminalMode.forgetTypedKeys()
            defer { keyboard?.listen() }
            return try await approver.decide(call)
        }
        if isSilent {
            return try await interruptible { try await client.call(AssistantAsk.self, parameters, approve: approve) }
        }
        let waiting = console.isErrTerminal ? Task { await sayWhatIsWaitedFor(presenter) } : nil
        defer { waiting?.cancel() }
        do {
            let result = try await interruptible {
                try await client.call(AssistantAsk.self, parameters, onEvent: presenter.receive, approve: approve)
            }
            presenter.finish(result.message)
            return result
        } catch {
            presenter.cut()
            throw error
        }
    }

    private func interruptible(_ body: () async throws -> AssistantAsk.Result) async throws -> AssistantAsk.Result {
        do {
            return try await body()
        } catch is CancellationError {
            throw CommandError.interrupted
        }
    }

    private func sayWhatIsWaitedFor(_ presenter: AnswerPresenter) async {
        // A warm daemon answers before a line would be worth reading.
        var pause = Duration.milliseconds(300)
        while (try? await Task.sleep(for: pause)) != nil, !presenter.hasBegun {
            guard let status = try? await client.call(Status.self) else { return }
            switch status.model.state {
            case .loading: presenter.wait("Loading the model \(status.model.name)…")
            case .ready where status.queue.waiting == 0: presenter.wait("Thinking…")
            case .ready, .failed: break
            }
            pause = .milliseconds(500)
        }
    }
}
