package import Foundation

/// An operation that the user has allowed for good, as it is now.
package struct Permission: Sendable, Hashable {
    package var plugin: String
    package var operation: String
    package var method: String
    package var server: String
    package var path: String
    package var grantedAt: Date
    /// Nil where it does not end by itself.
    package var expires: Date?
}
