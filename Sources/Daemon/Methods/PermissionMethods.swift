import Core
import Foundation
import JSONRPC
import Plugins
import SquireProtocol

/// `plugin/permissions`, `permit` and `revoke`.
struct PermissionMethods: Sendable {
    let permissions: Permissions

    func add(to router: inout RPCRouter) {
        router.on(PluginPermissions.self) { parameters, _ in
            PluginPermissions.Result(
                permissions: try await permissions.list(plugin: parameters.name).map(PermissionSummary.init))
        }
        router.on(PluginPermit.self) { parameters, _ in
            if let expires = parameters.expires, expires <= Date() {
                throw RPCError.invalidParameters(PluginPermit.self, "expires is in the past; give a time to come")
            }
            return PermissionSummary(
                try await permissions.permit(
                    plugin: parameters.name, operation: parameters.operation, expires: parameters.expires))
        }
        router.on(PluginRevoke.self) { parameters, _ in
            PluginRevoke.Result(
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
