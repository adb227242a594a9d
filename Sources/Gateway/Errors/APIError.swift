import Core
import Hummingbird

/// Why a request got no answer, in the form of OpenAI's API:
/// `{"error": {"message", "type", "param", "code"}}` (platform.openai.com/docs/guides/error-codes).
struct APIError: Error, Sendable {
    var status: HTTPResponse.Status
    /// What failed, on what input, what to do.
    var message: String
    /// The member of the request that is at fault (`messages[0].content`).
    var parameter: String?
    /// A word for programs.
    var code: FailureCode?
    /// Seconds after which to try again.
    var retryAfter: Int?
    /// The methods there are, where the one that came is not among them.
    var allowedMethods: [String] = []

    init(_ status: HTTPResponse.Status, _ message: String, parameter: String? = nil, code: FailureCode? = nil) {
        self.status = status
        self.message = message
        self.parameter = parameter
        self.code = code
    }

    /// A member of the request that cannot be what it is.
    static func invalid(_ parameter: String, _ message: String, code: FailureCode? = nil) -> APIError {
        APIError(.badRequest, message, parameter: parameter, code: code)
    }

    static func unauthorized(_ message: String) -> APIError {
        APIError(.unauthorized, message, code: "invalid_api_key")
    }

    private var type: String {
        switch status.code {
        case 429: "rate_limit_error"
        case 500...: "server_error"
        default: "invalid_request_error"
        }
    }

    /// `{"error": …}`.
    var body: JSONValue { ["error": .object(members)] }

    /// What stands in `error`.
    var members: JSONObject {
        [
            "message": .string(message), "type": .string(type), "param": parameter.map(JSONValue.string) ?? .null,
            "code": code.map { .string($0.rawValue) } ?? .null,
        ]
    }

    var response: Response {
        var response = Response.json(body, status: status)
        if let retryAfter { response.headers[.retryAfter] = "\(retryAfter)" }
        if !allowedMethods.isEmpty { response.headers[.allow] = allowedMethods.joined(separator: ", ") }
        if status == .unauthorized { response.headers[.wwwAuthenticate] = "Bearer" }
        return response
    }
}

extension Response {
    /// A JSON text as the answer.
    static func json(_ value: JSONValue, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: JSONEscapes.escaped(value.text))))
    }
}
