/// What a program that Squire runs for a plugin may do beside answering: what the plugin asks for, and whoever registered
/// it agreed to.
package struct ProgramPermissions: Sendable, Hashable {
    /// Variables of the daemon's environment that it gets.
    package var environment: [String] = []
    /// Files and folders it may read and run, beside the manifest's folder: absolute paths.
    package var read: [String] = []
    /// Files and folders it may write, absolute paths.
    package var write: [String] = []
    /// Whether it may connect to anything.
    package var network = false

    package init() {}
}

extension ProgramPermissions: CustomStringConvertible {
    /// What it may do, a sentence's rest: `read /data; reach the network`.
    package var description: String {
        var parts: [String] = []
        if !read.isEmpty { parts.append("read \(read.joined(separator: ", "))") }
        if !write.isEmpty { parts.append("write \(write.joined(separator: ", "))") }
        if !environment.isEmpty { parts.append("know \(environment.joined(separator: ", "))") }
        if network { parts.append("reach the network") }
        return parts.isEmpty ? "only answer on its socket" : parts.joined(separator: "; ")
    }
}
