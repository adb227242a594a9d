import Foundation

/// The programs that this daemon runs confined, and what they started.
enum OwnChildren {
    /// Whether a process is one of them. They stay so: what they leave behind is looked after by `squire-confine`, which is
    /// the daemon's child.
    ///
    /// One that is gone already counts as one: it can no longer be told who it was.
    static func include(_ process: pid_t) -> Bool {
        #if os(Linux)
            // The system names no process of another namespace, such as a container's; that is none of ours.
            guard process > 0 else { return false }
            guard status(of: process) != nil else { return true }
            // A process between may end while its parent is asked for; then the way up is another one.
            for _ in 0..<4 {
                guard let own = descends(process) else { continue }
                return own
            }
            // One between is not to be seen, as other users' are not on some systems. Those of this user's always are.
            return false
        #else
            return false
        #endif
    }

    #if os(Linux)
        /// Nil where the way up broke off.
        private static func descends(_ process: pid_t) -> Bool? {
            let own = getpid()
            var process = process
            // Deeper than processes are nested; a way that is longer is no reason to trust.
            for _ in 0..<256 {
                guard let status = status(of: process) else { return nil }
                // Where the daemon is a container's first process, orphans are its children too.
                if status.parent == own { return status.name == "squire-confine" }
                if status.parent <= 1 { return false }
                process = status.parent
            }
            return true
        }

        /// Of `/proc/PID/stat` (proc(5)): the second field, a name in parentheses that may hold anything, and the fourth.
        private static func status(of process: pid_t) -> (name: String, parent: pid_t)? {
            guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
                let begin = text.firstIndex(of: "("), let end = text.lastIndex(of: ")")
            else { return nil }
            let fields = text[text.index(after: end)...].split(separator: " ")
            guard fields.count > 1, let parent = pid_t(fields[1]) else { return nil }
            return (String(text[text.index(after: begin)..<end]), parent)
        }
    #endif
}
