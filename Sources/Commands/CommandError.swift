import Core
import JSONRPC

/// What a command itself found wrong, as opposed to what the daemon answered.
struct CommandError: SquireError {
    struct Code: Sendable, Hashable, RawRepresentable {
        var rawValue: String
        init(rawValue: String) { self.rawValue = rawValue }

        static let usage = Code(rawValue: "usage")
        static let noDaemon = Code(rawValue: "noDaemon")
        static let daemonNotStarted = Code(rawValue: "daemonNotStarted")
        static let daemonNotStopped = Code(rawValue: "daemonNotStopped")
        static let daemonEnded = Code(rawValue: "daemonEnded")
        static let interrupted = Code(rawValue: "interrupted")
        static let notAgreed = Code(rawValue: "notAgreed")
        static let noConversation = Code(rawValue: "noConversation")
        static let modelUnknown = Code(rawValue: "modelUnknown")
        static let outputUnwritable = Code(rawValue: "outputUnwritable")
        static let inputUnreadable = Code(rawValue: "inputUnreadable")
    }

    var code: Code
    var message: String
    var kind: String { code.rawValue }

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
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
        case let error as CommandError:
            switch error.code {
            case .usage: usage
            case .noDaemon, .daemonNotStarted: noDaemon
            case .interrupted: interrupted
            default: failed
            }
        case let error as RPCConnectionError where error.code == .nobodyListens: noDaemon
        case is CancellationError: interrupted
        default: failed
        }
    }
}
