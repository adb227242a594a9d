import Core
import HTTPTypes
import Hummingbird
import Logging

/// Gives each request its id, which stands in the lines of the log, and in the header of its answer in which OpenAI's clients
/// look for one.
struct RequestNaming: RouterMiddleware {
    typealias Context = GatewayContext

    @concurrent func handle(
        _ request: Request, context: GatewayContext,
        next: @concurrent (Request, GatewayContext) async throws -> Response
    ) async throws -> Response {
        try await RequestScope.begin {
            let begun = ContinuousClock.now
            var response = try await next(request, context)
            if let name = HTTPField.Name("X-Request-Id") { response.headers[name] = RequestScope.id }
            context.logger.debug(
                "request answered",
                metadata: [
                    "path": "\(context.endpointPath ?? "")", "status": "\(response.status.code)",
                    // A stream is written from then on.
                    "seconds": "\((ContinuousClock.now - begun) / .seconds(1))",
                ])
            return response
        }
    }
}
