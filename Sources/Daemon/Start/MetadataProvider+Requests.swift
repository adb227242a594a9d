import Core
import Logging

extension Logger.MetadataProvider {
    /// Adds the id of the request that a line is logged for.
    static let requests = Logger.MetadataProvider {
        RequestScope.id.map { ["request": "\($0)"] } ?? [:]
    }
}
