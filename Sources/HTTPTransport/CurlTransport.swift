package import Core
import Foundation
import Synchronization

/// Makes HTTP requests through libcurl's multi interface, all from one thread, with its connections kept for reuse.
///
/// Each address that a host has is held against the request's `NetworkPolicy` before it is connected to (`Route`), and
/// again before a request goes over a connection that is there already. Redirects are followed as `Hop.redirected` says;
/// one beyond a limit of 0 is handed back as a response. An error names a URL without its query, which may hold a
/// credential.
package final class CurlTransport: HTTPFetching {
    private let inbox: TransferInbox
    private let ended = Mutex<[CheckedContinuation<Void, Never>]?>([])

    /// Starts the thread; it lives until `stop`.
    ///
    /// - Parameters:
    ///   - names: which hosts may have private addresses.
    ///   - environment: names proxies (`http_proxy`, `https_proxy`, `all_proxy`, `no_proxy`).
    ///   - hooks: for tests.
    package init(
        names: LocalNames = LocalNames(), environment: [String: String] = ProcessInfo.processInfo.environment,
        hooks: Hooks = Hooks()
    ) {
        inbox = TransferInbox()
        let rules = NetworkRules(names: names, proxies: ProxySettings(environment), hooks: hooks)
        let thread = Thread { [inbox, self] in
            CurlLoop(inbox: inbox, rules: rules).run()
            self.finished()
        }
        thread.name = "http"
        thread.start()
    }

    /// What tests put in place of the machine's own.
    package struct Hooks: Sendable {
        /// The addresses of a name, in place of what the resolver says.
        package var addresses: [String: [String]]

        package init(addresses: [String: [String]] = [:]) {
            self.addresses = addresses
        }
    }

    package func fetch(_ request: HTTPRequest) async throws -> HTTPResponse {
        try Task.checkCancellation()
        let ticket = inbox.nextTicket()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                inbox.submit(TransferInbox.Submission(ticket: ticket, request: request, continuation: continuation))
            }
        } onCancel: {
            inbox.cancel(ticket)
        }
    }

    /// Fails what runs, and all that comes later, with `httpStopped`; returns when the thread has ended.
    package func stop() async {
        inbox.stop()
        await withCheckedContinuation { continuation in
            let isOver = ended.withLock { waiting in
                waiting?.append(continuation)
                return waiting == nil
            }
            if isOver { continuation.resume() }
        }
    }

    private func finished() {
        let waiting = ended.withLock { waiting in
            defer { waiting = nil }
            return waiting ?? []
        }
        for continuation in waiting { continuation.resume() }
    }
}
