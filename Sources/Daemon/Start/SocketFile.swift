import Foundation
import JSONRPC

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The socket's place before it is listened on.
enum SocketFile {
    /// Removes a socket that a killed daemon left. The home is held by now, so that no other daemon of this home can be
    /// about to listen.
    ///
    /// - Throws: `socketTaken` where somebody answers, or what is there is no socket; what connecting throws where it
    ///   cannot be found out.
    static func makeRoom(at path: String) async throws {
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFSOCK else {
            throw DaemonError(
                .socketTaken, "\(path) is there and is no socket; move it away, or choose another one with --socket")
        }
        do {
            try await RPCConnection.withConnection(to: path) { _ in }
        } catch let error as RPCConnectionError where error.code == .nobodyListens {
            unsafe unlink(path)
            return
        }
        throw DaemonError(
            .socketTaken,
            "another process answers on \(path); stop it, or choose another socket with --socket")
    }
}
