import Core
import Foundation

/// `Time-Zone: Asia/Tokyo`, for APIs that say what time it is "here" or which day is "today": where the asker is may be
/// another zone than the machine's.
enum TimeZoneHeader {
    /// With the value `true` at the root of a document its API is told. Others are not: where somebody is is theirs to say.
    private static let mark = "x-squire-time-zone"

    static func mark(_ operations: [APIOperation], in root: DocumentValue) -> [APIOperation] {
        guard root[mark]?.bool == true else { return operations }
        return operations.map { operation in
            var operation = operation
            operation.takesTimeZone = true
            return operation
        }
    }

    static func header(_ zone: TimeZone) -> HTTPHeader {
        HTTPHeader("Time-Zone", zone.identifier)
    }
}
