import Foundation

/// The time zone of the shell that asks, which need not be the daemon's.
enum ClientTimeZone {
    /// Its IANA name; nil where `TZ` is a rule (POSIX) or nonsense, and the daemon's has to do.
    static var name: String? {
        let written = (ProcessInfo.processInfo.environment["TZ"] ?? "").trimmingPrefix(":")
        guard !written.isEmpty else { return known(TimeZone.current.identifier) }
        return known(String(written))
    }

    private static func known(_ name: String) -> String? {
        // `GMT+0900` and the like are Foundation's own names.
        TimeZone(identifier: name).flatMap { _ in
            name.hasPrefix("/") || name.hasPrefix("GMT") && name != "GMT" ? nil : name
        }
    }
}
