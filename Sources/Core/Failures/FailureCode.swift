/// A stable word in camel case for one way to fail (`modelMissing`, `pluginUnknown`); `data.kind` on the socket. The set is
/// open: the other end may be of another version.
public struct FailureCode: Sendable, Hashable, RawRepresentable, ExpressibleByStringLiteral, CustomStringConvertible {
    public var rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
    public init(stringLiteral value: String) { self.init(rawValue: value) }

    public var description: String { rawValue }
}

/// What the models behind `TokenModel` and `ChatModel` throw, whatever module they are of.
extension FailureCode {
    package static let promptTooLong: FailureCode = "promptTooLong"
    package static let grammarInvalid: FailureCode = "grammarInvalid"
    package static let schemaInvalid: FailureCode = "schemaInvalid"
    package static let schemaUnsatisfiable: FailureCode = "schemaUnsatisfiable"
}
