package import Core
import Foundation
import Synchronization

/// Makes HTTP requests through libcurl's multi interface, all from one thread, with its connections kept for reuse.
///
/// Proxies are taken from the environment (`http_proxy`, `https_proxy`, `no_proxy`), never for this machine's own
/// addresses and sockets. Redirects are followed as `HTTPRequest.redirected` says; one beyond a limit of 0 is handed
/// back as a response. An error names a URL without its query, which may hold a credential.
package final class CurlTransport: HTTPFetching {
    private let inbox: TransferInbox
    private let ended = Mutex<[CheckedContinuation<Void, Never>]?>([])

    /// Starts the thread; it lives until `stop`.
    package init() {
        inbox = TransferInbox()
        let thread = Thread { [inbox, self] in
            CurlLoop(inbox: inbox).run()
            self.finished()
        }
        thread.name = "http"
        thread.start()
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
