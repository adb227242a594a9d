/// A change of one token's logit, or of those of a text's tokens: `{"token": 42, "bias": -1.5}` or
/// `{"text": " Paris", "bias": "never"}` on the socket.
public struct WireLogitBias: Sendable, Hashable, Codable {
    /// Nil where `text` says which.
    public var token: Int?
    public var text: String?
    /// What is added to the logit; nil is `"never"`: the token is not chosen, whatever else speaks for it.
    public var bias: Double?

    public init(token: Int, bias: Double?) {
        self.token = token
        self.bias = bias
    }

    public init(text: String, bias: Double?) {
        self.text = text
        self.bias = bias
    }

    private enum CodingKeys: String, CodingKey {
        case token, text, bias
    }

    private static let never = "never"

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        token = try container.decodeIfPresent(Int.self, forKey: .token)
        text = try container.decodeIfPresent(String.self, forKey: .text)
        if (token == nil) == (text == nil) {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(
                    codingPath: container.codingPath, debugDescription: "expected either a token or a text"))
        }
        // A missing bias is not taken for "never": it is likelier to have been forgotten.
        if (try? container.decode(String.self, forKey: .bias)) == Self.never { return }
        do {
            bias = try container.decode(Double.self, forKey: .bias)
        } catch {
            throw DecodingError.dataCorruptedError(
                forKey: .bias, in: container, debugDescription: "expected a number or \"\(Self.never)\"")
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(token, forKey: .token)
        try container.encodeIfPresent(text, forKey: .text)
        if let bias {
            try container.encode(bias, forKey: .bias)
        } else {
            try container.encode(Self.never, forKey: .bias)
        }
    }
}
