import Core
import Foundation
import Hummingbird

/// Answers `/v1/embeddings` (platform.openai.com/docs/api-reference/embeddings/create).
struct EmbeddingRoute: Sendable {
    let embedder: any Embedder
    let modelName: String
    let metrics: Metrics
    let bodies: BodyReader

    /// Of one request, as at OpenAI.
    private static let mostTexts = 2048

    func answer(_ request: Request, _ context: GatewayContext) async throws -> Response {
        let fields = try await bodies.read(request).fields
        _ = try fields.string("model")
        let texts = try Self.texts(fields)
        let isBase64 = try Self.isBase64(fields)
        let dimensions = try fields.integer("dimensions", in: 1...1_000_000)
        let disconnection = try await context.disconnection()
        let (vectors, tokens) = try await metrics.running {
            try await disconnection.cancelling {
                let counts = try await embedder.tokenCounts(of: texts)
                try Self.checkLengths(counts, most: try await embedder.mostTokens())
                let vectors = try await embedder.embed(texts)
                // A cancelled call gives fewer.
                try Task.checkCancellation()
                return (vectors, counts.reduce(0, +))
            }
        }
        guard vectors.count == texts.count else {
            throw APIError(.internalServerError, "the model embedded \(vectors.count) of \(texts.count) texts")
        }
        if let dimensions, let vector = vectors.first, vector.count != dimensions {
            throw fields.invalid("dimensions", "must be \(vector.count), the model's own, or be left out; it is")
        }
        metrics.addEmbedded(tokens: tokens)
        let answer = EmbeddingList(
            data: vectors.enumerated().map {
                EmbeddingList.Item(index: $0.offset, vector: $0.element, isBase64: isBase64)
            },
            model: modelName, usage: EmbeddingList.Usage(promptTokens: tokens))
        return Response(
            status: .ok, headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: try JSONValue(encoding: answer).bytes)))
    }

    private static func texts(_ fields: Fields) throws(APIError) -> [String] {
        if let first = fields["input"]?.array?.first, first.integer != nil || first.array != nil {
            throw APIError.invalid(
                "input", "input may not hold tokens, which differ from model to model; send the texts themselves")
        }
        guard let texts = try fields.strings("input"), !texts.isEmpty else {
            throw fields.invalid("input", "must be a string or a list of strings")
        }
        guard texts.count <= mostTexts else {
            throw APIError.invalid("input", "input may hold \(mostTexts) texts, not \(texts.count); send them in parts")
        }
        if let index = texts.firstIndex(of: "") {
            let place = texts.count == 1 ? "input" : "input[\(index)]"
            throw APIError.invalid(place, "\(place) is empty; leave it out")
        }
        return texts
    }

    /// - Throws: `APIError` for a text that the model would read only the beginning of.
    private static func checkLengths(_ counts: [Int], most: Int?) throws(APIError) {
        guard let most, let index = counts.firstIndex(where: { $0 > most }) else { return }
        throw APIError.invalid(
            "input[\(index)]",
            "This model's maximum context length is \(most) tokens, and input[\(index)] has \(counts[index]); "
                + "send it in parts", code: "context_length_exceeded")
    }

    private static func isBase64(_ fields: Fields) throws(APIError) -> Bool {
        switch try fields.string("encoding_format") {
        case nil, "float": return false
        case "base64": return true
        default: throw fields.invalid("encoding_format", "must be float or base64")
        }
    }
}

/// The list of vectors, apart from `JSONValue`, which has no numbers of 32 bits and would write twice the digits.
private struct EmbeddingList: Encodable {
    struct Item: Encodable {
        var index: Int
        var vector: [Float]
        var isBase64: Bool

        private enum CodingKeys: String, CodingKey {
            case object, index, embedding
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode("embedding", forKey: .object)
            try container.encode(index, forKey: .index)
            if isBase64 {
                let bytes = vector.flatMap { number in
                    // Numbers of 32 bits, the lowest byte first, as numpy reads them.
                    (0..<4).map { UInt8(truncatingIfNeeded: number.bitPattern >> (8 * $0)) }
                }
                try container.encode(Data(bytes).base64EncodedString(), forKey: .embedding)
            } else {
                try container.encode(vector, forKey: .embedding)
            }
        }
    }

    struct Usage: Encodable {
        var promptTokens: Int

        private enum CodingKeys: String, CodingKey {
            case promptTokens = "prompt_tokens"
            case totalTokens = "total_tokens"
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(promptTokens, forKey: .promptTokens)
            try container.encode(promptTokens, forKey: .totalTokens)
        }
    }

    var object = "list"
    var data: [Item]
    var model: String
    var usage: Usage
}
