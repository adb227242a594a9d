import Foundation

/// The few variables that a child process gets: not this process' own, among which are keys and tokens.
package enum ChildEnvironment {
    /// - Parameters:
    ///   - folder: the child's own, for `HOME` and `TMPDIR`; nil says neither.
    ///   - names: of variables that are handed on where they are set.
    ///   - own: this process' variables.
    package static func make(
        folder: String?, handingOn names: [String] = [],
        own: [String: String] = ProcessInfo.processInfo.environment
    ) -> [String: String] {
        var environment: [String: String] = [:]
        for name in ["LANG", "LC_ALL", "LC_CTYPE", "TZ"] + names {
            if let value = own[name] { environment[name] = value }
        }
        // A relative folder in it would be looked up where the child happens to be.
        let path = (own["PATH"] ?? "").split(separator: ":").filter { $0.hasPrefix("/") }.joined(separator: ":")
        environment["PATH"] = path.isEmpty ? "/usr/local/bin:/usr/bin:/bin" : path
        if let folder {
            environment["HOME"] = folder
            environment["TMPDIR"] = folder
        }
        return environment
    }

    /// As the system has it: `NAME=value`, ended by a zero.
    package static func bytes(_ environment: [String: String]) -> [[UInt8]] {
        environment.map { Array("\($0.key)=\($0.value)".utf8) + [0] }
    }
}
