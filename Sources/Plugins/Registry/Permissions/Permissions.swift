package import Core
package import Foundation

/// What the user has allowed for good. A permission is bound to the operation's fingerprint: when anything of the
/// operation changes it falls, and does not come back with what was there before.
package struct Permissions: ApprovalStore {
    private let registry: PluginRegistry
    private let store: any PermissionStore
    private let lasts: Duration?
    private let now: @Sendable () -> Date

    /// - Parameter lasts: how long a permission holds for which nothing else is said; nil has no end.
    package init(
        registry: PluginRegistry, store: any PermissionStore, lasts: Duration? = nil,
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.registry = registry
        self.store = store
        self.lasts = lasts
        self.now = now
    }

    package func isApproved(_ tool: Tool) async throws -> Bool {
        guard let stored = try await store.permission(plugin: tool.plugin, operation: tool.operation) else {
            return false
        }
        return holds(stored, for: tool)
    }

    package func approve(_ tool: Tool, expires: Date?) async throws {
        // What was agreed to may be gone by now; what stands in its place was never shown.
        guard try await isCurrent(tool) else { return }
        let stored = granted(tool, expires: expires)
        try await store.save(stored)
        // Also where it went while that was written.
        if try await !isCurrent(tool) { try await store.forget([stored]) }
    }

    private func isCurrent(_ tool: Tool) async throws -> Bool {
        try await registry.tool(tool.operation, of: tool.plugin, isOffered: true)
            .map { OperationFingerprint.isSame($0, tool) } ?? false
    }

    /// The permissions that hold, by plugin and operation.
    ///
    /// - Parameter plugin: nil lists all.
    /// - Throws: `pluginUnknown`.
    package func list(plugin: String? = nil) async throws -> [Permission] {
        if let plugin { _ = try await registry.get(plugin) }
        var permissions: [Permission] = []
        for (stored, tool) in try await reconciled() where plugin == nil || stored.plugin == plugin {
            permissions.append(Permission(stored, tool))
        }
        return permissions
    }

    /// Allows an operation, as it is now, for good.
    ///
    /// - Parameter expires: when that ends; nil leaves it to the configuration.
    /// - Throws: `pluginUnknown`, `operationUnknown`, `permissionNeedless`.
    package func permit(plugin: String, operation: String, expires: Date?) async throws -> Permission {
        let tool = try await tool(plugin, operation)
        guard !tool.isReadOnly else {
            throw PluginError(
                .permissionNeedless, "\(plugin).\(operation) only reads, which needs no permission; nothing was changed"
            )
        }
        let stored = granted(tool, expires: expires)
        try await store.save(stored)
        return Permission(stored, tool)
    }

    /// Withdraws what was allowed of a plugin, or of one operation of it.
    ///
    /// - Returns: how many permissions there were.
    /// - Throws: `pluginUnknown`, `operationUnknown`.
    package func revoke(plugin: String, operation: String? = nil) async throws -> Int {
        if let operation { _ = try await tool(plugin, operation) } else { _ = try await registry.get(plugin) }
        let held = try await reconciled().map(\.0).filter {
            $0.plugin == plugin && (operation == nil || $0.operation == operation)
        }
        return try await store.forget(held)
    }

    /// Forgets permissions of operations that are gone or have changed, and those that have ended. To be called whenever
    /// plugins have changed.
    package func reconcile() async throws {
        _ = try await reconciled()
    }

    /// The permissions that hold, with their operations; the others are forgotten.
    private func reconciled() async throws -> [(StoredPermission, Tool)] {
        var held: [(StoredPermission, Tool)] = []
        var fallen: [StoredPermission] = []
        try await registry.loaded()
        for stored in try await store.permissions() {
            // Its plugin may be one whose document is still being read; the fingerprint is looked at with each call.
            let isReading = await registry.isReadingAside
            let tool = try await registry.tool(stored.operation, of: stored.plugin)
            if let tool, holds(stored, for: tool) {
                held.append((stored, tool))
            } else if tool != nil || !isReading {
                fallen.append(stored)
            }
        }
        if !fallen.isEmpty { try await store.forget(fallen) }
        return held
    }

    private func tool(_ plugin: String, _ operation: String) async throws -> Tool {
        let description = try await registry.get(plugin)
        guard let tool = try await registry.tool(operation, of: plugin) else {
            let names = description.operations.map(\.name).joined(separator: ", ")
            throw PluginError(.operationUnknown, "\(plugin) has no operation \"\(operation)\"; it has \(names)")
        }
        return tool
    }

    private func holds(_ stored: StoredPermission, for tool: Tool) -> Bool {
        if let expires = stored.expires, expires <= now() { return false }
        return stored.fingerprint == OperationFingerprint.of(tool)
    }

    private func granted(_ tool: Tool, expires: Date?) -> StoredPermission {
        let now = now()
        return StoredPermission(
            plugin: tool.plugin, operation: tool.operation, fingerprint: OperationFingerprint.of(tool), grantedAt: now,
            expires: expires ?? lasts.map { now.addingTimeInterval($0 / .seconds(1)) })
    }
}

extension Permission {
    fileprivate init(_ stored: StoredPermission, _ tool: Tool) {
        self.init(
            plugin: stored.plugin, operation: stored.operation, method: tool.origin?.method ?? "",
            server: tool.origin?.server ?? "", path: tool.origin?.path ?? "", grantedAt: stored.grantedAt,
            expires: stored.expires)
    }
}
