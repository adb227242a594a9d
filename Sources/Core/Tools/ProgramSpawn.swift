import Foundation

#if canImport(Glibc)
    package import Glibc
#elseif canImport(Musl)
    package import Musl
#else
    package import Darwin
#endif

/// Starts programs in a session of their own, with signals as at first.
package enum ProgramSpawn {
    #if canImport(Darwin)
        package typealias Redirections = posix_spawn_file_actions_t?
    #else
        package typealias Redirections = posix_spawn_file_actions_t
    #endif

    /// The system's number (errno) for why a program was not started.
    package struct Failure: Error {
        package let number: CInt
    }

    #if canImport(Darwin)
        private static let ownSession = POSIX_SPAWN_SETSID
    #else
        // `POSIX_SPAWN_SETSID`, which glibc's header (since 2.26) has for _GNU_SOURCE only, and Swift does not see; musl's
        // is the same.
        private static let ownSession: CInt = 0x80
    #endif

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - program: its path.
    ///   - arguments: without the program's name.
    ///   - environment: all of it.
    ///   - redirect: says which descriptors it has beside those that are not closed in children.
    /// - Returns: its process' id, which the caller waits for.
    package static func start(
        _ program: String, _ arguments: [String], environment: [String: String],
        redirect: (inout Redirections) -> Void
    ) throws(Failure) -> pid_t {
        #if canImport(Darwin)
            var actions: posix_spawn_file_actions_t?
            var attributes: posix_spawnattr_t?
        #else
            var actions = unsafe posix_spawn_file_actions_t()
            var attributes = posix_spawnattr_t()
        #endif
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        unsafe redirect(&actions)
        unsafe posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | ownSession))
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        unsafe posix_spawnattr_setsigmask(&attributes, &signals)
        unsafe sigfillset(&signals)
        unsafe posix_spawnattr_setsigdefault(&attributes, &signals)

        var pid: pid_t = 0
        let code = unsafe withCStrings([program] + arguments) { arguments in
            unsafe withCStrings(environment.map { "\($0)=\($1)" }) { environment in
                unsafe posix_spawn(&pid, program, &actions, &attributes, arguments, environment)
            }
        }
        guard code == 0 else { throw Failure(number: code) }
        return pid
    }

    /// Runs `body` with NUL-terminated copies of texts, ended by a null pointer.
    private static func withCStrings<Result>(
        _ texts: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        var pointers: [UnsafeMutablePointer<CChar>?] = unsafe texts.map { unsafe strdup($0) } + [nil]
        defer { unsafe pointers.forEach { unsafe free($0) } }
        return unsafe pointers.withUnsafeMutableBufferPointer { buffer in
            // Never empty: the null pointer is in it.
            unsafe body(buffer.baseAddress!)
        }
    }
}
