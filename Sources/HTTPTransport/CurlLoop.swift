import CCurl
import Core
import Foundation

/// The loop of the one thread that owns libcurl's handles.
@safe struct CurlLoop: ~Copyable {
    private let multi: OpaquePointer
    private let inbox: TransferInbox
    private let rules: NetworkRules
    /// By the address of their easy handles.
    private var transfers: [UInt: Transfer] = [:]

    /// Starting libcurl is not safe from two threads at once; a static is initialised once.
    private static let start: Void = { _ = curl_global_init(Int(CURL_GLOBAL_ALL)) }()

    init(inbox: TransferInbox, rules: NetworkRules) {
        Self.start
        // curl_multi_init fails only when memory is exhausted, and then nothing else would work either.
        guard let multi = unsafe curl_multi_init() else { fatalError("libcurl: out of memory") }
        unsafe self.multi = OpaquePointer(multi)
        self.inbox = inbox
        self.rules = rules
    }

    deinit {
        unsafe curl_multi_cleanup(UnsafeMutableRawPointer(multi))
    }

    /// Runs until the inbox is stopped.
    consuming func run() {
        // The address as a number: a raw pointer is not Sendable, and the handle outlives `close`.
        let address = unsafe UInt(bitPattern: multi)
        inbox.open { _ = unsafe curl_multi_wakeup(UnsafeMutableRawPointer(bitPattern: address)) }
        while true {
            let contents = inbox.take()
            if contents.isStopping {
                for submission in contents.submissions { submission.failStopped() }
                break
            }
            for submission in contents.submissions { begin(submission) }
            for (address, transfer) in transfers where contents.cancelled.contains(transfer.ticket) {
                end(address, .failure(CancellationError()))
            }
            advance()
            var count: Int32 = 0
            unsafe curl_multi_poll(UnsafeMutableRawPointer(multi), nil, 0, Int32(pollMilliseconds()), &count)
        }
        for submission in inbox.close() { submission.failStopped() }
        for (address, transfer) in transfers { end(address, .failure(HTTPError.stopped(transfer.asked))) }
    }

    private mutating func begin(_ submission: TransferInbox.Submission) {
        do throws(HTTPError) {
            let transfer = try Transfer(submission, rules: rules)
            unsafe transfers[UInt(bitPattern: transfer.handle)] = transfer
            unsafe curl_multi_add_handle(UnsafeMutableRawPointer(multi), UnsafeMutableRawPointer(transfer.handle))
        } catch {
            inbox.forget(submission.ticket)
            submission.continuation.resume(throwing: error)
        }
    }

    /// Moves all transfers on, and ends those that are done or out of time.
    private mutating func advance() {
        var running: Int32 = 0
        unsafe curl_multi_perform(UnsafeMutableRawPointer(multi), &running)
        var left: Int32 = 0
        while let message = unsafe curl_multi_info_read(UnsafeMutableRawPointer(multi), &left) {
            guard unsafe message.pointee.msg == CURLMSG_DONE, let easy = unsafe message.pointee.easy_handle else {
                continue
            }
            let address = UInt(bitPattern: easy)
            // Read before the handle is removed, which frees the message.
            let result = unsafe squire_curl_result(message)
            guard let transfer = transfers[address] else { continue }
            finish(transfer, at: address, result)
        }
        let now = ContinuousClock.now
        for (address, transfer) in transfers {
            if let error = transfer.overdue(at: now) { end(address, .failure(error)) }
        }
    }

    /// What libcurl has done with a handle is an outcome, or a redirect to follow with the same handle.
    private mutating func finish(_ transfer: Transfer, at address: UInt, _ result: CURLcode) {
        do {
            let response = try transfer.response(of: result)
            guard let next = try transfer.redirect(of: response) else { return end(address, .success(response)) }
            unsafe curl_multi_remove_handle(UnsafeMutableRawPointer(multi), UnsafeMutableRawPointer(transfer.handle))
            transfer.follow(next)
            unsafe curl_multi_add_handle(UnsafeMutableRawPointer(multi), UnsafeMutableRawPointer(transfer.handle))
        } catch {
            end(address, .failure(error))
        }
    }

    private mutating func end(_ address: UInt, _ result: Result<HTTPResponse, any Error>) {
        guard let transfer = transfers.removeValue(forKey: address) else { return }
        unsafe curl_multi_remove_handle(UnsafeMutableRawPointer(multi), UnsafeMutableRawPointer(transfer.handle))
        inbox.forget(transfer.ticket)
        transfer.continuation.resume(with: result)
    }

    /// Until the nearest time limit; libcurl's own timers shorten it.
    private func pollMilliseconds() -> Int {
        let now = ContinuousClock.now
        let nearest = transfers.values.map { $0.deadline - now }.min() ?? .seconds(60)
        return Int(max(1, min(60_000, (nearest / .milliseconds(1)).rounded(.up))))
    }
}
