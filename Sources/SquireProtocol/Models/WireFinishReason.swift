/// Why an answer ended.
public enum WireFinishReason: String, Sendable, Hashable, Codable {
    /// The model said it was done.
    case stop
    /// The token limit was reached.
    case length
    /// It said the same again and again.
    case repetition
    /// The turn had used all the plugin calls it may make.
    case steps
    /// It was cut: by the asker, by a lost connection, or by the daemon stopping.
    case cancelled
}
