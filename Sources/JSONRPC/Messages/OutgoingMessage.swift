import Core
import NIOCore

/// Writes messages, each as one line that ends in `\n`.
enum OutgoingMessage {
    /// A request, or with no `id` a notification.
    ///
    /// - Throws: `EncodingError`; `messageTooLong` when the line has more than `limit` bytes.
    static func call(id: RPCID?, method: String, params: some Encodable, limit: Int) throws -> ByteBuffer {
        let line = try encode(Call(id: id, method: method, params: params))
        guard line.readableBytes <= limit + 1 else {
            throw RPCConnectionError(
                .messageTooLong,
                "\(method) is \(line.readableBytes) bytes long; a message may have at most \(limit). Send less at a time."
            )
        }
        return line
    }

    /// The answer to a request. One that cannot be written, or is longer than `limit` bytes, becomes an error.
    static func response(id: RPCID, _ answer: Result<any Encodable & Sendable, RPCError>, limit: Int) -> ByteBuffer {
        do {
            switch answer {
            case .failure(let error): return try encode(Failure(id: id, error: error))
            case .success(let result):
                let line = try encode(Success(id: id, result: result))
                guard line.readableBytes > limit + 1 else { return line }
                return failure(
                    id: id,
                    RPCError(
                        kind: "resultTooLong",
                        "The result is \(line.readableBytes) bytes long; a message may have at most \(limit). Ask for less."
                    ))
            }
        } catch {
            return failure(id: id, RPCError(.internalError, "Internal error: the result has no JSON text (\(error))."))
        }
    }

    /// The answer to a request that failed.
    static func failure(id: RPCID, _ error: RPCError) -> ByteBuffer {
        // An error object whose data has no JSON text (a number that is not finite) goes without it.
        let bare = RPCError(error.code, error.message)
        return (try? encode(Failure(id: id, error: error))) ?? (try? encode(Failure(id: id, error: bare)))
            ?? ByteBuffer()
    }

    /// Several answers as the one array that answers a batch.
    static func batch(_ responses: [ByteBuffer]) -> ByteBuffer {
        var line = ByteBuffer()
        line.reserveCapacity(responses.reduce(2) { $0 + $1.readableBytes })
        line.writeString("[")
        for (index, response) in responses.enumerated() {
            if index > 0 { line.writeString(",") }
            line.writeImmutableBuffer(
                response.getSlice(at: response.readerIndex, length: response.readableBytes - 1) ?? response)
        }
        line.writeString("]\n")
        return line
    }

    private static func encode(_ message: some Encodable) throws -> ByteBuffer {
        // A terminal or a log that a line is shown on is told nothing by what texts of others hold.
        let text = JSONEscapes.escaped(try JSONValue(encoding: message).bytes)
        var line = ByteBuffer()
        line.reserveCapacity(text.count + 1)
        line.writeBytes(text)
        line.writeInteger(UInt8(ascii: "\n"))
        return line
    }
}

private struct Call<Params: Encodable>: Encodable {
    var jsonrpc = "2.0"
    var id: RPCID?
    var method: String
    var params: Params
}

private struct Success: Encodable {
    var id: RPCID
    var result: any Encodable

    private enum Member: String, CodingKey {
        case jsonrpc, id, result
    }

    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: Member.self)
        try members.encode("2.0", forKey: .jsonrpc)
        try members.encode(id, forKey: .id)
        try members.encode(result, forKey: .result)
    }
}

private struct Failure: Encodable {
    var jsonrpc = "2.0"
    var id: RPCID
    var error: RPCError
}
