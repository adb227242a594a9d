package import Core

/// A call that expects an answer.
package struct RPCRequest: Sendable, Hashable {
    package var id: RPCID
    package var method: String
    /// An array or an object; nil where the request has none.
    package var params: JSONValue?

    package init(id: RPCID, method: String, params: JSONValue? = nil) {
        self.id = id
        self.method = method
        self.params = params
    }
}

/// A call that is never answered.
package struct RPCNotification: Sendable, Hashable {
    package var method: String
    /// An array or an object; nil where the notification has none.
    package var params: JSONValue?

    package init(method: String, params: JSONValue? = nil) {
        self.method = method
        self.params = params
    }
}

/// One message as it was read, with whatever was wrong in it.
enum IncomingMessage: Sendable, Hashable {
    case request(RPCRequest)
    case notification(RPCNotification)
    case response(id: RPCID, Result<JSONValue, RPCError>)
    /// Not a valid message; `id` is what the answer goes to, null where none could be read.
    case invalid(id: RPCID, RPCError)
}

/// All that one line holds.
enum IncomingLine: Sendable, Hashable {
    case single(IncomingMessage)
    case batch([IncomingMessage])
}

extension IncomingLine {
    /// Reads a line. A line that is no JSON, or more than is read of a message, is an invalid message with the parse error.
    init(reading line: some Collection<UInt8>) {
        let value: JSONValue
        do {
            value = try JSONValue(parsing: Array(line))
        } catch {
            let problem =
                error.code == .beyondLimit ? "the line is more than is read" : "the line is not one JSON text"
            self = .single(
                .invalid(
                    id: .null,
                    RPCError(.parseError, "Parse error: \(problem) (\(error.reason), at byte \(error.offset)).")))
            return
        }
        self =
            if case .array(let elements) = value {
                .batch(elements.map(IncomingMessage.init))
            } else {
                .single(IncomingMessage(value))
            }
    }
}

extension IncomingMessage {
    init(_ value: JSONValue) {
        guard case .object(let members) = value else {
            self = .invalid(id: .null, RPCError(.invalidRequest, "Invalid request: a message is a JSON object."))
            return
        }
        let id = members["id"].flatMap(RPCID.init)
        func invalid(_ what: String) -> IncomingMessage {
            .invalid(id: id ?? .null, RPCError(.invalidRequest, "Invalid request: \(what)."))
        }
        let result = members["result"]
        let error = members["error"]
        if members["id"] != nil, id == nil {
            self = invalid("`id` must be a string, a number or null")
        } else if members["jsonrpc"]?.string != "2.0" {
            self = invalid("`jsonrpc` must be \"2.0\"")
        } else if let named = members["method"] {
            guard let method = named.string else {
                self = invalid("`method` must be a string")
                return
            }
            let params = members["params"]
            guard params == nil || params?.object != nil || params?.array != nil else {
                self = invalid("`params` must be an object or an array")
                return
            }
            self =
                if let id {
                    .request(RPCRequest(id: id, method: method, params: params))
                } else {
                    .notification(RPCNotification(method: method, params: params))
                }
        } else if let id, let result, error == nil {
            self = .response(id: id, .success(result))
        } else if let id, let error, result == nil {
            self =
                if let error = try? RPCError(decoding: error) {
                    .response(id: id, .failure(error))
                } else {
                    invalid("`error` must have `code` and `message`")
                }
        } else {
            self = invalid("`method` is missing")
        }
    }
}
