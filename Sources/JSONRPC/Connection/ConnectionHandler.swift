import Core
import Dispatch
import Logging
import NIOCore

/// The connection's end of the channel: carries out what `ConnectionState` says. Lives on the channel's event loop.
final class ConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let rpc: any RPCHandler
    private let limits: RPCLimits
    private let logger: Logger
    private let flow: OutboundFlow
    private var splitter: LineSplitter
    private var state: ConnectionState
    private var context: ChannelHandlerContext?
    private var tasks: [ConnectionState.Ticket: Task<Void, Never>] = [:]
    private var calls: [RPCID: PendingCall] = [:]
    private var stallTimer: Scheduled<Void>?
    /// Nil at the end of a connection that connected.
    private let place: ConnectionPlace?
    private var lineWatch = LineWatch()
    private var lineTimer: Scheduled<Void>?
    private var hasAsked = false
    /// Whether nothing more is read until the other end has read what waits for it.
    private var isReadHeld = false
    /// Whether a long line is being parsed elsewhere; the lines after it wait for it.
    private var isParsing = false
    /// Whether the other end said that it will ask no more while a long line was being parsed.
    private var inputEnded = false

    /// Lines of so many bytes are not parsed on the event loop, which serves other connections too.
    private static let longLine = 64 << 10
    private static let parsing = DispatchQueue(label: "squire.socket.lines", qos: .userInitiated)
    /// Whether the connection closes as soon as everything is answered.
    private var closesWhenIdle = false
    /// Holds this handler in turn, so it is let go when the channel closes.
    var connection: RPCConnection?

    init(
        rpc: any RPCHandler, limits: RPCLimits, flow: OutboundFlow, logger: Logger, place: ConnectionPlace? = nil
    ) {
        self.place = place
        self.rpc = rpc
        self.limits = limits
        self.logger = logger
        self.flow = flow
        splitter = LineSplitter(limit: limits.lineBytes)
        state = ConnectionState(limits: limits)
    }

    // MARK: What the channel says

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        if context.channel.isActive { context.read() }
    }

    func channelActive(context: ChannelHandlerContext) {
        context.read()
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = unwrapInboundIn(data)
        lineWatch.received(bytes.readableBytes)
        splitter.append(bytes)
        takeLines()
    }

    private func takeLines() {
        while !isParsing, let piece = splitter.next() {
            lineWatch.ended()
            switch piece {
            case .tooLong:
                logger.debug("line over the limit dropped")
                perform(state.receiveTooLong())
            case .line(let line) where line.readableBytesView.allSatisfy(isBlank):
                break
            case .line(let line) where line.readableBytes > Self.longLine:
                parseElsewhere(line)
            case .line(let line):
                take(IncomingLine(reading: line.readableBytesView))
            }
        }
        shareLine()
        takePlace()
    }

    private func take(_ line: IncomingLine) {
        hasAsked = true
        for action in state.receive(line) { perform(action) }
    }

    /// Parses a long line, and goes on with the lines after it then.
    private func parseElsewhere(_ line: ByteBuffer) {
        guard let context else { return }
        isParsing = true
        let parsed = context.eventLoop.makePromise(of: IncomingLine.self)
        Self.parsing.async { parsed.succeed(IncomingLine(reading: line.readableBytesView)) }
        parsed.futureResult.assumeIsolated().whenSuccess { line in
            self.isParsing = false
            guard self.context != nil else { return }
            self.take(line)
            self.takeLines()
            if self.inputEnded, !self.isParsing { self.closeWhenIdle() }
            self.readMore()
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        readMore()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        // The other end will ask no more, but may still read: `printf '…' | nc -N -U squire.sock`.
        if case ChannelEvent.inputClosed = event {
            inputEnded = true
            if !isParsing { closeWhenIdle() }
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        logger.debug("connection failed", metadata: ["error": "\(error)"])
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        flow.close()
        stallTimer?.cancel()
        lineTimer?.cancel()
        place?.lines.give(lineWatch.release())
        for task in tasks.values { task.cancel() }
        let error = RPCConnectionError(.closed, "The other end closed the connection before it answered.")
        for id in calls.keys { resolve(id, .failure(error)) }
        self.context = nil
        connection = nil
        context.fireChannelInactive()
    }

    // MARK: Requests of the other end

    private func perform(_ action: ConnectionState.Action) {
        switch action {
        case .handle(let ticket, let request): start(ticket, request)
        case .cancel(let ticket): tasks[ticket]?.cancel()
        case .deliver(let notification):
            if let connection { rpc.receive(notification, on: connection) }
        case .resolve(let id, let answer): resolve(id, answer.mapError { $0 })
        case .failCalls(let error):
            for id in calls.keys { resolve(id, .failure(error)) }
        case .send(let line): write(line)
        }
    }

    private func start(_ ticket: ConnectionState.Ticket, _ request: RPCRequest) {
        guard let connection else { return }
        let handling: @Sendable () async -> Void = { [rpc, limits, logger] in
            await RequestScope.begin {
                let context = RPCContext(id: request.id, connection: connection)
                let answer = await answer(to: request, by: rpc, context: context, logger: logger)
                let line = OutgoingMessage.response(id: request.id, answer, limit: limits.lineBytes)
                connection.onLoop { $0.finish(ticket, line) }
            }
        }
        // What is answered without waiting is answered without changing threads, which would take longer.
        if #available(macOS 26, *) {
            tasks[ticket] = Task.immediate { await handling() }
        } else {
            tasks[ticket] = Task { await handling() }
        }
    }

    private func finish(_ ticket: ConnectionState.Ticket, _ response: ByteBuffer) {
        tasks[ticket] = nil
        if let line = state.finish(ticket, response: response) { write(line) }
        takePlace()
        closeIfDone()
    }

    // MARK: Limits of the server

    /// Says what the connection is worth to those who come.
    private func takePlace() {
        guard let place else { return }
        let standing: ConnectionLedger.Standing =
            !state.isIdle ? .busy : hasAsked && !splitter.isInLine ? .waiting : .newcomer
        place.ledger.set(place.number, standing)
    }

    /// Counts what is held of a line that has not ended, and sees to it that it does.
    private func shareLine() {
        guard let place else { return }
        let more = lineWatch.hold(max(0, splitter.pendingBytes - limits.freeLineBytes))
        if more < 0 {
            place.lines.give(-more)
        } else if more > 0, !place.lines.takeNow(more) {
            lineWatch.returned(more)
            return refuse(
                RPCError(
                    kind: "linesTooLong",
                    "Half-sent lines of all connections take \(limits.sharedLineBytes) bytes, which is the most. Try again later."
                ))
        }
        guard splitter.isInLine else {
            lineTimer?.cancel()
            lineTimer = nil
            return
        }
        if lineTimer == nil { watchLine() }
    }

    private func watchLine() {
        guard let context else { return }
        lineWatch.begin()
        lineTimer = context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(limits.line)) {
            self.lineTimer = nil
            guard self.context != nil, self.splitter.isInLine else { return }
            let least = Int(Double(self.limits.lineRate) * (self.limits.line / .seconds(1)))
            // What we do not read is not slow.
            if self.lineWatch.isSlow(least), !self.isReadHeld {
                self.refuse(
                    RPCError(
                        kind: "lineTooSlow",
                        "A line was begun \(self.limits.line) ago and has not ended. Send whole lines."))
            } else {
                self.watchLine()
            }
        }
    }

    /// Says what is wrong, and closes.
    private func refuse(_ error: RPCError) {
        logger.warning("connection closed", metadata: ["reason": "\(error.message)"])
        write(OutgoingMessage.failure(id: .null, error))
        context?.close(promise: nil)
    }

    // MARK: Calls of this end

    /// Sends a call whose bytes were counted in the flow already, unless it was cancelled meanwhile.
    func send(_ call: PendingCall, _ line: ByteBuffer) {
        guard context != nil else {
            flow.remove(line.readableBytes)
            call.finish(.failure(RPCConnectionError(.closed, "The connection is closed.")))
            return
        }
        guard !call.isCancelled else {
            flow.remove(line.readableBytes)
            call.finish(.failure(CancellationError()))
            return
        }
        calls[call.id] = call
        writeCounted(line)
    }

    /// Tells the other end that a call is no longer wanted, and waits a moment for its answer.
    ///
    /// - Parameter error: what the call throws if none comes, and in place of the answer "cancelled".
    func abandon(_ id: RPCID, throwing error: any Error) {
        guard let call = calls[id], let context else { return }
        call.failure = error
        if let line = try? OutgoingMessage.call(
            id: nil, method: RPCNotification.cancelRequest, params: ["id": id], limit: limits.lineBytes)
        {
            write(line)
        }
        call.deadline?.cancel()
        call.deadline = context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(limits.cancellation)) {
            self.resolve(id, .failure(error))
        }
    }

    /// Abandons a call that is not answered in time.
    func limit(_ id: RPCID, to timeout: Duration, throwing error: any Error) {
        guard let call = calls[id], let context else { return }
        call.deadline = context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(timeout)) {
            self.abandon(id, throwing: error)
        }
    }

    private func resolve(_ id: RPCID, _ answer: Result<JSONValue, any Error>) {
        guard let call = calls.removeValue(forKey: id) else { return }
        call.deadline?.cancel()
        if let failure = call.failure, case .failure = answer {
            call.finish(.failure(failure))
        } else {
            call.finish(answer)
        }
    }

    // MARK: Writing

    func write(_ line: ByteBuffer) {
        guard context != nil else { return }
        guard flow.add(line.readableBytes) else {
            logger.warning("connection closed because the other end does not read")
            flow.remove(line.readableBytes)
            context?.close(promise: nil)
            return
        }
        writeCounted(line)
    }

    /// Writes a line whose bytes were counted in the flow already.
    func writeCounted(_ line: ByteBuffer) {
        let count = line.readableBytes
        guard let context else {
            flow.remove(count)
            return
        }
        let written = context.eventLoop.makePromise(of: Void.self)
        written.futureResult.assumeIsolated().whenComplete { _ in self.wrote(count) }
        context.writeAndFlush(wrapOutboundOut(line), promise: written)
        if flow.unsentBytes > 0, stallTimer == nil { watchForStall(context, unsent: flow.unsentBytes) }
    }

    private func wrote(_ count: Int) {
        flow.remove(count)
        if isReadHeld { readMore() }
        closeIfDone()
    }

    /// Closes the connection when nothing was taken of what waits during a whole `limits.stall`.
    private func watchForStall(_ context: ChannelHandlerContext, unsent before: Int) {
        let buffered = try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)
        stallTimer = context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(limits.stall)) {
            self.stallTimer = nil
            guard let context = self.context, self.flow.unsentBytes > 0 else { return }
            let now = try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)
            if self.flow.unsentBytes >= before, now ?? 0 >= buffered ?? 0 {
                self.logger.warning("connection closed because the other end stopped reading")
                context.close(promise: nil)
            } else {
                self.watchForStall(context, unsent: self.flow.unsentBytes)
            }
        }
    }

    private func readMore() {
        guard !isParsing else { return }
        isReadHeld = flow.isCongested
        if !isReadHeld { context?.read() }
    }

    // MARK: Closing

    /// Refuses new requests, lets those in flight go on for `deadline`, cancels the rest, and closes.
    func drain(within deadline: Duration) {
        state.drain()
        closeWhenIdle()
        guard let context else { return }
        let loop = context.eventLoop.assumeIsolated()
        loop.scheduleTask(in: TimeAmount(deadline)) {
            for task in self.tasks.values { task.cancel() }
        }
        loop.scheduleTask(in: TimeAmount(deadline + limits.cancellation)) {
            self.context?.close(promise: nil)
        }
    }

    private func closeWhenIdle() {
        closesWhenIdle = true
        closeIfDone()
    }

    private func closeIfDone() {
        guard closesWhenIdle, state.isIdle, flow.unsentBytes == 0 else { return }
        context?.close(promise: nil)
    }
}

