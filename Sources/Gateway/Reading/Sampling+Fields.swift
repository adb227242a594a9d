import Core

extension Sampling {
    /// What a request says of sampling, under OpenAI's names.
    ///
    /// - Throws: `APIError` naming the member that is out of its range.
    init(_ fields: Fields) throws(APIError) {
        self.init()
        temperature = try fields.number("temperature", from: 0, to: 2)
        // 0 keeps the likeliest token, as the smallest share there is does.
        topP = try fields.number("top_p", from: 0, to: 1).map { Swift.max($0, 1e-6) }
        presencePenalty = try fields.number("presence_penalty", from: -2, to: 2)
        frequencyPenalty = try fields.number("frequency_penalty", from: -2, to: 2)
        seed = try Self.seed(fields)
        maxTokens = try Self.maxTokens(fields)
        stop = try Self.stops(fields)
        logitBias = try Self.biases(fields)
    }

    /// Whichever name the endpoint has for it.
    private static func maxTokens(_ fields: Fields) throws(APIError) -> Int? {
        for name in ["max_completion_tokens", "max_output_tokens", "max_tokens"] {
            if let limit = try fields.integer(name, in: 1...1_000_000_000) { return limit }
        }
        return nil
    }

    /// Any whole number of 64 bits, with a sign or without; the same one gives the same text.
    private static func seed(_ fields: Fields) throws(APIError) -> UInt32? {
        let bits: UInt64?
        switch fields["seed"] {
        case nil: return nil
        case .integer(let seed)?: bits = UInt64(bitPattern: Int64(seed))
        // Of what `Int` does not hold, the round ones are doubles and the others digits.
        case .number(let seed)?: bits = UInt64(exactly: seed)
        case .digits(let digits)?: bits = UInt64(digits)
        default: bits = nil
        }
        guard let bits else {
            throw fields.invalid("seed", "must be a whole number from -2^63 to 2^64 - 1")
        }
        // Small ones stay what they are; of larger ones no half is without effect.
        return bits <= UInt32.max ? UInt32(bits) : UInt32(truncatingIfNeeded: bits ^ (bits >> 32 &* 0x9e37_79b1))
    }

    private static func stops(_ fields: Fields) throws(APIError) -> [String]? {
        // An empty text would end every answer before it begins.
        guard let stops = try fields.strings("stop")?.filter({ !$0.isEmpty }), !stops.isEmpty else { return nil }
        guard stops.count <= 16 else { throw fields.invalid("stop", "may hold 16 texts") }
        guard stops.allSatisfy({ $0.utf8.count <= 1024 }) else {
            throw fields.invalid("stop", "may hold texts of 1024 bytes")
        }
        return stops
    }

    /// `{"50256": -100}`: by token, from -100, which forbids, to 100.
    private static func biases(_ fields: Fields) throws(APIError) -> [LogitBias]? {
        guard let biases = try fields.object("logit_bias") else { return nil }
        var read: [LogitBias] = []
        for name in biases.members.keys.sorted() {
            guard let token = Int(name) else {
                throw biases.invalid(name, "must be named after a token, a number such as 50256; its value is")
            }
            guard let bias = try biases.number(name, from: -100, to: 100) else { continue }
            read.append(LogitBias(token: token, bias: bias == -100 ? nil : bias))
        }
        return read
    }
}
