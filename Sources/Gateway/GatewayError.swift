import Core

/// Why the gateway cannot be started.
package struct GatewayError: SquireError {
    package struct Code: Sendable, Hashable, RawRepresentable {
        package var rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }

        /// What should say where to listen does not.
        package static let addressInvalid = Code(rawValue: "gatewayAddressInvalid")
        /// Others than this machine could connect, and nothing would keep them out.
        package static let tokenMissing = Code(rawValue: "gatewayTokenMissing")
        /// No HTTP header could hold it.
        package static let tokenInvalid = Code(rawValue: "gatewayTokenInvalid")
        /// The address is taken, or may not be used.
        package static let listenFailed = Code(rawValue: "gatewayListenFailed")
    }

    package var code: Code
    package var message: String
    package var kind: String { code.rawValue }

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
