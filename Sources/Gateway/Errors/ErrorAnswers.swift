import Core
import Hummingbird
import Logging

/// Turns whatever was thrown into JSON.
struct ErrorAnswers: RouterMiddleware {
    typealias Context = GatewayContext

    @concurrent func handle(
        _ request: Request, context: GatewayContext,
        next: @concurrent (Request, GatewayContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as Hummingbird.HTTPError where error.status == .notFound {
            return Self.unknown(request).response
        } catch {
            guard let answer = APIError(error) else {
                // Hardly anybody reads it; it stands in the metrics. The number is nginx's.
                return APIError(
                    HTTPResponse.Status(code: 499, reasonPhrase: "Client Closed Request"),
                    "the connection was closed before the answer was made; keep it open in both directions",
                    code: "client_closed_request"
                ).response
            }
            if answer.status.code >= 500 {
                var metadata: Logger.Metadata = ["path": "\(context.endpointPath ?? "")", "error": "\(error)"]
                if let cause = (error as? any SquireError)?.cause { metadata["cause"] = "\(cause)" }
                context.logger.error("request failed", metadata: metadata)
            }
            return answer.response
        }
    }

    /// No route, or one that is there for other methods.
    private static func unknown(_ request: Request) -> APIError {
        let methods = GatewayRoute.all.filter { $0.matches(request.uri.path) }.map(\.method.rawValue)
        guard methods.isEmpty else {
            var error = APIError(
                .methodNotAllowed,
                "\(request.uri.path) takes \(methods.joined(separator: ", ")), not \(request.method.rawValue)",
                code: "method_not_allowed")
            error.allowedMethods = methods
            return error
        }
        let known = GatewayRoute.all.map { "\($0.method.rawValue) \($0.path)" }.joined(separator: ", ")
        return APIError(
            .notFound, "nothing is at \(request.method.rawValue) \(request.uri.path); there are \(known)",
            code: "not_found")
    }
}
