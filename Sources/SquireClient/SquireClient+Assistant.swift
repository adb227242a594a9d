package import Core
import JSONRPC
package import SquireProtocol

extension SquireClient {
    /// Asks a question and waits until the answer is whole and stored.
    ///
    /// - Parameters:
    ///   - onEvent: takes what happens meanwhile, in order and all of it before this returns; runs on the connection's
    ///     thread and holds up what follows while it runs.
    ///   - approve: says whether a call may be made that is asked about; nil allows none.
    package func ask(
        _ parameters: AskParameters,
        onEvent: @escaping @Sendable (AskEvent) -> Void = { _ in },
        approve: (@Sendable (ToolApproveParameters) async throws -> ApprovalDecision)? = nil
    ) async throws -> AskResult {
        try await withEvents(onEvent, approver: approve) { id in
            try await connection.call(Method.ask, parameters, id: id)
        }
    }

    /// Continues a text with the loaded model, without conversation and plugins. `onEvent` as with `ask`.
    package func complete(
        _ parameters: ModelCompleteParameters, onEvent: @escaping @Sendable (AskEvent) -> Void = { _ in }
    ) async throws -> ModelCompleteResult {
        try await withEvents(onEvent) { id in try await connection.call(Method.modelComplete, parameters, id: id) }
    }

    /// Which tools a message calls for, and with what.
    package func toolCalls(_ parameters: ModelCallParameters) async throws -> ModelCallResult {
        try await connection.call(Method.modelCall, parameters)
    }

    package func tokenize(_ parameters: ModelTokenizeParameters) async throws -> ModelTokenizeResult {
        try await connection.call(Method.modelTokenize, parameters)
    }

    package func embed(_ texts: [String]) async throws -> ModelEmbedResult {
        try await connection.call(Method.modelEmbed, ModelEmbedParameters(texts: texts))
    }

    /// Writes what stands between two texts. `onEvent` as with `ask`.
    package func infill(
        _ parameters: ModelInfillParameters, onEvent: @escaping @Sendable (AskEvent) -> Void = { _ in }
    ) async throws -> ModelCompleteResult {
        try await withEvents(onEvent) { id in try await connection.call(Method.modelInfill, parameters, id: id) }
    }

    /// Measures how the model runs best and keeps it; `onEvent` is told what is measured.
    package func tune(
        _ parameters: ModelTuneParameters, onEvent: @escaping @Sendable (AskEvent) -> Void = { _ in }
    ) async throws -> ModelTuneResult {
        try await withEvents(onEvent) { id in try await connection.call(Method.modelTune, parameters, id: id) }
    }

    package func models() async throws -> [ModelSummary] {
        try await connection.call(Method.modelList, RPCNothing(), as: ModelListResult.self).models
    }

    /// - Parameter name: from `models`; nil for the loaded chat model.
    package func model(_ name: String? = nil) async throws -> ModelInfo {
        try await connection.call(Method.modelInfo, ModelInfoParameters(name: name))
    }

    /// Calls a method whose events `onEvent` takes.
    func withEvents<Result>(
        _ onEvent: @escaping @Sendable (AskEvent) -> Void, approver: EventRouter.Approver? = nil,
        _ body: (RPCID) async throws -> Result
    ) async throws -> Result {
        let id = connection.makeID()
        events.add(id, onEvent, approver: approver)
        defer { events.remove(id) }
        return try await body(id)
    }
}
