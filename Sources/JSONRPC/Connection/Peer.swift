package import Foundation
import NIOCore

/// Who is at the other end of a Unix socket, by the system's word and not by its own.
package struct Peer: Sendable, Hashable {
    package var user: uid_t
    /// The process that connected, or that listens; 0 where the system does not say.
    package var process: pid_t

    package init(user: uid_t, process: pid_t) {
        self.user = user
        self.process = process
    }

    #if os(Linux)
        /// `struct ucred` (unix(7)), which glibc shows only to GNU sources.
        private struct Credentials {
            var process: pid_t
            var user: uid_t
            var group: gid_t
        }
    #endif

    /// Whether it is a process of this user's or root's.
    package var isTrusted: Bool { user == geteuid() || user == 0 }

    /// The other end of a channel.
    ///
    /// - Returns: fails where the channel is closed, or is no Unix socket.
    static func of(_ channel: any Channel) -> EventLoopFuture<Peer> {
        guard let socket = channel as? any SocketOptionProvider else {
            return channel.eventLoop.makeFailedFuture(
                RPCConnectionError(.socketFailed, "This connection does not tell who is at its other end."))
        }
        #if os(Linux)
            return socket.unsafeGetSocketOption(
                level: .socket, name: NIOBSDSocket.Option(rawValue: SO_PEERCRED)
            ).map { (credentials: Credentials) in Peer(user: credentials.user, process: credentials.process) }
        #else
            return socket.unsafeGetSocketOption(
                level: NIOBSDSocket.OptionLevel(rawValue: SOL_LOCAL),
                name: NIOBSDSocket.Option(rawValue: LOCAL_PEERCRED)
            ).map { (credentials: xucred) in Peer(user: credentials.cr_uid, process: 0) }
        #endif
    }
}
