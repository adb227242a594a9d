package import Core
import Foundation

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

extension IncomingLine: Decodable {
    /// Reads a line. A line that is no JSON is an invalid message with the parse error.
    init(reading line: some Collection<UInt8>) {
        // JSONDecoder guesses other encodings and repairs broken characters, so UTF-8 is checked here.
        guard let text = String(validating: line, as: UTF8.self) else {
            self = .single(.invalid(id: .null, RPCError(.parseError, "Parse error: the line is not valid UTF-8.")))
            return
        }
        do {
            self = try JSONDecoder.squire.decode(IncomingLine.self, from: Data(text.utf8))
        } catch {
            self = .single(
                .invalid(
                    id: .null, RPCError(.parseError, "Parse error: the line is not one JSON text (\(reason(error))).")))
        }
    }

    init(from decoder: any Decoder) throws {
        guard var elements = try? decoder.unkeyedContainer() else {
            self = .single(try IncomingMessage(from: decoder))
            return
        }
        var messages: [IncomingMessage] = []
        messages.reserveCapacity(elements.count ?? 0)
        while !elements.isAtEnd { messages.append(try elements.decode(IncomingMessage.self)) }
        self = .batch(messages)
    }
}

private func reason(_ error: any Error) -> String {
    guard case DecodingError.dataCorrupted(let context) = error else { return "\(error)" }
    let underlying = (context.underlyingError as NSError?)?.userInfo[NSDebugDescriptionErrorKey] as? String
    return underlying ?? context.debugDescription
}

extension IncomingMessage: Decodable {
    private enum Member: String, CodingKey {
        case jsonrpc, id, method, params, result, error
    }

    init(from decoder: any Decoder) throws {
        guard let members = try? decoder.container(keyedBy: Member.self) else {
            self = .invalid(id: .null, RPCError(.invalidRequest, "Invalid request: a message is a JSON object."))
            return
        }
        let id = members.contains(.id) ? try? members.decode(RPCID.self, forKey: .id) : nil
        func invalid(_ what: String) -> IncomingMessage {
            .invalid(id: id ?? .null, RPCError(.invalidRequest, "Invalid request: \(what)."))
        }
        if members.contains(.id), id == nil {
            self = invalid("`id` must be a string, a number or null")
        } else if (try? members.decode(String.self, forKey: .jsonrpc)) != "2.0" {
            self = invalid("`jsonrpc` must be \"2.0\"")
        } else if members.contains(.method) {
            guard let method = try? members.decode(String.self, forKey: .method) else {
                self = invalid("`method` must be a string")
                return
            }
            var params: JSONValue?
            if members.contains(.params) { params = try members.decode(JSONValue.self, forKey: .params) }
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
        } else if let id, members.contains(.result) != members.contains(.error) {
            if members.contains(.result) {
                self = .response(id: id, .success(try members.decode(JSONValue.self, forKey: .result)))
            } else if let error = try? members.decode(RPCError.self, forKey: .error) {
                self = .response(id: id, .failure(error))
            } else {
                self = invalid("`error` must have `code` and `message`")
            }
        } else {
            self = invalid("`method` is missing")
        }
    }
}
