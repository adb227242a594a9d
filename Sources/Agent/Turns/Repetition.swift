import Core
import Understanding

/// Whether a call that failed is made once more, told by the kind of the failure and never by its words, which may be the
/// plugin's; these may only say how a value is spelt.
enum Repetition: Sendable, Hashable {
    /// The same call once more.
    case same
    /// The call with a value as the API spells it.
    case corrected(JSONValue)
    case none

    init(after step: Step, of tool: Tool, in language: QuestionLanguage = .english) {
        guard step.status == .error, tool.isRepeatable else {
            self = .none
            return
        }
        let kind = step.errorKind ?? .unknown
        if kind == .rejected {
            self = SpellingCorrection(of: step, in: language).map { .corrected($0.arguments) } ?? .none
        } else {
            self = kind.mayRetry ? .same : .none
        }
    }
}

extension Tool {
    /// Whether a call may be made twice: what changes something may have been done, and a request that HTTP does not call
    /// safe (RFC 9110, 9.2.1) is never repeated, whatever its document says of it.
    var isRepeatable: Bool {
        isReadOnly && (origin.map { Self.safeMethods.contains($0.method.uppercased()) } ?? true)
    }

    private static let safeMethods: Set = ["GET", "HEAD"]
}
