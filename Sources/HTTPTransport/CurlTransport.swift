import CCurl
package import Core
import Foundation
import Synchronization

/// Makes HTTP requests through libcurl's multi interface, all from one thread, with its connections kept for reuse.
package final class CurlTransport: HTTPFetching {
    private let inbox: TransferInbox
    private let ended = Mutex<[CheckedContinuation<Void, Never>]?>([])

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

    /// Fails what runs with `CancellationError` and returns when the thread has ended.
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