private func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
}

private func answer(
    to request: RPCRequest, by rpc: any RPCHandler, context: RPCContext, logger: Logger
) async -> Result<any Encodable & Sendable, RPCError> {
    let begun = ContinuousClock.now
    var outcome = "ok"
    defer {
        logger.debug(
            "request answered",
            metadata: [
                "method": "\(brief(request.method))", "rpcID": "\(brief(request.id.value.text))",
                "outcome": "\(brief(outcome))", "seconds": "\((ContinuousClock.now - begun) / .seconds(1))",
            ])
    }
    do {
        return .success(try await rpc.handle(request, context: context))
    } catch {
        if let cause = (error as? any SquireError)?.cause {
            logger.debug(
                "request failed",
                metadata: [
                    "method": "\(brief(request.method))", "rpcID": "\(brief(request.id.value.text))",
                    "cause": "\(cause)",
                ])
        }
        let error = RPCError(answering: error)
        outcome = error.kind.rawValue
        if error.code == .internalError {
            logger.error(
                "request failed unexpectedly",
                metadata: [
                    "method": "\(brief(request.method))", "rpcID": "\(brief(request.id.value.text))",
                    "error": "\(error.message)",
                ])
        }
        return .failure(error)
    }
}

/// The beginning of what the other end wrote, which may be as long as a line.
private func brief(_ text: String) -> Substring { text.prefix(80) }
