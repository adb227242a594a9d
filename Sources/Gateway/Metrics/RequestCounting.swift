import Hummingbird

/// Counts requests by their route and how they were answered.
struct RequestCounting: RouterMiddleware {
    typealias Context = GatewayContext

    let metrics: Metrics

    @concurrent func handle(
        _ request: Request, context: GatewayContext,
        next: @concurrent (Request, GatewayContext) async throws -> Response
    ) async throws -> Response {
        let response = try await next(request, context)
        let isKnown = GatewayRoute.all.contains { $0.path == context.endpointPath }
        metrics.countRequest(path: isKnown ? context.endpointPath ?? "" : "other", status: response.status.code)
        return response
    }
}
