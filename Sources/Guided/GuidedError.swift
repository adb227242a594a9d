import Core

/// Why no call can be found for a message.
struct GuidedError: SquireError {
    struct Code: Sendable, Hashable, RawRepresentable {
        var rawValue: String
        init(rawValue: String) { self.rawValue = rawValue }

        /// Also the engine's own word for it.
        static let promptTooLong = Code(rawValue: "promptTooLong")
        /// A tool that must be called has a schema that no call can be held to.
        static let schemaUnsupported = Code(rawValue: "schemaUnsupported")
    }

    var code: Code
    var message: String
    var kind: String { code.rawValue }

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
