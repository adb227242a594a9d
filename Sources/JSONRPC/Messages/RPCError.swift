package import Core

/// A JSON-RPC error object: what a handler throws to choose the code itself, and what a call throws when the
/// other end answered with an error.
package struct RPCError: SquireError, Hashable, Codable {
    /// The numbers of JSON-RPC 2.0, section 5.1, and those of this protocol.
    package struct Code: Sendable, Hashable, RawRepresentable, Codable {
        package var rawValue: Int
        package init(rawValue: Int) { self.rawValue = rawValue }

        package static let parseError = Code(rawValue: -32700)
        package static let invalidRequest = Code(rawValue: -32600)
        package static let methodNotFound = Code(rawValue: -32601)
        package static let invalidParams = Code(rawValue: -32602)
        package static let internalError = Code(rawValue: -32603)
        /// An error of the application; `data.kind` says which.
        package static let application = Code(rawValue: -32000)
        package static let cancelled = Code(rawValue: -32800)
    }

    package var code: Code
    package var message: String
    package var data: JSONValue?

    package init(_ code: Code, _ message: String, data: JSONValue? = nil) {
        self.code = code
        self.message = message
        self.data = data
    }

    /// An error of the application (-32000) with `data.kind`.
    package init(kind: FailureCode, _ message: String) {
        self.init(.application, message, data: ["kind": .string(kind.rawValue)])
    }

    /// `data.kind`, else a word for the code.
    package var kind: FailureCode {
        if let kind = data?["kind"]?.string { return FailureCode(rawValue: kind) }
        return switch code {
        case .parseError: "parseError"
        case .invalidRequest: "invalidRequest"
        case .methodNotFound: "methodUnknown"
        case .invalidParams: "parametersInvalid"
        case .cancelled: "cancelled"
        default: "internalError"
        }
    }

    /// As far as the number tells it: of an error of the application it does not.
    package var failureClass: FailureClass {
        switch code {
        case .parseError, .invalidRequest, .invalidParams: .invalid
        case .methodNotFound: .notFound
        case .cancelled: .cancelled
        default: .failed
        }
    }
}

extension RPCError {
    /// What is answered when a handler threw `error`: an `RPCError` as it is, cancellation as -32800, Squire's other
    /// errors as -32000 with their kind, anything else as an internal error.
    package init(answering error: any Error) {
        switch error {
        case let error as RPCError: self = error
        case is CancellationError: self.init(.cancelled, "The request was cancelled.")
        case let error as any SquireError where error.failureClass == .cancelled: self.init(.cancelled, error.message)
        case let error as any SquireError: self.init(kind: error.kind, error.message)
        default: self.init(.internalError, "Internal error: \(error)")
        }
    }
}
