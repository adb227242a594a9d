import Foundation
import JSONRPC
import Ownership

/// The socket's place before it is listened on.
enum SocketFile {
    /// Removes a socket that a killed daemon left. The home is held by now, so that no other daemon of this home can be
    /// about to listen.
    ///
    /// - Throws: `socketTaken` where somebody answers, or what is there is no socket, or it is another user's, or others
    ///   could replace it; what connecting throws where it cannot be found out.
    static func makeRoom(at path: String) async throws {
        do throws(OwnershipError) {
            try SocketPlace.checkFolder(of: path)
            guard try SocketPlace.check(path) else { return }
        } catch {
            throw DaemonError(.socketTaken, "\(error.message) (--socket)", cause: error)
        }
        do {
            try await RPCConnection.withConnection(to: path) { _ in }
        } catch let error as RPCConnectionError where error.code == .nobodyListens {
            unsafe unlink(path)
            return
        } catch let error as RPCConnectionError where error.code == .foreignPeer || error.code == .closed {
            // Somebody is there, and will not have us.
        }
        throw DaemonError(
            .socketTaken,
            "another process answers on \(path); stop it, or choose another socket with --socket")
    }
}
