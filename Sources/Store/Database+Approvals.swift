import Core
import GRDB

extension Database: ApprovalStore {
    package func isApproved(plugin: String, operation: String) async throws -> Bool {
        try await read { database in
            try Bool.fetchOne(
                database,
                sql: "SELECT EXISTS (SELECT 1 FROM approvals WHERE plugin = ? AND operation = ?)",
                arguments: [plugin, operation]) ?? false
        }
    }

    package func approve(plugin: String, operation: String) async throws {
        try await write { database in
            try database.execute(
                sql: "INSERT OR IGNORE INTO approvals (plugin, operation) VALUES (?, ?)",
                arguments: [plugin, operation])
        }
    }
}

extension GRDB.Database {
    /// What was allowed of a plugin holds no longer.
    func forgetApprovals(ofPlugin name: String) throws {
        try execute(sql: "DELETE FROM approvals WHERE plugin = ?", arguments: [name])
    }
}
