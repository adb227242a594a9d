import Core
import Hummingbird
import NIOCore

extension APIError {
    /// What is told of anything that was thrown; nil of a request whose client has gone.
    init?(_ cause: any Error) {
        switch cause {
        case let error as APIError: self = error
        case let error as any SquireError: self.init(error)
        // The last three are what writing to who has gone throws.
        case is CancellationError, is ChannelError, is IOError, is NIOAsyncWriterError: return nil
        case let error as Hummingbird.HTTPError: self.init(error.status, error.body ?? error.status.reasonPhrase)
        // What was thrown may say what no client should read.
        default: self.init(.internalServerError, "the gateway failed; the daemon's log says more", code: "internal")
        }
    }

    private init?(_ error: any SquireError) {
        switch error.failureClass {
        case .cancelled: return nil
        // The words by which clients know to shorten: some read the code, some OpenAI's message.
        case _ where error.kind == .promptTooLong:
            self.init(
                .badRequest, "This model's maximum context length is exceeded: \(error.message)",
                parameter: "messages", code: "context_length_exceeded")
        // What a body names and is not there: only what a path names is a 404.
        case .invalid, .notFound: self.init(.badRequest, error.message, code: error.kind)
        case .denied: self.init(.forbidden, error.message, code: error.kind)
        case .limit:
            self.init(.tooManyRequests, error.message, code: error.kind)
            retryAfter = 1
        case .unavailable: self.init(.serviceUnavailable, error.message, code: error.kind)
        case .failed: self.init(.internalServerError, error.message, code: error.kind)
        }
    }
}
