import Logging

extension Logger {
    /// Says nothing of what tests provoke.
    static var quiet: Logger {
        var logger = Logger(label: "gateway")
        logger.logLevel = .critical
        return logger
    }
}
