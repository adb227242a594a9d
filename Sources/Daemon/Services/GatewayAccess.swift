import Core
import Gateway
import Logging
import SquireProtocol

/// What the gateway's clients must know: what the configuration says, or the token that Squire has made.
struct GatewayAccess: Sendable {
    let listen: String?
    let configured: GatewayTokenSetting
    let file: GatewayTokenFile

    /// The token that requests must bring; nil where none is wanted. One is made where there is none yet.
    ///
    /// - Throws: `gatewayAddressInvalid`, `gatewayTokenUnsafe`, `homeUnusable`.
    func token() throws -> String? {
        switch configured {
        case .given(let token): return token
        case .none: return nil
        case .made:
            // Who can open a socket of the owner's is the owner.
            if let listen, case .unix = try ListenAddress(parsing: listen) { return nil }
            return try file.token()
        }
    }

    /// A new token in place of the one that Squire has made.
    ///
    /// - Throws: `gatewayTokenConfigured` where there is none of that kind; what `token` throws.
    func replacedToken() throws -> String {
        switch configured {
        case .given:
            throw DaemonError(
                .gatewayTokenConfigured,
                "the gateway's token is set in the configuration (gateway.token); change or remove it there")
        case .none:
            throw DaemonError(
                .gatewayTokenConfigured,
                "the configuration turns the token off (gateway.token: none); remove that, and start squired again")
        case .made: return try file.replace()
        }
    }

    /// Says in the log what keeps others out of the gateway.
    func report(to logger: Logger) {
        guard let listen else { return }
        switch configured {
        case .none:
            if case .unix? = try? ListenAddress(parsing: listen) { return }
            logger.warning(
                "gateway answers without a token: every user and program of this machine may ask (gateway.token: none)",
                metadata: ["listen": "\(listen)"])
        case .given: logger.info("gateway requires the configured token")
        case .made:
            if case .unix? = try? ListenAddress(parsing: listen) { return }
            logger.info("gateway requires a token; squire gateway token prints it", metadata: ["file": "\(file.path)"])
        }
    }
}
