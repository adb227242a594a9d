/// Why a text is no JSON, or more than is read, and where.
public struct JSONError: Error, Sendable, Hashable {
    /// The kind of failure.
    public enum Code: String, Sendable, Hashable {
        /// The text breaks the grammar of RFC 8259, or is no UTF-8.
        case malformed = "jsonMalformed"
        /// The text is longer, deeper or holds more values than is read.
        case beyondLimit = "jsonBeyondLimit"
    }

    public var code: Code
    /// What is wrong, without the place: `a name in quotation marks is missing`.
    public var reason: String
    /// The byte at which reading ended, from 0.
    public var offset: Int
    /// The line of that byte, from 1.
    public var line: Int

    public init(_ code: Code, _ reason: String, offset: Int, line: Int) {
        self.code = code
        self.reason = reason
        self.offset = offset
        self.line = line
    }
}

extension JSONError: SquireError {
    public var kind: FailureCode { FailureCode(rawValue: code.rawValue) }
    public var failureClass: FailureClass { .invalid }
    public var message: String { "\(reason), at byte \(offset) in line \(line)" }
}
