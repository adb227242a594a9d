import Core
import HTTPTypes
import Logging
import NIOCore
import NIOHTTP1

/// Keeps a connection within its limits, on its event loop: takes its place among all others, closes it where it is too
/// slow, refuses what is no request with a status that says why, and answers `Expect: 100-continue`.
///
/// It stands behind HTTP's decoder, and is told by `ByteWatch`, before it, of the bytes themselves.
final class RequestGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private let ledger: ConnectionLedger
    private let limits: GatewayLimits
    private let logger: Logger
    private var clock: RequestClock
    private var number: ConnectionLedger.Number?
    private var timer: Scheduled<Void>?
    private var timerDeadline: ContinuousClock.Instant?
    private var context: ChannelHandlerContext?
    /// Whether more was asked for since the last look and has not come.
    private var awaitsBytes = false
    private var wasReading = false
    private var wasUnwritable = false
    /// Whether the head of an answer was written whose end was not.
    private var isResponseOpen = false
    /// Refused: nothing more is read or answered, but this once the answer before it is whole.
    private var refusal: RequestFraming.Fault?
    private var isClosing = false
    private var closesAfterAnswer = false

    /// A client that is told why it was refused gets so long to read it.
    private static let lingering = TimeAmount.seconds(2)

    init(ledger: ConnectionLedger, limits: GatewayLimits, logger: Logger) {
        self.ledger = ledger
        self.limits = limits
        self.logger = logger
        clock = RequestClock(limits: limits, at: .now)
    }

    // MARK: Coming and going

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        let channel = context.channel
        number = ledger.admit { channel.close(promise: nil) }
        if context.channel.isActive { begin(context) }
    }

    func channelActive(context: ChannelHandlerContext) {
        begin(context)
        context.fireChannelActive()
    }

    private func begin(_ context: ChannelHandlerContext) {
        clock = RequestClock(limits: limits, at: .now)
        guard number != nil else {
            return refuse(
                RequestFraming.Fault(
                    status: .serviceUnavailable,
                    message: "all \(ledger.limit) connections are being answered; try again in a moment"), context)
        }
        watch(context)
    }

    func channelInactive(context: ChannelHandlerContext) {
        leave()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        leave()
    }

    private func leave() {
        if let number { ledger.remove(number) }
        number = nil
        timer?.cancel()
        timer = nil
        context = nil
    }

    // MARK: Bytes, as ByteWatch tells them

    func received(_ bytes: Int) {
        clock.received(bytes, at: .now)
        changed()
    }

    func awaitsMore() { awaitsBytes = true }

    func gotAll() {
        awaitsBytes = false
        wasReading = false
    }

    // MARK: Requests

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard refusal == nil, !isClosing else { return }
        switch unwrapInboundIn(data) {
        case .head(let head):
            if let fault = RequestFraming.fault(of: head) { return refuse(fault, context) }
            clock.receivedHead(at: .now)
            if head.headers.first(name: "expect") != nil, head.version == .http1_1 { expect(head, context) }
        case .body: break
        case .end: clock.receivedEnd(at: .now)
        }
        changed()
        context.fireChannelRead(data)
    }

    /// A body that would be refused for its length is better not sent.
    private func expect(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        let length = head.headers.first(name: "content-length").flatMap { Int($0) } ?? 0
        guard length <= JSONBody.limit else {
            closesAfterAnswer = true
            return
        }
        let line = HTTPResponseHead(version: .http1_1, status: .continue)
        context.writeAndFlush(wrapOutboundOut(.head(line)), promise: nil)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? HTTPParserError else { return context.fireErrorCaught(error) }
        refuse(RequestFraming.fault(of: error), context)
    }

    // MARK: Answers

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard !isClosing else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        switch unwrapOutboundIn(data) {
        case .head(var head) where closesAfterAnswer && head.status.code >= 200:
            isResponseOpen = true
            head.headers.replaceOrAdd(name: "connection", value: "close")
            return context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .head(let head): isResponseOpen = head.status.code >= 200
        case .body: break
        case .end:
            isResponseOpen = false
            clock.answered(at: .now)
            changed()
            if let refusal {
                context.writeAndFlush(data, promise: promise)
                return answer(refusal, context)
            }
            if closesAfterAnswer {
                context.writeAndFlush(data, promise: promise)
                return end(context)
            }
        }
        context.write(data, promise: promise)
    }

    /// Answers what is no request, once what came before it is answered, and closes.
    private func refuse(_ fault: RequestFraming.Fault, _ context: ChannelHandlerContext) {
        guard refusal == nil, !isClosing else { return }
        logger.debug("request refused", metadata: ["status": "\(fault.status.code)", "reason": "\(fault.message)"])
        refusal = fault
        // A request whose body breaks off is never whole, so that its answer does not come either.
        if isResponseOpen { return end(context) }
        answer(fault, context)
    }

    private func answer(_ fault: RequestFraming.Fault, _ context: ChannelHandlerContext) {
        let error = APIError(
            .init(code: Int(fault.status.code), reasonPhrase: fault.status.reasonPhrase), fault.message,
            code: fault.status == .serviceUnavailable ? "too_many_connections" : "bad_request")
        let body = ByteBuffer(string: error.body.text)
        var headers = HTTPHeaders([
            ("Connection", "close"), ("Content-Type", "application/json"), ("Content-Length", "\(body.readableBytes)"),
        ])
        if fault.status == .serviceUnavailable { headers.add(name: "Retry-After", value: "1") }
        let head = HTTPResponseHead(version: .http1_1, status: fault.status, headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        end(context)
    }

    /// Closes, the sending half first: closed at once with bytes unread, the answer would be lost on its way.
    private func end(_ context: ChannelHandlerContext) {
        guard !isClosing else { return }
        isClosing = true
        timer?.cancel()
        if let number { ledger.set(number, .newcomer) }
        context.close(mode: .output, promise: nil)
        let channel = context.channel
        context.eventLoop.scheduleTask(in: Self.lingering) { channel.close(promise: nil) }
    }

    // MARK: Time

    private func changed() {
        guard !isClosing, let context else { return }
        if let number { ledger.set(number, clock.standing) }
        watch(context)
    }

    private func watch(_ context: ChannelHandlerContext) {
        let deadline = clock.deadline
        if let timerDeadline, timer != nil, timerDeadline <= deadline { return }
        timer?.cancel()
        timerDeadline = deadline
        wasReading = awaitsBytes
        wasUnwritable = !context.channel.isWritable
        let wait = max(.zero, deadline - .now)
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(wait)) { self.look() }
    }

    private func look() {
        timer = nil
        guard !isClosing, let context else { return }
        let fault = clock.check(
            at: .now, isReading: wasReading && awaitsBytes,
            isWriting: wasUnwritable && !context.channel.isWritable)
        guard let fault else { return watch(context) }
        logger.debug("connection closed", metadata: ["reason": "\(fault)"])
        guard case .slowBody = fault, !isResponseOpen else {
            isClosing = true
            return context.close(promise: nil)
        }
        refuse(
            RequestFraming.Fault(
                status: .requestTimeout,
                message: "the body comes slower than \(limits.bodyRate) bytes a second; send the request again"),
            context)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable { wasUnwritable = false }
        context.fireChannelWritabilityChanged()
    }
}

/// Tells a `RequestGuard` of bytes before they are understood, since a head that never ends is none to HTTP's decoder.
final class ByteWatch: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let listener: RequestGuard

    init(_ listener: RequestGuard) {
        self.listener = listener
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        listener.received(unwrapInboundIn(data).readableBytes)
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        listener.gotAll()
        context.fireChannelReadComplete()
    }

    func read(context: ChannelHandlerContext) {
        listener.awaitsMore()
        context.read()
    }
}
