import Synchronization

/// The request that something is done for, wherever it is worked on: one of the socket's or of the gateway's.
///
/// Each has an id of its own, which the daemon adds to every line of its log. The ids that clients give their requests will not
/// do: each client counts from one. Tasks inherit the scope they are started in; one that goes on after its request, such as
/// that of a plugin's program, is started outside of it (`RequestScope.$id.withValue(nil) { Task { … } }`).
package enum RequestScope {
    /// The request's id; nil for what the daemon does by itself.
    @TaskLocal package static var id: String?

    /// Tells this process's ids from those of earlier ones, whose lines may be in the same log.
    private static let process = String(UInt16.random(in: 0x1000...UInt16.max), radix: 16)
    private static let last = Atomic<Int>(0)

    /// Does something, and starts tasks, for a request that has just come.
    package static func begin<Result>(_ body: () async throws -> Result) async rethrows -> Result {
        let number = last.add(1, ordering: .relaxed).newValue
        return try await $id.withValue("\(process)-\(number)", operation: body)
    }
}
