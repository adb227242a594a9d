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

    private init(_ error: any SquireError) {
        switch error.kind {
        case "queueFull":
            self.init(.tooManyRequests, error.message, code: error.kind)
            retryAfter = 1
        case "promptTooLong":
            // The words by which clients know to shorten: some read the code, some OpenAI's message.
            self.init(
                .badRequest, "This model's maximum context length is exceeded: \(error.message)",
                parameter: "messages", code: "context_length_exceeded")
        case let kind where Self.unavailable.contains(kind):
            self.init(.serviceUnavailable, error.message, code: kind)
        case let kind where Self.faultsOfRequests.contains(kind):
            self.init(.badRequest, error.message, code: kind)
        default: self.init(.internalServerError, error.message, code: error.kind)
        }
    }

    /// Kinds that say there is no model to ask.
    private static let unavailable: Set<String> = [
        "modelMissing", "modelNotGGUF", "modelTruncated", "modelUnsupported", "modelFailed", "modelNotLoaded",
        "tuningRuns", "stopped", "shuttingDown",
    ]

    /// Kinds that say what was asked cannot be done.
    private static let faultsOfRequests: Set<String> = [
        "promptEmpty", "samplingInvalid", "grammarInvalid", "schemaInvalid", "schemaUnsatisfiable",
        "schemaUnsupported", "infillUnsupported", "pluginUnknown", "pluginDisabled", "operationUnknown",
        "argumentsInvalid", "messageEmpty",
    ]
}
