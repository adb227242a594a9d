import Core
import NIOCore

/// What a connection owes to the other end: the requests in flight and the batches they came in. Its methods
/// return what to do; the caller does it.
struct ConnectionState {
    /// Names one request in flight; never used twice on a connection.
    typealias Ticket = Int

    enum Action: Hashable {
        /// Handle the request and report `finish` with the same ticket, always.
        case handle(Ticket, RPCRequest)
        /// Cancel the request's handling; it still reports `finish`.
        case cancel(Ticket)
        case deliver(RPCNotification)
        /// A call of this end was answered; it may be unknown.
        case resolve(RPCID, Result<JSONValue, RPCError>)
        /// The other end could not read what a call of this end said, and so not which.
        case failCalls(RPCError)
        /// Write this line.
        case send(ByteBuffer)
    }

    private struct InFlight {
        var id: RPCID
        var batch: Int?
    }

    private struct Batch {
        var unfinished = 0
        var responses: [ByteBuffer] = []
    }

    private let limits: RPCLimits
    private var inFlight: [Ticket: InFlight] = [:]
    private var tickets: [RPCID: Ticket] = [:]
    private var batches: [Int: Batch] = [:]
    private var lastNumber = 0
    private var isDraining = false

    init(limits: RPCLimits) {
        self.limits = limits
    }

    /// Whether every request has been answered.
    var isIdle: Bool { inFlight.isEmpty }

    /// A line was read.
    mutating func receive(_ line: IncomingLine) -> [Action] {
        switch line {
        case .single(let message):
            return receive(message, batch: nil)
        case .batch(let messages) where messages.isEmpty:
            return [refuse(RPCError(.invalidRequest, "Invalid request: the batch is empty."))]
        case .batch(let messages) where messages.count > limits.batchMessages:
            return [
                refuse(
                    RPCError(
                        .invalidRequest,
                        "Invalid request: the batch has \(messages.count) messages; at most \(limits.batchMessages) are allowed."
                    ))
            ]
        case .batch(let messages):
            let number = makeNumber()
            batches[number] = Batch()
            var actions = messages.flatMap { receive($0, batch: number) }
            if let line = finishedBatch(number) { actions.append(.send(line)) }
            return actions
        }
    }

    /// A line was longer than the limit and was dropped.
    func receiveTooLong() -> Action {
        refuse(
            RPCError(
                .invalidRequest,
                "Invalid request: the line is longer than \(limits.lineBytes) bytes and was dropped. Send less at a time.",
                data: ["kind": "messageTooLong", "limit": .integer(limits.lineBytes)]))
    }

    /// The handling of a request ended.
    ///
    /// - Parameter response: the line that answers it.
    /// - Returns: the line to write; nil while the rest of its batch is unfinished.
    mutating func finish(_ ticket: Ticket, response: ByteBuffer) -> ByteBuffer? {
        guard let request = inFlight.removeValue(forKey: ticket) else { return nil }
        tickets[request.id] = nil
        guard let number = request.batch else { return response }
        batches[number]?.unfinished -= 1
        batches[number]?.responses.append(response)
        return finishedBatch(number)
    }

    /// From now on requests are refused; those in flight go on.
    mutating func drain() {
        isDraining = true
    }

    /// The requests in flight, to be cancelled because time is up or the connection is gone.
    var unfinished: [Ticket] { Array(inFlight.keys) }

    private mutating func receive(_ message: IncomingMessage, batch: Int?) -> [Action] {
        switch message {
        case .request(let request):
            if let error = refusal(of: request) {
                // An answer with an id in flight would be taken for the answer to the first.
                let id = tickets[request.id] == nil ? request.id : .null
                return answer(id, error, batch: batch)
            }
            let ticket = makeNumber()
            inFlight[ticket] = InFlight(id: request.id, batch: batch)
            tickets[request.id] = ticket
            if let batch { batches[batch]?.unfinished += 1 }
            return [.handle(ticket, request)]
        case .notification(let notification) where notification.method == RPCNotification.cancelRequest:
            // It may come after the answer, and name what was never asked.
            guard let id = notification.params?["id"].flatMap(RPCID.init), let ticket = tickets[id] else { return [] }
            return [.cancel(ticket)]
        case .notification(let notification):
            return [.deliver(notification)]
        case .response(.null, .failure(let error)):
            return [.failCalls(error)]
        case .response(let id, let answer):
            return [.resolve(id, answer)]
        case .invalid(let id, let error):
            return answer(id, error, batch: batch)
        }
    }

    private func refusal(of request: RPCRequest) -> RPCError? {
        if tickets[request.id] != nil {
            return RPCError(
                .invalidRequest, "Invalid request: the id \(request.id) is that of a request still in flight.")
        }
        if isDraining {
            return RPCError(
                kind: "shuttingDown", "\(request.method) was not begun: this end is stopping. Ask again later.")
        }
        if inFlight.count >= limits.requestsInFlight {
            return RPCError(
                kind: "tooManyRequests",
                "\(request.method) was not begun: \(inFlight.count) requests of this connection are in flight, "
                    + "which is the most. Wait for answers first.")
        }
        return nil
    }

    private mutating func answer(_ id: RPCID, _ error: RPCError, batch: Int?) -> [Action] {
        let response = OutgoingMessage.failure(id: id, error)
        guard let batch else { return [.send(response)] }
        batches[batch]?.responses.append(response)
        return []
    }

    private func refuse(_ error: RPCError) -> Action {
        .send(OutgoingMessage.failure(id: .null, error))
    }

    /// Forgets a batch when all of it is answered. Nil too where it held notifications only.
    private mutating func finishedBatch(_ number: Int) -> ByteBuffer? {
        guard let batch = batches[number], batch.unfinished == 0 else { return nil }
        batches[number] = nil
        return batch.responses.isEmpty ? nil : OutgoingMessage.batch(batch.responses)
    }

    private mutating func makeNumber() -> Int {
        lastNumber += 1
        return lastNumber
    }
}

extension RPCNotification {
    /// Asks to cancel the request whose `id` is in the parameters.
    package static let cancelRequest = "$/cancelRequest"
}
