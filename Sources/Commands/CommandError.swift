import Core
import JSONRPC

/// What a command itself found wrong, as opposed to what the daemon answered.
struct CommandError: CodedError {
    enum Code: String, ErrorCode {
        case usage
        case noDaemon
        case daemonNotStarted
        case daemonNotStopped
        case daemonEnded
        case interrupted
        case notAgreed
        case noConversation
        case modelUnknown
        case outputUnwritable
        case inputUnreadable

        var failureClass: FailureClass {
            switch self {
            case .usage, .inputUnreadable: .invalid
            case .noConversation, .modelUnknown: .notFound
            case .notAgreed: .denied
            case .noDaemon, .daemonNotStarted: .unavailable
            case .interrupted: .cancelled
            case .daemonNotStopped, .daemonEnded, .outputUnwritable: .failed
            }
        }
    }

    var code: Code
    var message: String
    var cause: (any Error)?

    init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    static var interrupted: CommandError { CommandError(.interrupted, "Interrupted.") }
}

/// What a shell sees of how a command ended.
enum ExitStatus {
    static let failed: Int32 = 1
    /// `EX_USAGE` of sysexits.h.
    static let usage: Int32 = 64
    /// `EX_UNAVAILABLE` of sysexits.h.
    static let noDaemon: Int32 = 69
    /// 128 and the number of SIGINT.
    static let interrupted: Int32 = 130

    /// The status for an error that a command threw.
    static func of(_ error: any Error) -> Int32 {
        switch error {
        case is CancellationError: interrupted
        case let error as CommandError where error.code == .usage: usage
        // The daemon is there, and answered.
        case is RPCError: failed
        // A command needs nothing but the daemon.
        case let error as any SquireError where error.failureClass == .unavailable: noDaemon
        case let error as any SquireError where error.failureClass == .cancelled: interrupted
        default: failed
        }
    }
}
