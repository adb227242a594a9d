import Core
import Foundation

/// Makes the HTTP request of a call (OpenAPI 3.1, section 4.8.12, "Style Values"; encoding by RFC 3986).
struct RequestBuilder {
    let operation: APIOperation

    /// What no request can be made of, although it is valid under the schema; each with its place.
    func problems(_ arguments: JSONValue) -> [String] {
        var problems: [String] = []
        for parameter in operation.parameters {
            guard let value = arguments[parameter.argument] else { continue }
            switch parameter.location {
            case .path where ["", ".", ".."].contains(Self.simple(value, explode: parameter.explode)):
                // They would name another path than the operation's.
                problems.append("\(parameter.argument): \(value.text) cannot be part of a path")
            case .header where Self.simple(value, explode: parameter.explode).utf8.contains { $0 < 32 || $0 == 127 }:
                problems.append("\(parameter.argument): a header cannot hold line breaks or other control characters")
            default: break
            }
        }
        let body = operation.parameters.filter { $0.location == .body }.map(\.argument)
        if !operation.isBodyRequired, body.contains(where: { arguments[$0] != nil }) {
            for name in operation.neededInBody where arguments[name] == nil {
                problems.append("\(name): is required together with the other members of the body")
            }
        }
        return problems
    }

    /// - Parameters:
    ///   - arguments: valid under the tool's schema.
    ///   - socket: where the plugin's own server listens, in place of the document's server.
    func request(_ arguments: JSONValue, socket: String?) -> HTTPRequest {
        var path = operation.path
        var query: [String] = []
        var headers = [HTTPHeader("Accept", "application/json, */*;q=0.5")]
        var members: JSONObject = [:]
        var body: JSONValue?
        for parameter in operation.parameters {
            guard let value = arguments[parameter.argument] else { continue }
            switch parameter.location {
            case .path:
                path = path.replacing(
                    "{\(parameter.name)}", with: Self.simple(value, explode: parameter.explode, encode: Self.encoded))
            case .query: query += Self.query(parameter, value)
            case .header:
                headers.append(HTTPHeader(parameter.name, Self.simple(value, explode: parameter.explode)))
            case .body:
                if operation.hasWholeBody { body = value } else { members[parameter.name] = value }
            }
        }
        if !operation.hasWholeBody, operation.isBodyRequired || !members.isEmpty { body = .object(members) }
        if operation.takesTimeZone, let zone = Asker.timeZone { headers.append(TimeZoneHeader.header(zone)) }
        if body != nil { headers.append(HTTPHeader("Content-Type", operation.bodyType)) }

        var base: String
        var socketPath = socket
        switch operation.server {
        case .url(let url): base = url
        case .unix(let path, let prefix):
            base = "http://localhost" + (prefix.isEmpty || prefix.hasPrefix("/") ? prefix : "/" + prefix)
            socketPath = socketPath ?? path
        }
        base += path
        if !query.isEmpty { base += (base.contains("?") ? "&" : "?") + query.joined(separator: "&") }
        return HTTPRequest(
            method: operation.method, url: base, headers: headers, body: body.map { Array($0.text.utf8) },
            socketPath: socketPath, network: operation.network)
    }

    private static func query(_ parameter: APIParameter, _ value: JSONValue) -> [String] {
        let name = encoded(parameter.name)
        switch (parameter.style, value) {
        case (_, .null), (_, .array([])), (_, .object([:])): return []
        case ("json", _): return ["\(name)=\(encoded(value.text))"]
        case ("deepObject", .object(let members)):
            return members.map {
                "\(name)%5B\(encoded($0.key))%5D=\(encoded(plain($0.value)))"
            }
        case (_, .array(let items)):
            if parameter.explode { return items.map { "\(name)=\(encoded(plain($0)))" } }
            let separator =
                switch parameter.style {
                case "spaceDelimited": "%20"
                case "pipeDelimited": "%7C"
                default: ","
                }
            return ["\(name)=" + items.map { encoded(plain($0)) }.joined(separator: separator)]
        case (_, .object(let members)):
            if parameter.explode { return members.map { "\(encoded($0.key))=\(encoded(plain($0.value)))" } }
            return [
                "\(name)=" + members.map { "\(encoded($0.key)),\(encoded(plain($0.value)))" }.joined(separator: ",")
            ]
        default: return ["\(name)=\(encoded(plain(value)))"]
        }
    }

    /// The style of paths and headers: lists by commas.
    private static func simple(
        _ value: JSONValue, explode: Bool, encode: (String) -> String = { $0 }
    ) -> String {
        switch value {
        case .array(let items): items.map { encode(plain($0)) }.joined(separator: ",")
        case .object(let members):
            members.map { encode($0.key) + (explode ? "=" : ",") + encode(plain($0.value)) }.joined(separator: ",")
        default: encode(plain(value))
        }
    }

    private static func plain(_ value: JSONValue) -> String {
        switch value {
        case .string(let text): text
        case .null: ""
        default: value.text
        }
    }

    /// Everything but RFC 3986's unreserved characters.
    private static func encoded(_ text: String) -> String {
        var encoded = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                encoded += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return encoded
    }
}
