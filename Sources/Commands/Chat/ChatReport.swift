import Core
import SquireProtocol

/// What `squire chat --json` prints: an answer for each question, in their order.
struct ChatReport: Encodable {
    enum Answer: Encodable {
        case given(AssistantAsk.Result)
        case failed(any Error)

        private enum Key: CodingKey { case error, kind, message }

        /// A failed one as all commands print an error: `{"error": {"kind", "message"}}`.
        func encode(to encoder: any Encoder) throws {
            switch self {
            case .given(let result): try result.encode(to: encoder)
            case .failed(let error):
                var container = encoder.container(keyedBy: Key.self)
                var fields = container.nestedContainer(keyedBy: Key.self, forKey: .error)
                let known = error as? any SquireError
                try fields.encode((known?.kind ?? "unknown").rawValue, forKey: .kind)
                try fields.encode(known?.message ?? "\(error)", forKey: .message)
            }
        }
    }

    var answers: [Answer] = []

    var hasFailed: Bool { answers.contains { if case .failed = $0 { true } else { false } } }
}
