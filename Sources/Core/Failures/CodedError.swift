/// An error of one part of Squire, with the codes of that part.
package protocol CodedError: SquireError {
    associatedtype Code: ErrorCode
    var code: Code { get }
}

/// The codes of one part: an enumeration, so that none is without a class and no two are the same word.
package protocol ErrorCode: RawRepresentable<String>, Hashable, Sendable, CaseIterable {
    var failureClass: FailureClass { get }
}

extension CodedError {
    package var kind: FailureCode { FailureCode(rawValue: code.rawValue) }
    package var failureClass: FailureClass { code.failureClass }
}
