import Core
import Foundation
import Store
import Testing

@Suite("Stored permissions", .timeLimit(.minutes(1)))
struct PermissionTests {
    private func permission(_ operation: String, fingerprint: String = "a1", expires: Date? = nil) -> StoredPermission {
        StoredPermission(
            plugin: "shopping", operation: operation, fingerprint: fingerprint,
            grantedAt: Date(timeIntervalSince1970: 1_700_000_000.5), expires: expires)
    }

    private let plugin = StoredPlugin(
        name: "shopping", source: .inline, manifest: nil, document: "openapi: 3.1.0", documentSource: .inline,
        registeredAt: Date(timeIntervalSince1970: 0))

    @Test func `permissions come back as they were stored, one an operation, in order`() async throws {
        try await withDatabase { database in
            let ending = permission("addItem", expires: Date(timeIntervalSince1970: 1_800_000_000))
            try await database.save(permission("removeItem"))
            try await database.save(permission("addItem"))
            try await database.save(ending)
            #expect(try await database.permissions() == [ending, permission("removeItem")])
            #expect(try await database.permission(plugin: "shopping", operation: "addItem") == ending)
            #expect(try await database.permission(plugin: "other", operation: "addItem") == nil)
        }
    }

    @Test func `one that was given anew meanwhile is not forgotten with the one before it`() async throws {
        try await withDatabase { database in
            let old = permission("addItem")
            try await database.save(permission("addItem", fingerprint: "b2"))
            #expect(try await database.forget([old]) == 0)
            #expect(try await database.forget([permission("addItem", fingerprint: "b2")]) == 1)
            #expect(try await database.permissions().isEmpty)
        }
    }

    @Test func `they go with their plugin, and when it is registered with another document`() async throws {
        try await withDatabase { database in
            try await database.save(plugin)
            try await database.save(permission("addItem"))
            try await database.save(plugin)
            #expect(try await database.permissions().count == 1)
            var other = plugin
            other.document = "openapi: 3.0.3"
            try await database.save(other)
            #expect(try await database.permissions().isEmpty)
            try await database.save(permission("addItem"))
            try await database.remove(plugin: "shopping")
            #expect(try await database.permissions().isEmpty)
        }
    }
}
