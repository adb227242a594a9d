import Core
import JSONRPC
import SquireProtocol
import Synchronization

/// Gives each `assistant/event` and each `tool/approve` to the request it belongs to.
final class EventRouter: RPCHandler {
    typealias Receiver = @Sendable (AssistantEvent.Parameters) -> Void
    typealias Approver = @Sendable (ToolApprove.Parameters) async throws -> ToolApprove.Decision

    private let fallback: @Sendable (RPCNotification) -> Void
    private struct Asker {
        var receiver: Receiver
        /// Nil where nothing is agreed to.
        var approver: Approver?
    }

    /// Those of running requests. Changed by callers, read by the connection's thread.
    private let askers = Mutex<[JSONValue: Asker]>([:])

    init(fallback: @escaping @Sendable (RPCNotification) -> Void) {
        self.fallback = fallback
    }

    func add(_ id: RPCID, _ receiver: @escaping Receiver, approver: Approver?) {
        askers.withLock { $0[id.value] = Asker(receiver: receiver, approver: approver) }
    }

    func remove(_ id: RPCID) {
        askers.withLock { $0[id.value] = nil }
    }

    func handle(_ request: RPCRequest, context: RPCContext) async throws -> any Encodable & Sendable {
        guard request.method == ToolApprove.name else {
            throw RPCError(
                .methodNotFound, "Method not found: \(request.method). This client answers \(ToolApprove.name).")
        }
        return try await approve(ToolApprove.Parameters(parametersOf: request))
    }

    private func approve(_ parameters: ToolApprove.Parameters) async throws -> ToolApprove.Result {
        guard let approver = askers.withLock({ $0[parameters.request] })?.approver else {
            // Not a no: nobody was there to say one.
            throw RPCError(kind: "nobodyAsked", "Nobody is there to be asked.")
        }
        return ToolApprove.Result(decision: try await approver(parameters))
    }

    func receive(_ notification: RPCNotification, on connection: RPCConnection) {
        guard notification.method == AssistantEvent.name, let params = notification.params,
            let event = try? AssistantEvent.Parameters(decoding: params),
            let receiver = askers.withLock({ $0[event.request] })?.receiver
        else {
            fallback(notification)
            return
        }
        receiver(event)
    }
}
