package import Core
import Foundation
import GRDB

extension Database: PermissionStore {
    package func permissions() async throws -> [StoredPermission] {
        try await read { database in
            try PermissionRow.fetchAll(database, sql: "SELECT * FROM approvals ORDER BY plugin, operation")
                .map(\.permission)
        }
    }

    package func permission(plugin: String, operation: String) async throws -> StoredPermission? {
        try await read { database in
            try PermissionRow.fetchOne(
                database, sql: "SELECT * FROM approvals WHERE plugin = ? AND operation = ?",
                arguments: [plugin, operation])?.permission
        }
    }

    package func save(_ permission: StoredPermission) async throws {
        try await write { try PermissionRow(permission: permission).upsert($0) }
    }

    @discardableResult
    package func forget(_ permissions: [StoredPermission]) async throws -> Int {
        try await write { database in
            var count = 0
            for permission in permissions {
                try database.execute(
                    sql: "DELETE FROM approvals WHERE plugin = ? AND operation = ? AND fingerprint = ?",
                    arguments: [permission.plugin, permission.operation, permission.fingerprint])
                count += database.changesCount
            }
            return count
        }
    }
}

extension GRDB.Database {
    /// What was allowed of a plugin holds no longer.
    func forgetApprovals(ofPlugin name: String) throws {
        try execute(sql: "DELETE FROM approvals WHERE plugin = ?", arguments: [name])
    }
}

/// A permission as it is in the table `approvals`.
private struct PermissionRow: FetchableRecord, PersistableRecord {
    static let databaseTableName = "approvals"

    var permission: StoredPermission

    init(permission: StoredPermission) {
        self.permission = permission
    }

    init(row: Row) {
        permission = StoredPermission(
            plugin: row["plugin"], operation: row["operation"], fingerprint: row["fingerprint"],
            grantedAt: Date(milliseconds: row["grantedAt"]),
            expires: (row["expiresAt"] as Int64?).map { Date(milliseconds: $0) })
    }

    func encode(to container: inout PersistenceContainer) {
        container["plugin"] = permission.plugin
        container["operation"] = permission.operation
        container["fingerprint"] = permission.fingerprint
        container["grantedAt"] = permission.grantedAt.milliseconds
        container["expiresAt"] = permission.expires?.milliseconds
    }
}
