import Core
import JSONRPC

/// The part of a list that is asked for.
struct Page {
    let limit: Int
    let offset: Int

    /// The most of one answer.
    private static let most = 1000

    /// - Parameter usual: the limit where none is given.
    /// - Throws: an `RPCError` that names what does not fit the method.
    init(limit: Int?, offset: Int?, usual: Int, of method: any RPCMethod.Type) throws(RPCError) {
        self.limit = limit ?? usual
        self.offset = offset ?? 0
        guard (0...Self.most).contains(self.limit) else {
            throw .invalidParameters(method, "limit must be from 0 to \(Self.most), not \(self.limit)")
        }
        guard self.offset >= 0 else {
            throw .invalidParameters(method, "offset must be 0 or more, not \(self.offset)")
        }
    }
}
