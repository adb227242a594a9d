import Core
import Foundation
import JSONRPC
import Plugins
import SquireProtocol

/// `plugin/permissions`, `permit` and `revoke`.
struct PermissionMethods: Sendable {
    let permissions: Permissions

    func add(to router: inout RPCRouter) {
        router.on(Method.pluginPermissions) { (parameters: PluginPermissionsParameters, _) in
            PluginPermissionsResult(
                permissions: try await permissions.list(plugin: parameters.name).map(PermissionSummary.init))
        }
        router.on(Method.pluginPermit) { (parameters: PluginPermitParameters, _) in
            if let expires = parameters.expires, expires <= Date() {
                throw RPCError.invalidParameters(Method.pluginPermit, "expires is in the past; give a time to come")
            }
            return PermissionSummary(
                try await permissions.permit(
                    plugin: parameters.name, operation: parameters.operation, expires: parameters.expires))
        }
        router.on(Method.pluginRevoke) { (parameters: PluginRevokeParameters, _) in
            PluginRevokeResult(
                revoked: try await permissions.revoke(plugin: parameters.name, operation: parameters.operation))
        }
    }
}

extension PermissionSummary {
    fileprivate init(_ permission: Permission) {
        self.init(
            plugin: permission.plugin, operation: permission.operation, method: permission.method,
            server: permission.server, path: permission.path, grantedAt: permission.grantedAt,
            expires: permission.expires)
    }
}
