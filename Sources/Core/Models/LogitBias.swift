/// A change of one token's logit, or of those of a text's tokens.
public struct LogitBias: Sendable, Hashable {
    /// Nil where `text` says which.
    public var token: Int?
    public var text: String?
    /// What is added to the logit; nil: the token is not chosen, whatever else speaks for it.
    public var bias: Double?

    public init(token: Int, bias: Double?) {
        self.token = token
        self.bias = bias
    }

    public init(text: String, bias: Double?) {
        self.text = text
        self.bias = bias
    }
}
