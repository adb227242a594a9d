import Core

/// Why the daemon could not start, or would not do what it was asked.
package struct DaemonError: SquireError {
    package struct Code: Sendable, Hashable, RawRepresentable {
        package var rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }

        /// Another daemon holds the home.
        package static let alreadyRunning = Code(rawValue: "alreadyRunning")
        /// Somebody else answers on the socket, or what is there is no socket.
        package static let socketTaken = Code(rawValue: "socketTaken")
        package static let homeUnusable = Code(rawValue: "homeUnusable")
        package static let configurationInvalid = Code(rawValue: "configurationInvalid")
        /// The gateway's token is in a file that others may read, or that is another user's.
        package static let gatewayTokenUnsafe = Code(rawValue: "gatewayTokenUnsafe")
        /// The gateway's token is the configuration's matter.
        package static let gatewayTokenConfigured = Code(rawValue: "gatewayTokenConfigured")
        package static let tuningRuns = Code(rawValue: "tuningRuns")
        package static let modelUnknown = Code(rawValue: "modelUnknown")
        /// A model's file is there, but only a loaded model says what it is.
        package static let modelNotLoaded = Code(rawValue: "modelNotLoaded")
        /// A plugin was called and failed; the message is what it said.
        package static let pluginFailed = Code(rawValue: "pluginFailed")
    }

    package var code: Code
    package var message: String
    package var kind: String { code.rawValue }

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
