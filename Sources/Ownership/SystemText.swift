package import Foundation

/// What the system says, as text.
enum SystemText {
    static func error(_ code: CInt) -> String {
        unsafe String(cString: strerror(code))
    }
}

/// Users by their number.
package enum User {
    /// This process' own: whose files it makes and may trust.
    package static var own: uid_t { geteuid() }

    /// `nobody (65534)`, or the number alone where it has no name.
    package static func name(_ user: uid_t) -> String {
        guard let name = record(of: user)?.name else { return "user \(user)" }
        return "\(name) (\(user))"
    }

    /// Whether a group is this user's alone, as most Linux systems give each one: it is the user's first, and named like
    /// the user (useradd(8), `USERGROUPS_ENAB`).
    static func isPrivateGroup(_ group: gid_t) -> Bool {
        guard let user = record(of: own), user.group == group else { return false }
        var entry = unsafe Foundation.group()
        var found: UnsafeMutablePointer<Foundation.group>?
        var buffer = [CChar](repeating: 0, count: 16_384)
        let result = unsafe buffer.withUnsafeMutableBufferPointer { buffer in
            unsafe getgrgid_r(group, &entry, buffer.baseAddress!, buffer.count, &found)
        }
        guard result == 0, unsafe found != nil else { return false }
        return unsafe buffer.withUnsafeBufferPointer { _ in unsafe String(cString: entry.gr_name) == user.name }
    }

    /// The folder that is this user's own, by the system's list of users.
    static var folder: String? { record(of: own)?.folder }

    private static func record(of user: uid_t) -> (name: String, group: gid_t, folder: String)? {
        var entry = unsafe passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 16_384)
        return unsafe buffer.withUnsafeMutableBufferPointer { buffer in
            let result = unsafe getpwuid_r(user, &entry, buffer.baseAddress!, buffer.count, &found)
            guard result == 0, unsafe found != nil else { return nil }
            // The texts are in the buffer, which outlives this closure.
            return unsafe (
                String(cString: entry.pw_name), entry.pw_gid, String(cString: entry.pw_dir)
            )
        }
    }
}
