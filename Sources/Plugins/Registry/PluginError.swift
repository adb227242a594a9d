import Core

/// What is wrong with a manifest, or with a call that could not be meant.
package struct PluginError: SquireError {
    package struct Code: Sendable, Hashable, RawRepresentable {
        package var rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }

        package static let manifestUnreadable = Code(rawValue: "manifestUnreadable")
        /// No answer from where it is; it may be there another time.
        package static let manifestUnreachable = Code(rawValue: "manifestUnreachable")
        package static let manifestInvalid = Code(rawValue: "manifestInvalid")
        package static let pluginUnknown = Code(rawValue: "pluginUnknown")
        package static let pluginDisabled = Code(rawValue: "pluginDisabled")
        package static let pluginBundled = Code(rawValue: "pluginBundled")
        /// It was given inline, so that there is nothing to read it from again.
        package static let pluginInline = Code(rawValue: "pluginInline")
        package static let operationUnknown = Code(rawValue: "operationUnknown")
        package static let argumentsInvalid = Code(rawValue: "argumentsInvalid")
        /// What only reads is not asked about.
        package static let permissionNeedless = Code(rawValue: "permissionNeedless")
        package static let serverFailed = Code(rawValue: "pluginServerFailed")
    }

    package var code: Code
    package var message: String
    package var kind: String { code.rawValue }

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
