import Core
import Foundation
import SquireProtocol

/// How permissions are shown.
enum PermissionText {
    static func list(_ permissions: [PermissionSummary], _ console: Console) -> String {
        guard !permissions.isEmpty else { return "There are no permanent permissions.\n" }
        let rows = permissions.map { permission in
            [
                permission.plugin, permission.operation, Format.time(permission.grantedAt),
                permission.expires.map { Format.time($0) } ?? "never", request(permission),
            ]
        }
        return Table(header: ["PLUGIN", "OPERATION", "ALLOWED", "ENDS", "REQUEST"], rows: rows)
            .text(width: console.width, style: console.outStyle)
    }

    static func permitted(_ permission: PermissionSummary) -> String {
        let end = permission.expires.map { ", until \(Format.time($0))" } ?? ""
        return PlainText.line("Allowed \(permission.plugin).\(permission.operation) (\(request(permission)))\(end).")
            + "\n"
    }

    private static func request(_ permission: PermissionSummary) -> String {
        "\(permission.method) \(permission.server)\(permission.path)"
    }
}
