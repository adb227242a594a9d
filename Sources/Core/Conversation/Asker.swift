package import Foundation

/// What is known of who asks, wherever their question is worked on.
package enum Asker {
    /// The time zone of the asker's own clock; nil where the client did not say, and this machine's is taken.
    @TaskLocal package static var timeZone: TimeZone?

    /// The zone in which "now", "today" and "here" are meant.
    package static var zone: TimeZone { timeZone ?? .current }
}
