package import Logging

extension Logger {
    /// Drops everything; for an end whose user sees its errors anyway.
    package static var silent: Logger { Logger(label: "silent", factory: { _ in SwiftLogNoOpLogHandler() }) }
}
