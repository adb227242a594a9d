/// Why a call failed. It is an outcome of the call and not an error: the model sees it.
package struct ToolFailure: Sendable, Hashable {
    /// In the API's words where it has some and then in ours (`no city named "Tokio"`, `HTTP 404 from GET /time`, a line
    /// each).
    package var message: String
    package var kind: ToolFailureKind

    package init(_ message: String, kind: ToolFailureKind = .unknown) {
        self.message = message
        self.kind = kind
    }

    /// Whether the same call may succeed if it is made once more.
    package var mayRetry: Bool { kind.mayRetry }
}
