package import Foundation
import JSONRPC
package import SquireProtocol

extension SquireClient {
    /// What was allowed for good and holds.
    ///
    /// - Parameter name: a plugin; nil lists those of all.
    package func permissions(ofPlugin name: String? = nil) async throws -> [PermissionSummary] {
        try await connection.call(
            Method.pluginPermissions, PluginPermissionsParameters(name: name), as: PluginPermissionsResult.self
        ).permissions
    }

    /// Allows an operation for good, as it is now.
    package func permit(_ name: String, operation: String, expires: Date? = nil) async throws -> PermissionSummary {
        try await connection.call(
            Method.pluginPermit, PluginPermitParameters(name: name, operation: operation, expires: expires))
    }

    /// Withdraws what was allowed of a plugin, or of one operation of it; returns how much that was.
    package func revoke(_ name: String, operation: String? = nil) async throws -> Int {
        try await connection.call(
            Method.pluginRevoke, PluginRevokeParameters(name: name, operation: operation), as: PluginRevokeResult.self
        ).revoked
    }

    /// What the gateway's clients must know.
    ///
    /// - Parameter isNew: whether it is replaced first.
    package func gatewayToken(isNew: Bool = false) async throws -> GatewayTokenResult {
        try await connection.call(Method.gatewayToken, GatewayTokenParameters(new: isNew ? true : nil))
    }
}
