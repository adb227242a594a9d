import Gateway
import JSONRPC
import SquireProtocol
import Synchronization

/// `gateway/token`.
final class GatewayMethods: Sendable {
    private let access: GatewayAccess
    /// The one that runs; nil where it is off.
    private let gateway: Gateway?
    /// Held while a token is read or replaced: of two that are made at once the file and the gateway keep the same one.
    private let turn = Mutex(())

    init(access: GatewayAccess, gateway: Gateway?) {
        self.access = access
        self.gateway = gateway
    }

    func add(to router: inout RPCRouter) {
        router.on(GatewayToken.self) { parameters, _ in
            try self.token(isNew: parameters.new == true)
        }
    }

    private func token(isNew: Bool) throws -> GatewayToken.Result {
        try turn.withLock { _ in
            guard isNew else { return GatewayToken.Result(token: try access.token(), listen: access.listen) }
            let token = try access.replacedToken()
            gateway?.replaceToken(with: token)
            return GatewayToken.Result(token: token, listen: access.listen)
        }
    }
}
