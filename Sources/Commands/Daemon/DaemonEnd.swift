import Core

/// Why a daemon that was started does not answer.
struct DaemonEnd {
    /// How it ended; nil while it runs.
    var how: String?
    /// The last lines of its log.
    var said: String
    var home: String
    var log: String

    /// What a daemon that cannot start begins its last words with.
    private static let reasonMark = "squired: "

    var message: String {
        if let reason { return "squired cannot be started: \(reason)" }
        // Without room it can neither work nor write why.
        if StorageProblem.isDiskFull(at: home) {
            return "squired cannot be started: the disk that holds \(home) is full. Make room, and try again."
        }
        let problem = how.map { "squired ended at once (\($0))" } ?? "squired was started and does not answer"
        guard !said.isEmpty else { return "\(problem), and \(log) says nothing." }
        let lines = said.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n")
        return "\(problem). \(log) says:\n\(lines)"
    }

    /// What the daemon itself said is the reason.
    private var reason: String? {
        guard how != nil else { return nil }
        let lines = said.split(separator: "\n")
        guard let begin = lines.lastIndex(where: { $0.hasPrefix(Self.reasonMark) }) else { return nil }
        let reason = ([lines[begin].dropFirst(Self.reasonMark.count)] + lines[(begin + 1)...]).joined(separator: "\n")
        return reason.last.map { ".!?".contains($0) } == true ? reason : reason + "."
    }
}
